"""Children end with us, politely first; the supervisor keeps services up and stops them in reverse order."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from nexus.servers.errors import NotMainThreadError, ServersError
from nexus.servers.identity import own, wrapped
from nexus.servers.launch import servers
from nexus.servers.processes import Child, ChildSpec
from nexus.servers.supervisor import Supervisor
from tests.integration.servers.asking import answers_ping, ask, execute

STUBBORN = "import signal,time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('deaf',flush=True)\ntime.sleep(60)"


def child(tmp_path: Path, program: str, name: str = "child", stop_timeout: float = 5.0) -> Child:
    argv = (sys.executable, "-I", "-S", "-c", program)
    return Child(ChildSpec(name, argv, tmp_path / f"{name}.log", stop_timeout=stop_timeout))


def wait_for(log: Path, text: str) -> None:
    deadline = time.monotonic() + 10
    while not (log.exists() and text in log.read_text()):
        assert time.monotonic() < deadline, f"{log} never said {text}"
        time.sleep(0.01)


def test_a_child_logs_to_its_file_and_stops_when_asked(tmp_path: Path) -> None:
    started = child(tmp_path, "import time; print('hello', flush=True); time.sleep(60)")
    started.start()
    wait_for(tmp_path / "child.log", "hello")
    started.stop()
    assert started.returncode == -signal.SIGTERM
    assert started.pid is None
    started.stop()


def test_a_child_that_ignores_the_request_is_killed(tmp_path: Path) -> None:
    deaf = child(tmp_path, STUBBORN, stop_timeout=0.2)
    deaf.start()
    wait_for(tmp_path / "child.log", "deaf")
    deaf.stop()
    assert deaf.returncode == -signal.SIGKILL


def test_a_child_cannot_be_started_from_another_thread(tmp_path: Path) -> None:
    caught: list[Exception] = []

    def start() -> None:
        try:
            child(tmp_path, "").start()
        except NotMainThreadError as error:
            caught.append(error)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert len(caught) == 1


def test_a_child_whose_parent_is_already_gone_never_runs(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    command = wrapped((sys.executable, "-c", f"open({str(mark)!r}, 'w')"), own(), signal.SIGKILL)
    late = [str(1) if part == str(os.getpid()) else part for part in command]
    result = subprocess.run(late, check=False, capture_output=True, text=True)
    assert result.returncode == 126
    assert "parent has ended" in result.stderr
    assert not mark.exists()


def test_a_child_is_not_in_the_terminals_group(tmp_path: Path) -> None:
    started = child(tmp_path, "import time; time.sleep(60)")
    started.start()
    assert started.pid is not None
    assert os.getpgid(started.pid) != os.getpgid(0)
    started.stop()


class Recorded:
    """A service that does nothing but note what happens to it; it fails to start `failures` times after the first."""

    def __init__(self, name: str, journal: list[str], failures: int = 0) -> None:
        self.name = name
        self.pid: int | None = None
        self._journal = journal
        self._failures = failures
        self._up = False

    def start(self) -> None:
        self._journal.append(f"start {self.name}")
        if self._failures and "ready" in self._journal:
            self._failures -= 1
            raise ServersError("not yet")
        self._up = True

    def running(self) -> bool:
        return self._up

    def stop(self) -> None:
        self._journal.append(f"stop {self.name}")
        self._up = False

    def crash(self) -> None:
        self._up = False


def test_services_start_in_order_and_stop_in_reverse_on_a_signal() -> None:
    journal: list[str] = []
    supervisor = Supervisor([Recorded("a", journal), Recorded("b", journal)])
    assert supervisor.run(ready=supervisor.request_stop) is signal.SIGTERM
    assert journal == ["start a", "start b", "stop b", "stop a"]


def test_the_handlers_that_were_there_come_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    supervisor = Supervisor([])
    supervisor.run(ready=supervisor.request_stop)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_service_that_fails_to_restart_is_tried_again_after_longer_pauses() -> None:
    journal: list[str] = []
    service = Recorded("a", journal, failures=2)
    heard: list[str] = []

    def notice(_name: str, text: str) -> None:
        heard.append(text)
        if text == "restarted":
            supervisor.request_stop()

    def ready() -> None:
        journal.append("ready")
        service.crash()

    supervisor = Supervisor([service], notice)
    supervisor.run(ready)
    assert [text for text in heard if "restarting" in text] == [f"ended; restarting in {s} s" for s in (0.1, 0.2, 0.4)]
    assert journal[-1] == "stop a"


def test_a_service_that_does_not_start_at_all_stops_the_others() -> None:
    journal: list[str] = ["ready"]
    supervisor = Supervisor([Recorded("a", journal), Recorded("b", journal, failures=1)])
    with pytest.raises(ServersError, match="not yet"):
        supervisor.run()
    assert journal[-2:] == ["stop b", "stop a"]


@pytest.mark.parametrize("victim", ["postgres", "valkey"])
def test_a_server_killed_with_kill_9_is_back_with_its_data(tmp_path: Path, victim: str) -> None:
    with servers(tmp_path / "state") as running:
        execute(running.owner_url, "CREATE TABLE kept AS SELECT 42 AS answer")
        service = next(service for service in running.services if service.name == victim)
        killed = service.pid
        assert killed is not None
        revived: list[object] = []

        def notice(name: str, text: str) -> None:
            if text == "restarted":
                revived.append(
                    (name, ask(running.owner_url, "SELECT answer FROM kept"), answers_ping(running.redis_url))
                )
                supervisor.request_stop()

        supervisor = Supervisor(running.services, notice)
        supervisor.run(ready=lambda: os.kill(killed, signal.SIGKILL))
        assert revived == [(victim, 42, True)]
        assert not any(service.running() for service in running.services)
