"""A client that has read a company's lists and is told what happens: what it cannot know by that is found."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

import httpx

from core.json_types import Json, JsonObject
from core.principal import TenantId
from core.statements import sibling_statements
from tests.support.api import Api

SQL = sibling_statements(__file__)
LEADS: Final = "/crm/leads?limit=100"
LEAD_EVENTS: Final = frozenset({"NEW_LEAD", "LEAD_UPDATED"})
# What clients keep, and the events upon which they read it anew (web/src/features/*/live.ts).
WATCHED: Final[dict[str, frozenset[str]]] = {
    "/chat/conversations": frozenset(
        {"CONVERSATION_UPDATED", "NEW_MESSAGE", "MESSAGE_STATUS", "LEAD_UPDATED", "TURN_UPDATED", "MEDIA_UPDATED"}
    ),
    "/agenda/events?from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z": frozenset({"EVENT_CREATED", "EVENT_UPDATED"}),
    "/crm/clients": frozenset({"CLIENT_CREATED", "CLIENT_UPDATED"}),
    "/crm/sellers": frozenset(
        {"SETTINGS_UPDATED", "COMPANY_UPDATED", "CALENDAR_UPDATED", "USER_UPDATED", "EVENT_CREATED", "EVENT_UPDATED"}
    ),
    "/admin/core/settings": frozenset({"COMPANY_UPDATED", "SETTINGS_UPDATED", "AGENT_UPDATED"}),
    "/chat/broadcasts": frozenset({"BROADCAST_UPDATED", "MESSAGE_STATUS", "NEW_MESSAGE"}),
    "/team/members": frozenset({"USER_UPDATED"}),
}


@dataclass(frozen=True)
class Event:
    """One of the outbox."""

    name: str
    payload: JsonObject


@dataclass
class Watcher:
    """A client of the ceo's: what it has read, and what it is told."""

    api: Api
    tenant: TenantId
    cookie: str
    watched: Mapping[str, frozenset[str]] = field(default_factory=lambda: WATCHED)
    seen: int = 0

    async def news(self) -> list[Event]:
        async with self.api.db.tenant(self.tenant) as tx:
            events = await tx.all(SQL["events_from"], Event, since=self.seen)
            self.seen = await tx.value(SQL["newest_event"], int) or 0
        return events

    async def read(self, only: Collection[str] | None = None) -> dict[str, Json]:
        """Everything that is watched, or what begins at those paths; from an address of its own each time."""
        paths = [path for path in (LEADS, *self.watched) if only is None or path.partition("?")[0] in only]
        async with self.api.browser(self.cookie) as browser:
            return {path: await self._read(browser, path) for path in paths}

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
    """The leads as a client has them after the events; one that is deleted or out of sight is in no list."""
    now = dict(leads)
    for event in events:
        lead, name = event.payload.get("lead"), event.name
        if name in LEAD_EVENTS and isinstance(lead, dict):
            now[int(str(lead["id"]))] = lead
            if lead.get("deleted_at") is not None:
                del now[int(str(lead["id"]))]
        elif name in LEAD_EVENTS and event.payload.get("visible") is False:
            now.pop(int(str(event.payload["id"])), None)
    return now


def unannounced(
    before: dict[str, Json],
    after: dict[str, Json],
    events: list[Event],
    watched: Mapping[str, frozenset[str]] = WATCHED,
) -> list[str]:
    """What changed and does not follow from the events."""
    names = {event.name for event in events}
    wrong = [path for path, telling in watched.items() if before[path] != after[path] and not telling & names]
    expected, found = applied(leads_of(before), events), leads_of(after)
    return wrong + [f"lead {key}" for key in expected.keys() | found.keys() if expected.get(key) != found.get(key)]
