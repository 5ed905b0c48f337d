"""The demonstration's company is filled once, with people in every stage and meetings within the sellers' hours."""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from core.principal import ROLES
from nexus.demo.people import PEOPLE
from nexus.demo.seed import seed_company
from tests.integration.api.scene import Scene, make_scene
from tests.support.api import Api, Member
from tests.support.factories import ZONE, make_seller

WEDNESDAY = datetime(2026, 11, 25, 15, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 28, 3, tzinfo=UTC)
WINDOW = {"from": "2026-11-09T00:00:00Z", "to": "2026-12-20T00:00:00Z", "limit": "100"}


async def company(api: Api, now: datetime) -> tuple[Scene, Member]:
    """The demo company as `nexus up` makes it, filled."""
    scene = await make_scene(api)
    team = {role: await api.member(scene.tenant, role, name=role) for role in ROLES}
    for role in ("professional", "closer"):
        await make_seller(api.db, scene.tenant, role, user_id=team[role].user_id)
    began = time.process_time()
    assert await seed_company(api.db, scene.tenant, team["ceo"].principal, now) == len(PEOPLE)
    assert time.process_time() - began < 5
    return scene, team["ceo"]


async def every(browser: httpx.AsyncClient, path: str, **params: str) -> list[dict[str, Any]]:
    """A list read to its end."""
    rows: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = (
            await browser.get(path, params={"limit": "100", **params, **({"cursor": cursor} if cursor else {})})
        ).json()
        rows += page["items"]
        cursor = page.get("next_cursor")
    return rows


@pytest.mark.proof
async def test_the_company_is_filled_once_with_every_stage_and_interest(api: Api) -> None:
    scene, ceo = await company(api, WEDNESDAY)
    assert await seed_company(api.db, scene.tenant, ceo.principal, WEDNESDAY) == 0
    async with api.browser(await api.session(ceo)) as browser:
        leads = await every(browser, "/crm/leads")
        stages = await every(browser, "/crm/pipeline/stages")
        clients = await every(browser, "/crm/clients")
    assert Counter(lead["stage_key"] for lead in leads) == Counter(person.stage for person in PEOPLE)
    assert {lead["stage_key"] for lead in leads} == {stage["key"] for stage in stages}
    assert {lead["interest"] for lead in leads} == {"hot", "warm", "cold", "not_interested", None}
    assert {lead["currency"] for lead in leads} == {"USD", "ARS", "MXN", "BRL", None}
    assert {lead["language"] for lead in leads} == {"es", "pt", "en"}
    assert len({lead["owner_user_id"] for lead in leads}) == 4, "three of the team, and nobody"
    assert {client["full_name"] for client in clients} == {person.name for person in PEOPLE if person.stage == "won"}
    created = [str(lead["created_at"]) for lead in leads]
    assert len(created) == len(PEOPLE)
    assert created[-1] < created[0] < WEDNESDAY.isoformat(), "the newest lead stands first, and none is of the future"


async def test_the_inbox_shows_who_waits_what_is_new_and_what_became_of_messages(api: Api) -> None:
    _, ceo = await company(api, WEDNESDAY)
    async with api.browser(await api.session(ceo)) as browser:
        talks = await every(browser, "/chat/conversations")
        waiting = await every(browser, "/chat/conversations", needs_person="true")
        messages = [
            message for talk in talks for message in await every(browser, f"/chat/conversations/{talk['id']}/messages")
        ]
        proposed = [talk for talk in talks if talk["turn_state"] == "awaiting_approval"]
        drafts = [(await browser.get(f"/chat/conversations/{talk['id']}/draft")).json()["draft"] for talk in proposed]
        told = (await browser.get("/notifications/summary")).json()
    by_name = {person.name: person for person in PEOPLE}
    assert {talk["lead_name"] for talk in waiting} == {person.name for person in PEOPLE if person.waits}
    assert len({talk["waiting_since"] for talk in waiting}) == len(waiting)
    assert {str(talk["lead_name"]): talk["unread"] for talk in talks} == {
        name: person.unread for name, person in by_name.items()
    }
    assert {message["status"] for message in messages} >= {"sent", "delivered", "read", "failed", "unknown"}
    assert {message["type"] for message in messages} == {"text", "list", "buttons", "interactive"}
    assert {message["author"] for message in messages} == {"customer", "agent", "person"}
    assert [message["verdict"]["action"] for message in messages if message["verdict"]] == ["block"]
    assert {draft["text"] for draft in drafts} == {person.draft for person in PEOPLE if person.draft}
    assert any(talk["agent_paused_until"] for talk in talks)
    assert {talk["status"] for talk in talks} == {"open", "closed"}
    assert 0 < told["person_needed"] <= told["unread"] < 20


@pytest.mark.proof
@pytest.mark.parametrize("now", [WEDNESDAY, SATURDAY])
async def test_meetings_lie_within_working_hours_one_after_the_other(api: Api, now: datetime) -> None:
    _, ceo = await company(api, now)
    async with api.browser(await api.session(ceo)) as browser:
        events = await every(browser, "/agenda/events", **WINDOW)
    booked = [person for person in PEOPLE if person.meeting and not person.meeting.endswith("offered")]
    assert len(events) == len(booked)
    assert {event["seller_name"] for event in events} == {"professional", "closer"}
    for event in events:
        starts, ends = local(event["starts_at"]), local(event["ends_at"])
        assert starts.weekday() < 5
        assert starts.hour >= 9
        assert ends.hour * 60 + ends.minute <= 18 * 60
    for seller in ("professional", "closer"):
        own = sorted((local(e["starts_at"]), local(e["ends_at"])) for e in events if e["seller_name"] == seller)
        assert all(one[1] <= two[0] for one, two in pairwise(own))
    past = {event["status"] for event in events if local(event["ends_at"]) <= now}
    assert past == {"done", "no_show"}
    assert {event["status"] for event in events if local(event["ends_at"]) > now} == {"confirmed"}
    if now is WEDNESDAY:
        assert sum(local(event["starts_at"]).date() == now.astimezone(ZONE).date() for event in events) >= 3


@pytest.mark.proof
async def test_a_company_with_one_person_who_is_also_the_seller_is_filled_too(api: Api) -> None:
    scene = await make_scene(api)
    ceo = await api.member(scene.tenant, "ceo")
    await make_seller(api.db, scene.tenant, user_id=ceo.user_id, zone=ZoneInfo("America/Mexico_City"))
    assert await seed_company(api.db, scene.tenant, ceo.principal, WEDNESDAY) == len(PEOPLE)


def local(moment: str) -> datetime:
    """By the wall clock of the sellers."""
    return datetime.fromisoformat(moment).astimezone(ZONE)
