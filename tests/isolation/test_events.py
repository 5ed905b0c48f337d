"""Every change is announced (PRODUCT §13): whoever applies the events to what was read knows what a new read says.

Walks all routes that change something, from the matrix of live routes, as the ceo with own records. What a route
changed of the lists below must follow from its events: leads exactly, the others at least by an event that tells to
read them anew. A route that announces nothing is in a closed list with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import httpx
import pytest

from core.json_types import Json, JsonObject
from core.statements import sibling_statements
from tests.isolation.companies import Companies, make_companies
from tests.isolation.matrix import MATRIX
from tests.isolation.rows import Row
from tests.support.api import Api
from tests.support.factories import make_tenant

SQL = sibling_statements(__file__)
LEADS: Final = "/crm/leads?limit=100"
UNSAFE: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
# What clients keep, and the events upon which they read it anew (web/src/features/*/live.ts).
WATCHED: Final[dict[str, frozenset[str]]] = {
    "/chat/conversations": frozenset(
        {"CONVERSATION_UPDATED", "NEW_MESSAGE", "MESSAGE_STATUS", "LEAD_UPDATED", "TURN_UPDATED", "MEDIA_UPDATED"}
    ),
    "/agenda/events?from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z": frozenset({"EVENT_CREATED", "EVENT_UPDATED"}),
    "/crm/clients": frozenset({"CLIENT_CREATED"}),
    "/crm/sellers": frozenset(
        {"SETTINGS_UPDATED", "COMPANY_UPDATED", "CALENDAR_UPDATED", "USER_UPDATED", "EVENT_CREATED", "EVENT_UPDATED"}
    ),
    "/admin/core/settings": frozenset({"COMPANY_UPDATED", "SETTINGS_UPDATED", "AGENT_UPDATED"}),
    "/chat/broadcasts": frozenset({"BROADCAST_UPDATED"}),
    "/team/members": frozenset({"USER_UPDATED"}),
}
_NOTHING, _SAME = "changes nothing that is stored", "the matrix sends what is so already, and nothing changes"
_OWN, _LATER = "the caller's own, which nobody else reads", "its job announces what comes of it"
_PAGE, _HIDDEN = "read each time that its page opens, and kept by nobody", "shown to nobody"
# Routes that announce nothing here, as the ceo with the matrix's bodies.
SILENT: Final[dict[tuple[str, str], str]] = {
    ("POST", "/auth/register"): "the join code is wrong: " + _NOTHING,
    ("POST", "/auth/forgot"): "nobody has that address: " + _NOTHING,
    ("DELETE", "/auth/sessions/{session_id}"): _OWN,
    ("POST", "/auth/logout"): _OWN,
    ("POST", "/admin/core/join-code"): _PAGE,
    ("PUT", "/admin/core/security"): _PAGE,
    ("POST", "/admin/core/users/{user_id}/totp/reset"): _SAME,
    ("PUT", "/admin/core/credentials/{name}"): _HIDDEN,
    ("DELETE", "/admin/core/credentials/{name}"): _HIDDEN,
    ("PUT", "/admin/core/channels/sending"): _SAME,
    ("POST", "/admin/core/channels/{channel_id}/check"): _LATER,
    ("POST", "/crm/views"): _OWN,
    ("PATCH", "/crm/views/{view_id}"): _OWN,
    ("DELETE", "/crm/views/{view_id}"): _OWN,
    ("POST", "/agent/knowledge/ask"): _NOTHING,
    ("PUT", "/agent/knowledge/meaning"): _SAME,
    ("POST", "/agent/playground/runs"): _LATER,
    ("POST", "/agent/playground/runs/{run_id}/messages"): _LATER,
    ("PATCH", "/agent/settings"): _SAME,
    ("DELETE", "/agent/scenarios/{scenario_id}"): _PAGE,
    ("POST", "/agent/evaluations"): _PAGE,
    ("POST", "/chat/templates/sync"): _LATER,
    ("POST", "/chat/broadcasts/preview"): _NOTHING,
    ("POST", "/chat/broadcasts/{broadcast_id}/pause"): _SAME,
    ("POST", "/agenda/events/{event_id}/mark"): _SAME,
    ("POST", "/agenda/calendars/{seller_id}/check"): _LATER,
    ("POST", "/notifications/read"): _OWN,
    ("DELETE", "/notifications/push/{device_id}"): _OWN,
    ("PUT", "/notifications/alerts"): _OWN,
    ("PUT", "/notifications/alerts/company"): _PAGE,
}
# Rows that repeat another one's change.
REPEATED: Final = frozenset({("PATCH", "/crm/leads/{lead_id}", "owner"), ("POST", "/crm/leads/bulk", "owner")})


@dataclass(frozen=True)
class Event:
    """One of the outbox."""

    name: str
    payload: JsonObject


@dataclass
class Watcher:
    """A client of the ceo's: what it has read, and what it is told."""

    companies: Companies
    cookie: str
    seen: int = 0

    async def news(self) -> list[Event]:
        async with self.companies.api.db.tenant(self.companies.tenant) as tx:
            events = await tx.all(SQL["events_from"], Event, since=self.seen)
            self.seen = await tx.value(SQL["newest_event"], int) or 0
        return events

    async def read(self) -> dict[str, Json]:
        """Everything that is watched, from an address of its own each time."""
        async with self.companies.api.browser(self.cookie) as browser:
            return {path: await self._read(browser, path) for path in (LEADS, *WATCHED)}

    async def _read(self, browser: httpx.AsyncClient, path: str) -> Json:
        answer = await browser.get(path)
        assert answer.status_code == 200, path
        return answer.json()


def leads_of(read: dict[str, Json]) -> dict[int, Json]:
    listed = read[LEADS]
    assert isinstance(listed, dict)
    items = listed["items"]
    assert isinstance(items, list)
    return {int(str(lead["id"])): lead for lead in items if isinstance(lead, dict)}


def applied(leads: dict[int, Json], events: list[Event]) -> dict[int, Json]:
    """The leads as a client has them after the events."""
    now = dict(leads)
    for event in events:
        lead = event.payload.get("lead")
        if event.name in {"NEW_LEAD", "LEAD_UPDATED"} and isinstance(lead, dict):
            now[int(str(lead["id"]))] = lead
    return now


def unannounced(before: dict[str, Json], after: dict[str, Json], events: list[Event]) -> list[str]:
    """What changed and does not follow from the events."""
    names = {event.name for event in events}
    wrong = [path for path, telling in WATCHED.items() if before[path] != after[path] and not telling & names]
    expected, found = applied(leads_of(before), events), leads_of(after)
    return wrong + [f"lead {key}" for key in expected.keys() | found.keys() if expected.get(key) != found.get(key)]


@pytest.mark.proof
@pytest.mark.timeout(600)
async def test_every_change_follows_from_its_events(api: Api) -> None:
    companies = await make_companies(api)
    watcher, wrong = Watcher(companies, await companies.cookie("ceo") or ""), list[str]()
    await watcher.news()
    before, silent, announced = await watcher.read(), set[tuple[str, str]](), set[tuple[str, str]]()
    for row in (row for row in MATRIX if row.method in UNSAFE and row.states[0] in {"plain", "own"}):
        if not await performed(companies, row):
            continue
        after, events = await watcher.read(), await watcher.news()
        wrong += [f"{row}: {what}" for what in unannounced(before, after, events)]
        if (row.method, row.path, row.case) not in REPEATED:
            (announced if events else silent).add(row.key)
        before = after
    assert not wrong, "\n".join(wrong)
    assert len(announced) > 40, "changes are made"
    assert silent == {*SILENT}, "what announces nothing has its reason, and what has one announces nothing"


async def performed(companies: Companies, row: Row) -> bool:
    """Whether the ceo could do that."""
    sent = row.sent(await companies.ids("ceo", "own"), companies.own["ceo"])
    async with companies.api.browser(await companies.cookie("ceo")) as browser:
        path = row.path.format(**sent.path)
        answer = await browser.request(row.method, path, params=dict(sent.query), json=sent.body)
    return answer.status_code < 300


async def test_a_change_without_its_event_is_found(api: Api) -> None:
    """Controls: an edit whose announcement is thrown away, and one that is told wrongly."""
    member = await api.member(await make_tenant(api.db), "ceo")
    async with api.browser(await api.session(member)) as ceo:
        made = (await ceo.post("/crm/leads", json={"full_name": "Ana"})).json()
        edited = (await ceo.patch(f"/crm/leads/{made['id']}", json={"company": "Acme"})).json()
    nothing: dict[str, Json] = dict.fromkeys(WATCHED)
    before, after = ({**nothing, LEADS: {"items": [lead]}} for lead in (made, edited))
    told = Event("LEAD_UPDATED", {"lead": edited, "changed": ["company"]})
    assert unannounced(before, after, [told]) == []
    assert unannounced(before, after, []) == [f"lead {made['id']}"]
    assert unannounced(before, after, [Event("LEAD_UPDATED", {"lead": made})]) == [f"lead {made['id']}"]
    assert unannounced(before, {**before, "/crm/clients": 1}, [told]) == ["/crm/clients", f"lead {made['id']}"]
