"""Keeps services running: starts them in order, restarts what ends, stops them in reverse order on a signal."""

import os
import select
import signal
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType

from nexus.servers.errors import ServersError
from nexus.servers.processes import Service

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# Seconds before a restart, doubled at each failure. The longest, a start and the rescue of a dead worker's jobs (20 s)
# stay within the 30 s after which work goes on.
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0
STEADY = 30.0  # seconds of running after which earlier failures are forgotten
TICK = 0.5  # seconds between looks when no signal wakes us


@dataclass
class _Watch:
    service: Service
    started: float
    pause: float = FIRST_PAUSE
    due: float | None = None


class Supervisor:
    """Runs `services` until told to stop. `notice(name, text)` hears of ends and restarts; the default is silence.

    Services already running are adopted as they are. Use it from the main thread, once.
    """

    def __init__(
        self, services: Sequence[Service], notice: Callable[[str, str], None] = lambda _name, _text: None
    ) -> None:
        self._services = tuple(services)
        self._notice = notice
        self._watches: list[_Watch] = []
        self._signal: signal.Signals | None = None

    @property
    def stopping(self) -> bool:
        """Whether a signal has asked to stop."""
        return self._signal is not None

    def run(self, ready: Callable[[], None] = lambda: None) -> signal.Signals:
        """Start everything, call `ready`, keep it running; return the signal that ended it, once all has stopped.

        Raises ServersError when a service does not start the first time; what had started is stopped.
        """
        with self._listening() as wake_up:
            try:
                self._start_all()
                if self._signal is None:
                    ready()
                while self._signal is None:
                    self._look()
                    _sleep(wake_up, self._until_next())
            finally:
                self._stop_all()
        return self._signal

    def request_stop(self) -> None:
        """End `run` as SIGTERM would."""
        os.kill(os.getpid(), signal.SIGTERM)

    def _start_all(self) -> None:
        for service in self._services:
            if self._signal is not None:
                return
            if not service.running():
                service.start()
            self._watches.append(_Watch(service, started=time.monotonic()))

    def _stop_all(self) -> None:
        for service in reversed(self._services):
            service.stop()

    def _look(self) -> None:
        now = time.monotonic()
        for watch in self._watches:
            if watch.service.running():
                continue
            if watch.due is None:
                if now - watch.started > STEADY:
                    watch.pause = FIRST_PAUSE
                watch.due = now + watch.pause
                self._notice(watch.service.name, f"ended; restarting in {watch.pause:.1f} s")
            elif now >= watch.due:
                self._restart(watch)

    def _restart(self, watch: _Watch) -> None:
        watch.pause = min(watch.pause * 2, LONGEST_PAUSE)
        watch.due = None
        watch.started = time.monotonic()
        try:
            watch.service.start()
        except ServersError as error:
            self._notice(watch.service.name, f"did not restart: {error}")
        else:
            self._notice(watch.service.name, "restarted")

    def _until_next(self) -> float:
        dues = [watch.due - time.monotonic() for watch in self._watches if watch.due is not None]
        return max(0.0, min([TICK, *dues]))

    def _receive(self, number: int, _frame: FrameType | None) -> None:
        self._signal = signal.Signals(number)

    @contextmanager
    def _listening(self) -> Generator[int]:
        """Signals are noted and wake the loop through a pipe: nothing that takes a lock runs in a handler."""
        reader, writer = os.pipe()
        os.set_blocking(reader, False)
        os.set_blocking(writer, False)
        before = {number: signal.signal(number, self._receive) for number in STOP_SIGNALS}
        before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        previous = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        try:
            yield reader
        finally:
            signal.set_wakeup_fd(previous)
            for number, handler in before.items():
                signal.signal(number, handler)
            os.close(reader)
            os.close(writer)


def _sleep(wake_up: int, seconds: float) -> None:
    select.select([wake_up], [], [], seconds)
    with suppress(BlockingIOError):
        os.read(wake_up, 4096)
