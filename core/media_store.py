"""Where files lie (PRODUCT §7.5, ADR 0013): this disk or any bucket that fsspec knows, named by what they hold.

A file's key is `tenant/ab/sha256`: the same content of a company is kept once, a key tells nothing about its person,
and no name from outside ever becomes a path. A key is written down only after its file is whole.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import re
from dataclasses import dataclass
from typing import Final, Protocol, cast

import fsspec

from core.errors import Unavailable

# Where a path is a name and nothing more: making its folders would make a bucket that nobody ordered.
_FOLDERLESS: Final = frozenset({"s3", "gs", "abfs"})
_KEY: Final = re.compile(r"[0-9]{1,10}/[0-9a-f]{2}/[0-9a-f]{64}")


class FileMissing(Unavailable):
    """The store does not have the file, or cannot be reached."""

    code = "file_unavailable"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What was put: `key` finds it again, `sha256` is in hexadecimal digits."""

    key: str
    sha256: str
    size: int


class _FileSystem(Protocol):
    """What is used of `fsspec.AbstractFileSystem`, which has no types."""

    protocol: str | tuple[str, ...]

    def makedirs(self, path: str, exist_ok: bool = ...) -> None: ...

    def pipe_file(self, path: str, value: bytes) -> None: ...

    def cat_file(self, path: str, start: int | None = ..., end: int | None = ...) -> bytes: ...

    def info(self, path: str) -> dict[str, object]: ...

    def rm_file(self, path: str) -> None: ...


class MediaStore:
    """The store at a URL: `file:///var/nexus/media`, `s3://bucket/prefix`, `memory://test`. Made without any I/O."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._place: tuple[_FileSystem, str] | None = None

    async def put(self, tenant_id: int, content: bytes) -> StoredFile:
        """Keep a file; putting it again writes nothing. Raises FileMissing where the store cannot be written to."""
        digest = hashlib.sha256(content).hexdigest()
        key = f"{tenant_id}/{digest[:2]}/{digest}"
        try:
            await asyncio.to_thread(self._write, key, content)
        except Exception as error:  # a bucket's library has errors of its own
            raise FileMissing(f"the media store cannot be written to: {type(error).__name__}") from error
        return StoredFile(key, digest, len(content))

    async def read(self, key: str, *, start: int = 0, end: int | None = None) -> bytes:
        """The bytes from `start` up to, not including, `end`. Raises FileMissing."""
        if not _KEY.fullmatch(key):
            raise FileMissing("no such file")
        try:
            return await asyncio.to_thread(self._read, key, start, end)
        except Exception as error:
            raise FileMissing(f"the media store cannot be read: {type(error).__name__}") from error

    async def remove(self, key: str) -> None:
        """Have the file no more; one that is not there is gone already. Raises FileMissing where nothing answers."""
        if not _KEY.fullmatch(key):
            raise FileMissing("no such file")
        try:
            await asyncio.to_thread(self._remove, key)
        except Exception as error:
            raise FileMissing(f"the media store cannot be written to: {type(error).__name__}") from error

    def _remove(self, key: str) -> None:
        files, path = self._at(key)
        with contextlib.suppress(FileNotFoundError):
            files.rm_file(path)

    def _write(self, key: str, content: bytes) -> None:
        files, path = self._at(key)
        try:
            if files.info(path).get("size") == len(content):
                return
        except FileNotFoundError:
            pass
        if not _FOLDERLESS.intersection(_protocols(files)):
            files.makedirs(path.rpartition("/")[0], exist_ok=True)
        files.pipe_file(path, content)

    def _read(self, key: str, start: int, end: int | None) -> bytes:
        files, path = self._at(key)
        return files.cat_file(path, start=start, end=end)

    def _at(self, key: str) -> tuple[_FileSystem, str]:
        if self._place is None:
            files, root = cast("tuple[_FileSystem, str]", fsspec.url_to_fs(self._url))
            self._place = files, root.rstrip("/")
        files, root = self._place
        return files, f"{root}/{key}"


def _protocols(files: _FileSystem) -> tuple[str, ...]:
    return (files.protocol,) if isinstance(files.protocol, str) else files.protocol
