"""PostgreSQL runs whoever starts it: an unknown uid, or root where namespaces are blocked."""

import os
import shutil
import stat
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from nexus.servers.binaries import postgres_binaries
from nexus.servers.identity import Means, nobody
from nexus.servers.place import REACHABLE_ROOT
from nexus.servers.postgres import EmbeddedPostgres
from nexus.servers.state import hold
from tests.integration.servers.asking import ask
from tests.integration.servers.launching import gone_within, launched

NO_PASSWD_ENTRY = 12345


@pytest.fixture
def home() -> Generator[Path]:
    """A folder of the uid's own, outside pytest's, whose parents are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="nexus-home-"))
    os.chown(folder, NO_PASSWD_ENTRY, NO_PASSWD_ENTRY)
    yield folder
    shutil.rmtree(folder)


def unprivileged() -> list[str]:
    """The command prefix that makes a uid without a passwd entry of us."""
    ids = [f"--reuid={NO_PASSWD_ENTRY}", f"--regid={NO_PASSWD_ENTRY}", "--clear-groups"]
    # The interpreter and the checkout may lie in root's own folders: reading is granted, writing is not.
    reading = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    return ["setpriv", *ids, *reading]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_a_user_without_a_passwd_entry_can_start_them(home: Path) -> None:
    with launched(home / "state", unprivileged()) as running:
        assert Path(f"/proc/{running.report.pids['postgres']}").stat().st_uid == NO_PASSWD_ENTRY
        assert ask(running.report.app_url, "SELECT current_user") == "nexus_app"
        running.process.kill()
        assert gone_within(list(running.report.pids.values()), 5.0)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root falls back to another user")
def test_where_namespaces_are_blocked_root_runs_postgres_as_nobody(tmp_path: Path) -> None:
    with hold(tmp_path / "state") as state:
        postgres = EmbeddedPostgres(
            state, durable=False, identity=nobody(Means.SETUID), environ=closed_programs(tmp_path)
        )
        try:
            postgres.start()
            assert Path(f"/proc/{postgres.pid}").stat().st_uid == nobody(Means.SETUID).uid
            assert ask(postgres.superuser_url(), "SELECT current_user") == "postgres"
            assert stat.S_IMODE(state.path.stat().st_mode) == 0o700
            assert stat.S_IMODE(postgres.place.data.parent.stat().st_mode) == 0o700
        finally:
            postgres.stop()
            root = postgres.place.data.parent.parent
            assert root.parent == REACHABLE_ROOT
            shutil.rmtree(root)


def closed_programs(folder: Path) -> dict[str, str]:
    """The environment that chooses a copy of the programs which only root can reach."""
    with hold(folder / "other") as state:
        package = postgres_binaries(state, {}).parent.parent
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    shutil.copytree(package, closed / package.name, ignore=shutil.ignore_patterns("include"))
    shutil.copytree(package.with_name(f"{package.name}.libs"), closed / f"{package.name}.libs")
    return {"NEXUS_PG_BIN": str(closed / package.name / "pginstall" / "bin")}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_a_folder_one_may_not_write_is_explained(tmp_path: Path) -> None:
    with (
        pytest.raises(AssertionError, match=r"cannot be created or written .*--state"),
        launched(tmp_path / "no", unprivileged()),
    ):
        pass
