"""Jobs for the mortal worker (`mortal.py`): each is done in a process of its own, which dies where a test says."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from core.contracts import Job
from core.crash_points import Moment
from tests.architecture.foundation import ROOT

NOWHERE: Final = "http://127.0.0.1:1"


@dataclass
class Mortal:
    """The process that forks a life for every job. `printed` is what those lives have printed, in order."""

    process: subprocess.Popen[str]
    printed: list[str] = field(default_factory=list[str])

    async def life(self, errand: dict[str, Any]) -> int:
        """The signal that it ended by; 0 where the job was done."""
        answer = await asyncio.to_thread(self._ask, json.dumps(errand))
        self.printed.append(answer["printed"])
        assert answer["signal"] or not answer["failed"], answer["printed"]
        return int(answer["signal"])

    def _ask(self, line: str) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@contextmanager
def mortal_worker() -> Generator[Mortal]:
    """It imports everything once, which takes longer than any job of these tests."""
    argv = (sys.executable, "-m", "tests.faults.mortal")
    with subprocess.Popen(argv, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Mortal(process)
        assert process.stdin is not None
        process.stdin.close()


@dataclass
class Errands:
    """One company's jobs. `now` None: the real time. What leaves by a number is a line of `journal`."""

    mortal: Mortal
    folder: Path
    database: str
    redis: str
    smtp: int = 1
    egress: str = ""
    graph: str = NOWHERE
    google: str = NOWHERE
    now: datetime | None = None

    @property
    def media(self) -> str:
        return f"file://{self.folder}/media"

    async def do(self, job: Job) -> None:
        """Do a job to its end."""
        assert await self._live(job, "", "") == 0

    async def dies(self, job: Job, moment: Moment, step: str = "", *, without: str = "") -> None:
        """Do a job and die by SIGKILL at that moment."""
        ordered = f"{moment}:{step}" if step else moment
        assert await self._live(job, ordered, without) == signal.SIGKILL, f"nobody reached {ordered}"

    def left(self) -> list[str]:
        """What left by a number."""
        journal = self.folder / "journal"
        return journal.read_text().splitlines() if journal.exists() else []

    async def _live(self, job: Job, ordered: str, without: str) -> int:
        order = self.folder / "crash"
        order.write_text(ordered, encoding="ascii")
        return await self.mortal.life(
            {
                "job": job.NAME,
                "args": asdict(job),
                "order": str(order),
                "without": without,
                "database": self.database,
                "redis": self.redis,
                "media": self.media,
                "journal": str(self.folder / "journal"),
                "smtp": self.smtp,
                "egress": self.egress,
                "graph": self.graph,
                "google": self.google,
                "now": self.now.isoformat() if self.now else None,
            }
        )
