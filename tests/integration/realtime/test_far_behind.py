"""A client that was away during many changes catches up to what one that stayed knows (PRODUCT §13)."""

from __future__ import annotations

from typing import Any

import pytest

from core.database import Database
from core.json_types import JsonObject
from core.principal import Principal, TenantId, UserId
from orchestrator_service.leads.edit import create_lead, edit_lead
from orchestrator_service.leads.models import LeadFields
from orchestrator_service.realtime.catch_up import MOST_EVENTS
from tests.integration.realtime.living import Api, browsing, stored, until

TENANT = 7
LEADS = 5


def told(leads: dict[int, Any], events: list[tuple[str, dict[str, Any]]]) -> dict[int, Any]:
    """The leads as a client has them after the events: each carries its lead whole."""
    now = dict(leads)
    for name, payload in events:
        assert name in {"NEW_LEAD", "LEAD_UPDATED"}
        now[payload["lead"]["id"]] = payload["lead"]
    return now


async def mutate(db: Database, times: int) -> None:
    """So many real edits, each a transaction of its own."""
    principal = Principal(TenantId(TENANT), UserId(1), "ceo")
    async with db.tenant(TENANT) as tx:
        stage = (
            "INSERT INTO pipeline_stages (tenant_id, key, name, kind, position) VALUES ($1, 'new', 'New', 'open', 1)"
        )
        await tx.connection.execute(stage, TENANT)
        ids = [(await create_lead(tx, principal, LeadFields(full_name=f"Lead {n}"))).id for n in range(LEADS)]
    for number in range(times - LEADS):
        change: dict[str, object] = {"company": f"Company {number}"}
        async with db.tenant(TENANT) as tx:
            await edit_lead(tx, principal, ids[number % LEADS], change)


async def all_out(db: Database, times: int) -> None:
    async def out() -> bool:
        rows = await stored(db, TENANT)
        return len(rows) == times and all(row["published_at"] for row in rows)

    await until(out, within=60)


async def stay_and_leave(api: Api, db: Database, times: int) -> tuple[dict[int, Any], JsonObject]:
    """What one that stayed knows, and what one that left is told when it is back."""
    cookie = api.sessions.open(TENANT, 1, "ceo")
    async with browsing(api, cookie):
        pass  # the other one was here, and left at number 0
    async with browsing(api, cookie) as stayed:
        await mutate(db, times)
        await all_out(db, times)
        await stayed.hears(lambda payload: payload.get("seq") == times, within=20)
        known = told({}, stayed.heard)
    async with browsing(api, cookie) as back:
        return known, await back.ask("catch_up", 0)


@pytest.mark.parametrize(
    "times", [pytest.param(100, marks=pytest.mark.proof), pytest.param(MOST_EVENTS, marks=pytest.mark.slow)]
)
async def test_who_was_away_knows_what_who_stayed_knows(api: Api, db: Database, times: int) -> None:
    stayed, answer = await stay_and_leave(api, db, times)
    events = answer["events"]
    assert isinstance(events, list)
    assert len(events) == times
    missed: list[Any] = list(events)
    assert told({}, [(event["name"], event["payload"]) for event in missed]) == stayed
    assert len(stayed) == LEADS
    assert told({}, [(event["name"], event["payload"]) for event in missed[:-1]]) != stayed, "the last one counts"


@pytest.mark.slow
async def test_who_was_away_for_more_than_is_kept_is_told_to_read_anew(api: Api, db: Database) -> None:
    _, answer = await stay_and_leave(api, db, MOST_EVENTS + 1)
    assert answer == {"reset": True, "seq": MOST_EVENTS + 1}
