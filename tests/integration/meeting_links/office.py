"""A company with a meeting on Tuesday at ten, and the browser of its customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx

from core.customer_links import LinkedRow
from core.statements import sibling_statements
from orchestrator_service.meeting_links.links import link_of
from tests.integration.api.scene import Scene, make_scene
from tests.support.api import Api, Member
from tests.support.factories import Talk, make_event, make_seller

SQL = sibling_statements(__file__)
HALF = timedelta(minutes=30)
HOST = "https://crm.example"
SUNDAY = datetime(2026, 11, 22, 20, tzinfo=UTC)


def at(hour: int, minute: int = 0) -> datetime:
    """On Tuesday, by the clock of Buenos Aires."""
    return datetime(2026, 11, 24, hour + 3, minute, tzinfo=UTC)


@dataclass(frozen=True)
class Standing:
    """A meeting as it stands."""

    status: str
    starts_at: datetime


@dataclass(frozen=True)
class Noticed:
    """A row of somebody's bell."""

    kind: str
    user_id: int


@dataclass(frozen=True)
class Said:
    """One message of ours."""

    said: str


@dataclass
class Office:
    """The meeting and its link."""

    scene: Scene
    luz: Member
    seller: int
    talk: Talk
    event: int

    async def link(self) -> LinkedRow:
        """The meeting's link, as a message would hold it."""
        async with self.scene.api.db.tenant(self.scene.tenant) as tx:
            return await link_of(tx, self.event, self.scene.api.clock())

    async def path(self) -> str:
        return f"/m/{self.scene.api.door.meeting_links.token(await self.link())}"

    def customer(self, address: str | None = None) -> httpx.AsyncClient:
        """Somebody without an account, whose browser sends what a form sends."""
        browser = self.scene.api.browser(address=address)
        browser.headers = httpx.Headers({"Origin": "null"})
        return browser

    async def stands(self) -> Standing:
        async with self.scene.api.db.tenant(self.scene.tenant) as tx:
            found = await tx.one(SQL["event"], Standing, event_id=self.event)
        assert found is not None
        return found

    async def everything(self) -> str:
        async with self.scene.api.db.tenant(self.scene.tenant) as tx:
            return await tx.value(SQL["everything"], str) or ""

    async def notices(self) -> list[Noticed]:
        async with self.scene.api.db.tenant(self.scene.tenant) as tx:
            return await tx.all(SQL["notices"], Noticed)

    async def said(self) -> list[str]:
        """What has left for the customer, and how each stands."""
        async with self.scene.api.db.tenant(self.scene.tenant) as tx:
            return [one.said for one in await tx.all(SQL["said"], Said)]

    async def run(self, statement: str, **params: object) -> None:
        async with self.scene.api.db.tenant(self.scene.tenant) as tx:
            await tx.run(SQL[statement], **params)


async def make_office(api: Api) -> Office:
    """On a Sunday evening; Luz works Monday to Friday from 9 to 18 in Buenos Aires, which is UTC-3."""
    api.clock.now = SUNDAY
    scene = await make_scene(api)
    luz = await api.member(scene.tenant, "closer", name="Luz")
    seller = await make_seller(api.db, scene.tenant, "Luz Prado", user_id=luz.user_id)
    talk = await scene.talk("Ana <b>Ruiz</b>")
    event = await make_event(api.db, scene.tenant, seller, at(10), at(10) + HALF, lead_id=talk.lead_id)
    return Office(scene, luz, seller, talk, event)
