"""kill -9 in the middle of forgetting somebody whose meetings stand in Google: nothing of them is left anywhere."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest

from core.channels import store_credential
from core.contracts import CalendarPending, SyncCalendar
from core.credential_names import seller_grant_name
from core.crm_contracts import ErasePerson
from core.database import TenantTransaction
from core.media_store import MediaStore
from core.secret import Secret
from core.statements import load_statements
from orchestrator_service.agenda import pending
from orchestrator_service.chat.calendar_told import tell_calendar
from orchestrator_service.google_calendar.access import CLIENT_ID, CLIENT_SECRET
from orchestrator_service.google_calendar.connecting import Connected, write_connection
from orchestrator_service.google_calendar.models import NamedSeller
from orchestrator_service.google_calendar.sync import sync_calendar
from orchestrator_service.privacy.begin import begin_erasure
from orchestrator_service.privacy.erase import STEPS
from orchestrator_service.privacy.person import Named
from tests.architecture.foundation import ROOT
from tests.faults.errands import Errands
from tests.integration.agenda.in_google import NO_LINKS
from tests.integration.privacy.test_erasing import chained, published
from tests.integration.privacy.world import FILE, MARKS, NAME, RECEIPT, World, in_redis, make_world
from tests.support import servers
from tests.support.api import Api
from tests.support.factories import KEYRING, ZONE
from tests.support.google_doors import door_to
from tests.support.local_google import CLIENT, SELLER, SELLERS_GRANT, LocalGoogle, local_google

pytestmark = [pytest.mark.proof, pytest.mark.timeout(180)]

SQL = load_statements(ROOT / "tests" / "faults" / "queries.sql")
REMOVED = "removed"
ALL: tuple[str, ...] = ("google", *STEPS, REMOVED, "files", "log", "request")
FEW: tuple[str, ...] = ("google", "media", "meetings", REMOVED, "log")


@dataclass(frozen=True)
class Meeting:
    id: int
    status: str
    google_pending: str | None


@dataclass
class Scene:
    """The person, whose meetings are in their seller's Google calendar, and a worker that dies."""

    world: World
    google: LocalGoogle
    seller: int
    errands: Errands

    @property
    def tenant(self) -> int:
        return int(self.world.tenant)

    async def meetings(self) -> list[Meeting]:
        async with self.world.api.db.tenant(self.tenant) as tx:
            return await tx.all(SQL["meetings"], Meeting, lead_id=self.world.talk.lead_id)

    async def tell(self) -> None:
        """The worker tells Google whatever it is to be told, a day later at most."""
        self.world.api.clock.now += timedelta(minutes=1)
        for meeting in await self.meetings():
            job = CalendarPending(self.tenant, meeting.id)
            await tell_calendar(self.world.api.db, door_to(self.google, self.world.api.clock), NO_LINKS, job)

    async def erasure(self) -> ErasePerson:
        """It is asked for."""
        api = self.world.api
        async with api.db.tenant(self.tenant) as tx:
            named = Named(lead_id=self.world.talk.lead_id)
            request_id = await begin_erasure(tx, named, now=api.clock(), by=int(self.world.ceo.user_id))
        await published(self.world)
        return ErasePerson(self.tenant, request_id)

    def in_google(self) -> list[str]:
        """What is said of the person in Google."""
        held = self.google.world.calendars[SELLER].events.values()
        shown = [str(event).lower() for event in held if event.get("status") != "cancelled"]
        return [event for event in shown if any(mark in event for mark in MARKS)]

    async def left(self, redis_url: str) -> list[str]:
        """Every place in which anything of the person is found."""
        files = [content.decode() for content in (FILE, RECEIPT) if await self.world.is_stored(content)]
        printed = "".join(self.errands.mortal.printed).lower()
        logged = [mark for mark in MARKS if mark in printed]
        return [*await self.world.marked(), *files, *self.in_google(), *await in_redis(redis_url), *logged]


@pytest.fixture
async def scene(api: Api, database: servers.Database, errands: Errands) -> AsyncGenerator[Scene]:
    api.app.state.media = MediaStore(errands.media)
    world = await make_world(api, database)
    async with local_google() as google:
        errands.google = google.base_url
        async with api.db.tenant(world.tenant) as tx:
            seller = await tx.value(SQL["seller_of"], int, lead_id=world.talk.lead_id)
            assert seller is not None
            await _connect(tx, world, seller)
        scene = Scene(world, google, seller, errands)
        async with api.db.tenant(world.tenant) as tx:
            for meeting in await tx.all(SQL["meetings"], Meeting, lead_id=world.talk.lead_id):
                await pending.begin(tx, meeting.id, "write", now=api.clock())
        await scene.tell()
        await sync_calendar(api.db, door_to(google, api.clock), "", SyncCalendar(scene.tenant, seller))
        assert len(scene.in_google()) == 2
        yield scene


async def _connect(tx: TenantTransaction, world: World, seller: int) -> None:
    await store_credential(tx, KEYRING, CLIENT_ID, Secret(CLIENT.client_id))
    await store_credential(tx, KEYRING, CLIENT_SECRET, CLIENT.client_secret)
    await store_credential(tx, KEYRING, seller_grant_name(seller), Secret(SELLERS_GRANT))
    connected = Connected("oauth", SELLER, "Vendedor", ZONE.key)
    named = NamedSeller(seller, None, "Ana Pérez")
    await write_connection(tx, named, connected, world.ceo.principal, world.api.clock())


@pytest.mark.parametrize("steps", [pytest.param(FEW, id="short"), pytest.param(ALL, id="long", marks=pytest.mark.slow)])
async def test_somebody_is_forgotten_though_the_worker_dies_after_every_step(
    scene: Scene, redis_url: str, steps: Sequence[str]
) -> None:
    world, errands = scene.world, scene.errands
    job = await scene.erasure()
    errands.now = world.api.clock()
    for step in steps:
        await (errands.dies(job, "removed") if step == REMOVED else errands.dies(job, "forgotten", step))
        await published(world)  # the events step leaves what is not told yet
    await errands.do(job)
    assert scene.in_google() != [], "Google is told by a job of its own"
    await scene.tell()
    assert [(one.status, one.google_pending) for one in await scene.meetings()] == [
        ("confirmed", None), ("cancelled", None),
    ]  # fmt: skip
    await sync_calendar(
        world.api.db, door_to(scene.google, world.api.clock), "", SyncCalendar(scene.tenant, scene.seller)
    )
    assert await scene.left(redis_url) == []
    assert await chained(world) == []


@pytest.mark.slow
async def test_control_an_erasure_that_is_done_before_it_is_leaves_everything(scene: Scene, redis_url: str) -> None:
    job = await scene.erasure()
    await scene.errands.dies(job, "forgotten", "bells", without="erased_before_it_is")
    await scene.errands.do(job)
    left = await scene.left(redis_url)
    assert {"chat_messages", "agent_turns", "media_words", FILE.decode()} <= set(left)


async def test_a_booking_that_google_is_asked_for_meanwhile_ends_nowhere(scene: Scene) -> None:
    """Its process died between Google's yes and ours; then the customer asks to be forgotten."""
    booked = (await scene.meetings())[-1]
    async with scene.world.api.db.tenant(scene.tenant) as tx:
        await tx.run(SQL["hold_first"], event_id=booked.id, title=f"{NAME} wants a demo")
        await pending.begin(tx, booked.id, "book", now=scene.world.api.clock(), at_once=True)
    asked = len(scene.google.asked("insert"))
    job = await scene.erasure()
    await scene.errands.do(job)
    await scene.tell()
    assert (scene.in_google(), len(scene.google.asked("insert"))) == ([], asked)
    assert (await scene.meetings())[-1] == Meeting(booked.id, "cancelled", None)
