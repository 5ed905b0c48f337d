"""Twenty sellers with Google calendars of whom several do not answer, in every way in which Google may fail them.

Through the agent's tool and over HTTP: who is silent is named and never free, the others are offered, and nobody waits
for one after the other (PRODUCT §11.2).
"""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest

from orchestrator_service.agent.toolbox import Toolbox
from orchestrator_service.agent.tools.registry import TOOLS
from orchestrator_service.google_calendar import live_calendars
from tests.integration.agenda.in_google import InGoogle, in_google
from tests.integration.agenda.scene import NOW, SQL, TEN, TOMORROW
from tests.integration.agenda.test_offers_with_google import FAULTS
from tests.support.factories import ZONE, make_seller

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

    import httpx

    from core.json_types import Json, JsonObject
    from tests.support.api import Api

SELLERS: Final = 20
SILENT: Final = 7
PATIENCE: Final = 1.5  # in place of the four seconds that are given to a calendar
SLOWEST: Final = 8.0
USUAL: Final = ("slow", "error in 200")  # the others in a step of their own


@dataclass
class Office:
    """The sellers by name; the first few are those whose calendars will fail. `browser` is the owner's."""

    made: InGoogle
    sellers: dict[str, int]
    browser: httpx.AsyncClient

    @property
    def silent(self) -> list[str]:
        return list(self.sellers)[:SILENT]

    async def fail(self, fault: Mapping[str, str | int | float]) -> None:
        """Exactly the silent ones fail from now on, in that way."""
        await self.made.google.order("/clear")
        for name in self.silent:
            more: dict[str, Json] = {**fault, "calendar": address(name), "times": None, "verb": "list"}
            await self.made.google.fault(**more)  # pyright: ignore[reportArgumentType] - JSON

    async def toolbox(self) -> Toolbox:
        """The agent's tools in a turn of their own, its lead qualified."""
        scene = self.made.scene
        async with scene.db.tenant(scene.tenant_id) as tx:
            turn_id = await tx.value(SQL["thinking_turn"], int, conversation_id=scene.talk.conversation_id)
        assert turn_id is not None
        toolbox = Toolbox(
            scene.db,
            self.made.door,
            TOOLS,
            tenant_id=scene.tenant_id,
            conversation_id=scene.talk.conversation_id,
            lead_id=scene.talk.lead_id,
            turn_id=turn_id,
            language="es",
            zone=ZONE.key,
            verdict="allow",
            clock=lambda: NOW,
        )
        await toolbox.call("qualify_lead", {"interest": "hot", "score": 90, "need": "Software"})
        return toolbox

    async def finish_turn(self) -> None:
        """The next turn may begin."""
        async with self.made.scene.db.tenant(self.made.tenant_id) as tx:
            await tx.run(SQL["finish_turns"])

    async def seen_by_team(self, name: str) -> JsonObject:
        """What the web app is told of the seller's day."""
        asked = {"seller_id": self.sellers[name], "day": TOMORROW.isoformat(), "explain": TEN.isoformat()}
        answer = await self.browser.get("/agenda/availability", params=asked)
        assert answer.status_code == 200, answer.text
        return answer.json()


def address(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@acme.com"


@asynccontextmanager
async def office_of(api: Api) -> AsyncGenerator[Office]:
    api.clock.now = NOW
    async with in_google(api.db) as made:
        async with made.scene.db.tenant(made.tenant_id) as tx:
            await tx.run(SQL["dismiss_sellers"])  # the scene's own one
        sellers: dict[str, int] = {}
        for number in range(SELLERS):
            name = f"Persona {chr(ord('A') + number)}"
            sellers[name] = await make_seller(made.scene.db, made.tenant_id, name)
            await made.google.order("/person", email=address(name), refresh_tokens=[f"1//{name}"])
            await made.connect(sellers[name], address(name), f"1//{name}")
        api.app.state.google = made.door
        owner = await api.member(made.scene.tenant_id, "ceo")
        async with api.browser(await api.session(owner)) as browser:
            yield Office(made, sellers, browser)


async def through_the_tool(office: Office) -> tuple[set[str], list[Json]]:
    """Whose times the agent is given, and who cannot be confirmed."""
    toolbox = await office.toolbox()
    day = TOMORROW.isoformat()
    result = (await toolbox.call("check_seller_availability", {"date_from": day, "date_to": day})).result
    await office.finish_turn()
    offers, unknown = result["offers"], result["cannot_confirm"]
    assert isinstance(offers, list | tuple)
    assert isinstance(unknown, list | tuple)
    return {str(one["seller"]) for one in offers if isinstance(one, dict)}, list(unknown)


async def never_free(office: Office, fault: str) -> None:
    """The whole promise for the fault that is at work."""
    offered, unknown = await through_the_tool(office)
    assert unknown == office.silent, fault
    assert offered, fault
    assert offered.isdisjoint(office.silent), fault
    silent, *_ = office.silent
    answering = list(office.sellers)[-1]
    nothing, free = await asyncio.gather(office.seen_by_team(silent), office.seen_by_team(answering))
    explained = nothing["explanation"]
    assert isinstance(explained, dict)
    assert (nothing["confirmed"], nothing["slots"]) == (False, []), fault
    assert (explained["free"], explained["rule"]) == (False, "unconfirmed"), fault
    assert free["confirmed"], fault
    assert free["slots"], fault


@pytest.mark.parametrize("faults", [USUAL, pytest.param(tuple(FAULTS), marks=pytest.mark.proof)], ids=["some", "all"])
async def test_of_twenty_sellers_those_who_are_silent_are_never_free(
    api: Api, monkeypatch: pytest.MonkeyPatch, faults: tuple[str, ...]
) -> None:
    monkeypatch.setattr(live_calendars, "LISTING_SECONDS", PATIENCE)
    async with office_of(api) as office:
        for name in faults:
            await office.fail(FAULTS[name])
            began = time.monotonic()
            await never_free(office, name)
            # Twice somebody was waited for; one seller after the other would be seven times as long for the first.
            assert time.monotonic() - began < PATIENCE * SILENT, name
        await office.made.google.order("/clear")
        _, unknown = await through_the_tool(office)
        assert unknown == []


async def test_of_all_of_them_silent_nobody_is_offered(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_calendars, "LISTING_SECONDS", PATIENCE)
    async with office_of(api) as office:
        await office.made.google.fault("garbage", times=None, verb="list")
        assert await through_the_tool(office) == (set(), list(office.sellers))


@pytest.mark.slow
async def test_with_the_true_patience_each_answer_comes_within_eight_seconds(api: Api) -> None:
    async with office_of(api) as office:
        for name, fault in FAULTS.items():
            await office.fail(fault)
            began = time.monotonic()
            await through_the_tool(office)
            tool = time.monotonic() - began
            began = time.monotonic()
            await office.seen_by_team(office.silent[0])
            web = time.monotonic() - began
            print(f"{name}: tool {tool:.2f} s, web {web:.2f} s")  # noqa: T201 - the figures
            assert max(tool, web) <= SLOWEST, name
