"""kill -9 between any two steps of a booking or a move: a job brings it to its end, once (PRODUCT §11.5)."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.crash_points import VARIABLE, Moment
from core.database import Database
from orchestrator_service.agenda.booking import Booked
from orchestrator_service.agenda.reading import read_event
from tests.architecture.foundation import ROOT
from tests.integration.agenda.in_google import InGoogle, in_google
from tests.integration.agenda.scene import HALF_HOUR, NOW, SQL, TEN, events
from tests.support import servers

if TYPE_CHECKING:
    from datetime import datetime

ELEVEN = TEN + 2 * HALF_HOUR
STEPS: tuple[Moment, ...] = ("held", "written", "verified", "settled")


@pytest.fixture
async def made(db: Database) -> AsyncGenerator[InGoogle]:
    async with in_google(db) as one:
        yield one


async def die(
    made: InGoogle,
    database: servers.Database,
    folder: Path,
    moment: Moment,
    *,
    what: str,
    start: datetime,
    subject: int = 0,
    offer_id: str = "",
) -> None:
    """Another process begins and is killed by SIGKILL at that moment."""
    order = folder / "crash"
    order.write_text(moment, encoding="ascii")
    errand = {
        "google": made.google.base_url,
        "database": database.app_url,
        "now": NOW.isoformat(),
        "start": start.isoformat(),
        "tenant": str(made.tenant_id),
        "user": str(made.principal.user_id),
        "what": what,
        "subject": str(subject),
        "conversation": str(made.scene.talk.conversation_id),
        "lead": str(made.scene.talk.lead_id),
        "offer": offer_id,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.integration.agenda.dying",
        cwd=ROOT,
        env={**os.environ, VARIABLE: str(order)},
        stdin=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    _, errors = await process.communicate(json.dumps(errand).encode())
    assert process.returncode == -signal.SIGKILL, errors.decode()


async def text(made: InGoogle, statement: str) -> str:
    async with made.scene.db.tenant(made.tenant_id) as tx:
        return await tx.value(SQL[statement], str) or ""


@pytest.mark.parametrize("moment", STEPS)
async def test_a_booking_whose_process_died_ends_confirmed_once_and_the_customer_is_told(
    made: InGoogle, database: servers.Database, tmp_path: Path, moment: Moment
) -> None:
    offer_id = await made.plant()
    await die(made, database, tmp_path, moment, what="book", start=TEN, offer_id=offer_id)
    event_id = await made.meeting_id()
    assert await made.rows() == (["confirmed"] if moment == "settled" else ["held book"])
    await made.job(event_id)  # too early: whoever died might still be alive
    await made.later(event_id)
    await made.later(event_id)
    assert await made.rows() == ["confirmed"]
    assert (len(made.ours(event_id)), len(made.events())) == (1, 1)
    assert [one.name for one in await events(made.scene) if one.name == "EVENT_CREATED"] == ["EVENT_CREATED"] * 2
    told = 0 if moment == "settled" else 1
    assert (await text(made, "said")).count("quedó confirmada") == told
    again = await made.book(offer_id)
    assert isinstance(again, Booked)
    assert again.meeting_id == event_id


@pytest.mark.parametrize("moment", ["written", "verified"])
async def test_a_booking_that_died_and_was_met_by_a_hand_in_google_ends_cancelled(
    made: InGoogle, database: servers.Database, tmp_path: Path, moment: Moment
) -> None:
    await die(made, database, tmp_path, moment, what="book", start=TEN, offer_id=await made.plant())
    event_id = await made.meeting_id()
    await made.busy_by_hand()
    await made.later(event_id)
    await made.later(event_id)
    assert (await made.rows(), made.ours(event_id), len(made.events())) == (["cancelled"], [], 1)
    assert "no pude confirmar" in await text(made, "said")


@pytest.mark.parametrize("moment", ["held", "written", "verified"])
async def test_a_move_whose_process_died_ends_where_it_was_meant_to(
    made: InGoogle, database: servers.Database, tmp_path: Path, moment: Moment
) -> None:
    booked = await made.book(await made.plant())
    assert isinstance(booked, Booked)
    event_id = booked.meeting_id
    await die(made, database, tmp_path, moment, what="move", start=ELEVEN, subject=event_id)
    assert await made.rows() == ["confirmed move"]
    await made.later(event_id)
    async with made.scene.db.tenant(made.tenant_id) as tx:
        stands = await read_event(tx, event_id)
    assert (stands.starts_at, await made.rows(), len(made.events())) == (ELEVEN, ["confirmed"], 1)


async def test_what_the_team_enters_is_brought_to_its_end_too(
    made: InGoogle, database: servers.Database, tmp_path: Path
) -> None:
    await die(made, database, tmp_path, "written", what="enter", start=TEN, subject=made.scene.seller_id)
    event_id = await made.meeting_id()
    await made.later(event_id)
    assert (await made.rows(), len(made.ours(event_id))) == (["confirmed"], 1)
    assert await text(made, "said") == ""


async def test_control_without_the_job_the_time_stays_held_and_nobody_is_told(
    made: InGoogle, database: servers.Database, tmp_path: Path
) -> None:
    await die(made, database, tmp_path, "written", what="book", start=TEN, offer_id=await made.plant())
    assert (await made.rows(), await text(made, "said")) == (["held book"], "")
