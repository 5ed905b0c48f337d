"""Whoever was away while many doors changed a company knows, once back, what whoever stayed knows (PRODUCT §13).

For a ceo, who sees all, and for a closer, whom leads leave and reach meanwhile: over real sockets, by the real jobs.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

import pytest

from core.clock import system_clock
from core.json_types import Json, JsonObject
from orchestrator_service.realtime.catch_up import MOST_EVENTS
from tests.integration.auth.serving import Served, serving
from tests.isolation.changing import FORGETTING, Changing
from tests.isolation.walking import walk
from tests.isolation.watching import LEAD_EVENTS, WATCHED
from tests.support import servers
from tests.support.api import Api
from tests.support.local_google import local_google

LEADS: Final = "/crm/leads?limit=100"
# What a page reads anew, and upon which events (web/src/features/*/live.ts).
_TODAY: Final = system_clock().date()
AGENDA: Final = f"/agenda/events?from={_TODAY}T00:00:00Z&to={_TODAY + timedelta(days=30)}T00:00:00Z"
LISTS: Final[Mapping[str, frozenset[str]]] = {
    "/chat/conversations": WATCHED["/chat/conversations"],
    "/crm/clients": WATCHED["/crm/clients"],
    AGENDA: frozenset({"EVENT_CREATED", "EVENT_UPDATED"}),
    "/crm/tasks": frozenset({"LEAD_UPDATED", "NEW_LEAD", "LEADS_CHANGED"}),
    "/notifications": frozenset({"NOTIFICATION", "LEAD_UPDATED"}),
}


@dataclass
class Page:
    """What somebody's open page shows, and what it does with what it is told."""

    api: Api
    cookie: str
    shown: dict[str, Json] = field(default_factory=dict[str, Json])
    leads: dict[int, Json] = field(default_factory=dict[int, Json])
    stale: set[str] = field(default_factory=set[str])
    deaf_to_leaving: bool = False

    async def open(self) -> None:
        """Everything is read."""
        self.stale = {LEADS, *LISTS}
        await self.catch_breath()

    async def catch_breath(self) -> None:
        """What was said to have changed is read anew."""
        for path in self.stale:
            async with self.api.browser(self.cookie) as browser:
                answer = await browser.get(path)
            assert answer.status_code == 200, (path, answer.text)
            self.shown[path] = answer.json()
        if LEADS in self.stale:
            items = answer_items(self.shown[LEADS])
            self.leads = {int(str(lead["id"])): lead for lead in items}
        self.stale = set()

    def hear(self, name: str, payload: Mapping[str, Any]) -> None:
        """One event."""
        self.stale |= {path for path, telling in LISTS.items() if name in telling}
        if name == "LEADS_CHANGED":
            self.stale.add(LEADS)
        if name not in LEAD_EVENTS:
            return
        if payload.get("visible") is False:
            if not self.deaf_to_leaving:
                self.leads.pop(int(payload["id"]), None)
            return
        lead = payload["lead"]
        self.leads[int(lead["id"])] = lead
        agenda = self.shown[AGENDA]
        assert isinstance(agenda, dict)
        renamed: list[Json] = [
            {**event, "lead_name": lead["full_name"]} if event["lead_id"] == lead["id"] else event
            for event in answer_items(agenda)
        ]
        self.shown[AGENDA] = {**agenda, "items": renamed}
        if lead.get("deleted_at") is not None:
            del self.leads[int(lead["id"])]

    def state(self) -> JsonObject:
        """All that it shows."""
        assert not self.stale
        return {
            **{path: self.shown[path] for path in LISTS},
            "leads": {str(key): self.leads[key] for key in sorted(self.leads)},
        }


def answer_items(answer: Json) -> list[JsonObject]:
    assert isinstance(answer, dict)
    assert answer.get("next_cursor") is None, "the drill keeps to one page"
    items = answer["items"]
    assert isinstance(items, list)
    return [item for item in items if isinstance(item, dict)]


@dataclass
class Person:
    """Somebody with three pages: one stays, one was away, and one was away and does not hear what leaves."""

    served: Served
    cookie: str
    stayed: Page
    away: Page
    control: Page
    seq: int = 0
    heard: list[tuple[str, dict[str, Any]]] = field(default_factory=list[tuple[str, dict[str, Any]]])
    told: Counter[str] = field(default_factory=Counter[str])
    resets: int = 0
    live: Any = None

    @property
    def pages(self) -> tuple[Page, Page, Page]:
        return self.stayed, self.away, self.control

    async def arrive(self) -> None:
        """All three have read everything at the same moment."""
        async with self.served.socket(self.cookie) as socket:
            self.seq = (await socket.call("catch_up", (-1,), timeout=5))["seq"]
        for page in self.pages:
            await page.open()

    @contextlib.asynccontextmanager
    async def staying(self) -> AsyncGenerator[None]:
        """The first page hears everything as it happens."""
        async with self.served.socket(self.cookie) as socket:

            async def hear(name: str, payload: dict[str, Any]) -> None:
                if payload["seq"] > self.seq:  # what was read has the earlier ones: web/src/lib/live/sequence.ts
                    self.heard.append((name, payload))

            socket.on("*", hear)
            self.live = socket
            yield

    async def come_back(self) -> None:
        """The others ask what they missed; the first has heard just that by now."""
        async with self.served.socket(self.cookie) as socket:
            answer = await socket.call("catch_up", (self.seq,), timeout=10)
        if answer.get("reset"):
            self.resets += 1
            for page in (self.away, self.control) if self.live.connected else self.pages:
                await page.open()
        else:
            missed = [(event["name"], event["payload"]) for event in answer["events"]]
            await self._heard(missed)
            for name, payload in missed:
                self.away.hear(name, payload)
                self.control.hear(name, payload)
        await asyncio.sleep(0.1)
        for name, payload in self.heard:
            self.stayed.hear(name, payload)
            self.told[f"{name}{'' if payload.get('visible', True) else ' leaves'}"] += 1
        self.heard.clear()
        self.seq = answer["seq"]
        for page in self.pages:
            await page.catch_breath()

    async def _heard(self, missed: list[tuple[str, dict[str, Any]]]) -> None:
        """Sockets are told in their own time: wait for the last, then it is the same, in the same order.

        One that the server has closed, because it lost Redis for a moment, is back by now and has asked as the others.
        """
        async with asyncio.timeout(20):
            while self.live.connected and len(self.heard) < len(missed):  # noqa: ASYNC110 - no event says so
                await asyncio.sleep(0.02)
        if not self.live.connected:
            self.heard[:] = missed
        assert self.heard == missed

    async def truth(self) -> JsonObject:
        page = Page(self.stayed.api, self.cookie)
        await page.open()
        return page.state()


async def arrived(served: Served, cookie: str) -> Person:
    stayed, away, control = (Page(served.api, cookie) for _ in range(3))
    control.deaf_to_leaving = True
    person = Person(served, cookie, stayed, away, control)
    await person.arrive()
    return person


async def all_told(changing: Changing) -> None:
    """Every event is out."""
    async with asyncio.timeout(60):
        while await changing.walking.value("untold_events"):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.05)


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("absences", "changes"),
    [
        pytest.param(2, 10, marks=pytest.mark.proof),
        pytest.param(8, 130, marks=pytest.mark.slow),
        pytest.param(1, 1000, marks=pytest.mark.slow),
    ],
)
async def test_who_was_away_knows_what_who_stayed_knows(
    absences: int,
    changes: int,
    api: Api,
    database: servers.Database,
    redis_url: str,
) -> None:
    async with local_google() as google, walk(api, database, redis_url, google) as walking, serving(api) as served:
        changing = await Changing.begin(walking, seed=absences * changes)
        await all_told(changing)
        people = {
            "ceo": await arrived(served, await api.session(changing.ceo)),
            "closer": await arrived(served, await api.session(changing.closer)),
        }
        missing: set[str] = set()
        for absence in range(absences):
            async with people["ceo"].staying(), people["closer"].staying():
                for number in range(changes):
                    await changing.one(FORGETTING if absence % 2 and number == changes // 2 else None)
                await all_told(changing)
                for person in people.values():
                    await person.come_back()
            for who, person in people.items():
                truth = await person.truth()
                assert person.stayed.state() == truth, f"{who}, who stayed"
                assert person.away.state() == truth, f"{who}, who was away"
                missing |= {who} if person.control.state() != truth else set()
        told = {who: dict(person.told) for who, person in people.items()}
        print(dict(changing.done), told)  # noqa: T201 - the figures of a hand run
        assert sum(changing.done.values()) == absences * changes
        assert people["closer"].told["LEAD_UPDATED leaves"] > 0, "nothing left the closer's sight"
        # Of an absence that was too long nobody can be told change by change, nor where what was told is forgotten.
        resets = {person.resets for person in people.values()}
        assert resets == {1} if changes >= MOST_EVENTS else max(resets) <= absences // 2
        if absences > 1:
            assert "closer" in missing, "control: a page that does not hear what leaves its sight shows it still"
