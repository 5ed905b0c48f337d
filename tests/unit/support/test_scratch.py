"""A run's files lie in memory and go with it, also those of a run that was killed."""

from __future__ import annotations

import fcntl
import os
import tempfile
from pathlib import Path

import pytest

from tests.support.scratch import LOCK, PREFIX, in_memory


@pytest.fixture
def nobodys(monkeypatch: pytest.MonkeyPatch) -> None:
    """No TMPDIR, as in a fresh shell; afterwards this run's own again."""
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", None)


@pytest.mark.usefixtures("nobodys")
def test_temporary_files_lie_there_and_go(tmp_path: Path) -> None:
    with in_memory(tmp_path) as folder:
        assert folder is not None
        made = Path(tempfile.mkdtemp())
        assert made.parent == folder == Path(os.environ["TMPDIR"])
    assert "TMPDIR" not in os.environ
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("nobodys")
def test_what_a_killed_run_left_goes_and_what_another_uses_stays(tmp_path: Path) -> None:
    killed, running = tmp_path / f"{PREFIX}killed", tmp_path / f"{PREFIX}running"
    for folder in (killed, running):
        folder.mkdir()
        (folder / LOCK).touch()
    with (running / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with in_memory(tmp_path):
            assert (killed.exists(), running.exists()) == (False, True)


def test_a_place_that_somebody_chose_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with in_memory(tmp_path) as folder:
        assert folder is None


@pytest.mark.usefixtures("nobodys")
def test_without_such_a_place_files_lie_where_they_always_did(tmp_path: Path) -> None:
    with in_memory(tmp_path / "missing") as folder:
        assert folder is None
    assert list(tmp_path.iterdir()) == []
