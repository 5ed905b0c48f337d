"""A company's saved scenarios, played by a process of their own on servers of its own (PRODUCT §16.5).

The process gets the scenarios and nothing else: no address of the installation's database, none of its keys. What a
live model answered is played from the record, so nothing leaves the machine and nothing of the company is touched.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Final, cast

import msgspec
import structlog

from core.contracts import RunEvaluation
from core.database import Database
from core.json_types import JsonObject
from orchestrator_service.evaluation.runs import Outcome, end_run, scenarios_to_play
from orchestrator_service.evaluation.scenario import Scenario

LONGEST: Final = 240.0
# What a process needs to find its programs and folders.
PASSED_ON: Final = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "NEXUS_PG_BIN", "VIRTUAL_ENV", "PYTHONPATH")

_log = structlog.get_logger(__name__)


async def run_saved(database: Database, job: RunEvaluation) -> None:
    """Play everything that a company saved and file how it went; a run that is over stays as it is."""
    async with database.tenant(job.tenant_id) as tx:
        scenarios = await scenarios_to_play(tx)
    outcome = await play_apart(scenarios)
    async with database.tenant(job.tenant_id) as tx:
        await end_run(tx, job.run_id, outcome)


async def play_apart(
    scenarios: Sequence[tuple[int, Scenario]], environ: Mapping[str, str] = os.environ, *, longest: float = LONGEST
) -> Outcome:
    """Play scenarios in a process of their own, for `longest` seconds at most."""
    began = asyncio.get_running_loop().time()
    given = msgspec.json.encode(
        [
            [number, scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)]
            for number, scenario in scenarios
        ]
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "nexus.evaluation.child",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={name: environ[name] for name in PASSED_ON if name in environ},
        start_new_session=True,
    )
    try:
        answer, _ = await asyncio.wait_for(process.communicate(given), longest)
    except TimeoutError:
        return Outcome(0, longest, (), problem="too_long")
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    seconds = asyncio.get_running_loop().time() - began
    if process.returncode != 0:
        _log.warning("evaluation_failed", code=process.returncode)
        return Outcome(0, seconds, (), problem="not_started")
    results = cast("list[JsonObject]", msgspec.json.decode(answer))  # of our own making
    return Outcome(sum(one["passed"] is True for one in results), seconds, results)
