"""The media store, on a disk and in memory: one copy a company and content, and no path that a stranger names."""

from __future__ import annotations

import hashlib
from pathlib import Path
from uuid import uuid4

import pytest

from core.media_store import FileMissing, MediaStore

HELLO = b"hello"
DIGEST = hashlib.sha256(HELLO).hexdigest()


@pytest.fixture(params=["disk", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> MediaStore:
    return MediaStore(tmp_path.as_uri() if request.param == "disk" else f"memory://{uuid4().hex}")


async def test_what_is_put_is_read(store: MediaStore) -> None:
    stored = await store.put(7, HELLO)
    assert (stored.key, stored.sha256, stored.size) == (f"7/{DIGEST[:2]}/{DIGEST}", DIGEST, 5)
    assert await store.read(stored.key) == HELLO
    assert await store.read(stored.key, start=1, end=3) == b"el"


async def test_companies_share_no_file(store: MediaStore) -> None:
    one, other = await store.put(7, HELLO), await store.put(8, HELLO)
    assert one.key != other.key


async def test_the_same_file_is_written_once_and_a_torn_one_again(tmp_path: Path) -> None:
    store = MediaStore(tmp_path.as_uri())
    path = tmp_path / (await store.put(7, HELLO)).key
    before = path.stat().st_mtime_ns
    await store.put(7, HELLO)
    assert path.stat().st_mtime_ns == before
    path.write_bytes(b"he")
    await store.put(7, HELLO)
    assert path.read_bytes() == HELLO


@pytest.mark.parametrize("key", ["../secrets.json", "7/ab/../../x", "/etc/passwd", f"7/{DIGEST[:2]}/{DIGEST}/x", ""])
async def test_a_key_that_is_none_is_not_read(tmp_path: Path, key: str) -> None:
    (tmp_path / "secrets.json").write_text("secret")
    with pytest.raises(FileMissing):
        await MediaStore((tmp_path / "media").as_uri()).read(key)


async def test_a_file_that_is_not_there_is_missing(store: MediaStore) -> None:
    with pytest.raises(FileMissing):
        await store.read(f"7/{DIGEST[:2]}/{DIGEST}")


async def test_a_store_that_cannot_be_written_to_says_so(tmp_path: Path) -> None:
    (tmp_path / "media").write_text("a file where a folder should be")
    with pytest.raises(FileMissing):
        await MediaStore((tmp_path / "media").as_uri()).put(7, HELLO)


class LibraryError(Exception):
    """What a bucket's library raises is no OSError: of botocore's, that a server cannot be reached."""


class Bucket:
    """A store without folders whose server is away, or that nobody has made."""

    protocol = ("s3", "s3a")
    trouble: type[Exception] = LibraryError

    def __init__(self) -> None:
        self.made: list[str] = []

    def info(self, path: str) -> dict[str, object]:
        raise FileNotFoundError(path)

    def makedirs(self, path: str, exist_ok: bool = False) -> None:
        del exist_ok
        self.made.append(path)

    def pipe_file(self, path: str, value: bytes) -> None:
        raise self.trouble(path, len(value))

    def cat_file(self, path: str, start: int | None = None, end: int | None = None) -> bytes:
        raise self.trouble(path, start, end)


async def test_a_bucket_that_is_away_or_not_there_is_an_outage_and_no_bucket_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bucket = Bucket()

    def opened(url: str) -> tuple[Bucket, str]:
        return bucket, url.removeprefix("s3://")

    monkeypatch.setattr("fsspec.url_to_fs", opened)
    store = MediaStore("s3://media/prefix")
    with pytest.raises(FileMissing):
        await store.put(7, HELLO)
    with pytest.raises(FileMissing):
        await store.read(f"7/{DIGEST[:2]}/{DIGEST}")
    assert bucket.made == []
