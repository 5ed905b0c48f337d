"""The embedded servers start, come back, leave nothing behind and keep to themselves."""

import os
import shutil
import signal
import stat
from pathlib import Path

import redis

from nexus.servers.launch import servers
from nexus.servers.leftovers import processes_in
from tests.integration.servers.asking import answers_ping, ask, execute
from tests.integration.servers.launching import gone_within, launched

ATTEMPTS = 3  # the bounds are the launcher's; on a shared machine a neighbour may spoil one attempt


def test_servers_answer_on_their_first_start(tmp_path: Path) -> None:
    with servers(tmp_path / "state") as running:
        assert running.first_start
        assert ask(running.app_url, "SELECT current_user") == "nexus_app"
        assert ask(running.owner_url, "SELECT current_user") == "nexus_owner"
        assert answers_ping(running.redis_url)


def test_a_second_start_finds_the_data(tmp_path: Path) -> None:
    with servers(tmp_path / "state") as running:
        execute(running.owner_url, "CREATE TABLE kept AS SELECT 42 AS answer")
    with servers(tmp_path / "state") as running:
        assert not running.first_start
        assert ask(running.owner_url, "SELECT answer FROM kept") == 42


def test_the_first_start_takes_at_most_three_seconds_and_later_ones_half_of_that(tmp_path: Path) -> None:
    def start(state: Path) -> float:
        with servers(state) as running:
            return running.seconds

    first = [start(tmp_path / f"state{attempt}") for attempt in range(ATTEMPTS)]
    later = [start(tmp_path / "state0") for _ in range(ATTEMPTS)]
    assert min(first) <= 3.0
    assert min(later) <= 1.5


def test_nothing_listens_on_tcp(tmp_path: Path) -> None:
    with servers(tmp_path / "state", durable=False) as running:
        assert running.superuser_url is not None
        assert ask(running.superuser_url, "SHOW listen_addresses") == ""
        with redis.Redis.from_url(running.redis_url) as client:
            assert client.config_get("port") == {"port": "0"}


def test_durability_is_on_unless_a_test_gives_it_up(tmp_path: Path) -> None:
    for durable, fsync in ((True, "on"), (False, "off")):
        with servers(tmp_path / fsync, durable=durable) as running:
            assert ask(running.app_url, "SHOW fsync") == fsync


def test_the_end_of_the_block_leaves_no_process(tmp_path: Path) -> None:
    with servers(tmp_path / "state", durable=False) as running:
        pids = [service.pid for service in running.services]
        assert processes_in(tmp_path / "state" / "pg")
    assert gone_within([pid for pid in pids if pid], 0.5)
    assert processes_in(tmp_path / "state" / "pg") == []


def test_kill_9_of_the_launcher_leaves_no_process_and_its_data_intact(tmp_path: Path) -> None:
    with launched(tmp_path / "state") as first:
        execute(first.report.owner_url, "CREATE TABLE kept AS SELECT 42 AS answer")
        first.process.kill()
        assert gone_within(list(first.report.pids.values()), 5.0)
    assert processes_in(tmp_path / "state" / "pg") == []
    with launched(tmp_path / "state") as second:
        assert ask(second.report.owner_url, "SELECT answer FROM kept") == 42


def test_postgres_killed_with_the_launcher_is_recovered_by_the_next_start(tmp_path: Path) -> None:
    with launched(tmp_path / "state") as first:
        execute(first.report.owner_url, "CREATE TABLE kept AS SELECT 42 AS answer")
        os.kill(first.report.pids["postgres"], signal.SIGKILL)
        first.process.kill()
    assert (tmp_path / "state" / "pg" / "postmaster.pid").exists()
    with launched(tmp_path / "state") as second:
        assert ask(second.report.owner_url, "SELECT answer FROM kept") == 42


def test_a_stale_pid_file_naming_a_living_stranger_does_not_stop_the_start(tmp_path: Path) -> None:
    with servers(tmp_path / "state", durable=False):
        pass
    stale = tmp_path / "state" / "pg" / "postmaster.pid"
    stale.write_text(f"{os.getppid()}\n{stale.parent}\n1\n5432\n\n\n  1  1\nready\n")
    with servers(tmp_path / "state", durable=False) as running:
        assert ask(running.app_url, "SELECT 1") == 1


def test_an_interrupted_initdb_is_started_over(tmp_path: Path) -> None:
    half = tmp_path / "state" / "pg.new"
    half.mkdir(parents=True, mode=0o700)
    half.parent.chmod(0o700)
    (half / "PG_VERSION").write_text("18\n")
    with servers(tmp_path / "state", durable=False) as running:
        assert running.first_start
        assert not half.exists()


def test_only_the_owner_can_look_into_the_state(tmp_path: Path) -> None:
    with servers(tmp_path / "state", durable=False) as running:
        state = running.state.path
        for folder in (state, state / "pg", state / "run", state / "logs"):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder
        for file in (state / "secrets.json", state / "lock", state / "logs" / "postgres.log"):
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
        for path in (state / "run").iterdir():
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_no_password_is_printed(tmp_path: Path) -> None:
    with servers(tmp_path / "state", durable=False) as running:
        assert "nexus_app" not in repr(running)
        assert "postgresql://" not in repr(running)


def test_a_state_too_deep_for_a_socket_path_uses_a_short_private_folder(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 90) / "state"
    with servers(deep, durable=False) as running:
        sockets = running.state.socket_directory()
        assert deep not in sockets.parents
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
        assert ask(running.app_url, "SELECT 1") == 1
    with servers(deep, durable=False) as again:
        assert again.state.socket_directory() == sockets
    shutil.rmtree(sockets)
