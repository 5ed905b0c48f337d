"""The state folder is held by one, private, and never overwrites what it cannot read."""

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nexus.servers.errors import SecretsDamagedError, StateHeldError, StateUnusableError
from nexus.servers.state import Runtime, hold, read_runtime
from tests.integration.servers.launching import launched


def test_a_second_holder_is_told_who_holds_it(tmp_path: Path) -> None:
    with launched(tmp_path / "state") as first:
        with pytest.raises(StateHeldError, match=f"process {first.process.pid}") as caught, hold(tmp_path / "state"):
            pass
        assert caught.value.pid == first.process.pid
        assert "--state" in str(caught.value)


def test_the_folder_is_free_again_after_its_holder(tmp_path: Path) -> None:
    for _ in range(2):
        with hold(tmp_path / "state"):
            pass


def test_a_secret_is_made_once_and_kept(tmp_path: Path) -> None:
    made = iter(["first", "second"])
    with hold(tmp_path / "state") as state:
        assert state.secret("jwt_keys", lambda: next(made)) == "first"
        assert state.secret("jwt_keys", lambda: next(made)) == "first"
    with hold(tmp_path / "state") as state:
        assert state.secret("jwt_keys", lambda: next(made)) == "first"
        assert state.secret("audit_key", lambda: next(made)) == "second"
        assert stat.S_IMODE((state.path / "secrets.json").stat().st_mode) == 0o600


def test_damaged_secrets_are_not_replaced(tmp_path: Path) -> None:
    with hold(tmp_path / "state") as state:
        (state.path / "secrets.json").write_text('{"vault_keys": "abc')
        with pytest.raises(SecretsDamagedError, match="backup"):
            state.secret("vault_keys", lambda: "new")
        assert (state.path / "secrets.json").read_text() == '{"vault_keys": "abc'


def test_runtime_can_be_read_by_others_of_the_same_user_only(tmp_path: Path) -> None:
    started = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    runtime = Runtime(started, pids={"postgres": 7}, ports={"web": 8000}, urls={"web": "http://127.0.0.1:8000"})
    assert read_runtime(tmp_path / "state") is None
    with hold(tmp_path / "state") as state:
        state.write_runtime(runtime)
        assert read_runtime(tmp_path / "state") == runtime
        assert stat.S_IMODE((state.path / "runtime.json").stat().st_mode) == 0o600
        state.clear_runtime()
    assert read_runtime(tmp_path / "state") is None


def test_an_open_folder_of_ours_is_closed(tmp_path: Path) -> None:
    with hold(tmp_path / "state") as state:
        state.path.chmod(0o755)
    with hold(tmp_path / "state") as state:
        assert stat.S_IMODE(state.path.stat().st_mode) == 0o700


def test_a_folder_with_other_peoples_files_is_left_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir(mode=0o755)
    (folder / "cat.jpg").write_text("cat")
    with pytest.raises(StateUnusableError, match="--state"), hold(folder):
        pass
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755
    assert [path.name for path in folder.iterdir()] == ["cat.jpg"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_somebody_elses_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    folder.mkdir(mode=0o700)
    os.chown(folder, 12345, 12345)
    with pytest.raises(StateUnusableError, match="belongs to uid 12345"), hold(folder):
        pass


def test_a_place_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StateUnusableError, match="--state"), hold(tmp_path / "file" / "state"):
        pass
