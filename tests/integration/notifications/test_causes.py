"""Each thing that has happened tells those who may see it and work on it, and nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.contracts import AccountWaiting
from core.principal import Role
from orchestrator_service.agenda.create_meeting import create_meeting
from orchestrator_service.leads.models import Qualification
from orchestrator_service.leads.qualify import qualify
from orchestrator_service.leads.tasks import TaskKind, add_task
from orchestrator_service.notifications.account_waiting import tell_of_account
from orchestrator_service.notifications.models import Notice, NotificationData
from orchestrator_service.notifications.notify import notify
from tests.integration.notifications.office import Office, make_office
from tests.support.api import Api, Member
from tests.support.factories import Talk, make_seller, make_tenant

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


async def call(office: Office, talk: Talk, kind: TaskKind = "person_requested") -> None:
    async with office.scene.api.db.tenant(office.scene.tenant) as tx:
        await add_task(tx, kind, talk.conversation_id, talk.lead_id, "asked for a person")


async def score(office: Office, talk: Talk, points: int) -> None:
    async with office.scene.api.db.tenant(office.scene.tenant) as tx:
        found = Qualification(interest="hot", score=points)
        await qualify(tx, found, conversation_id=talk.conversation_id, lead_id=talk.lead_id, turn_id=None)


async def book(office: Office, seller_id: int, lead_id: int | None, by: Member) -> int:
    async with office.scene.api.db.tenant(office.scene.tenant) as tx:
        return await create_meeting(
            tx,
            seller_id=seller_id,
            starts_at=NOON,
            ends_at=NOON + timedelta(minutes=30),
            lead_id=lead_id,
            title="Demo",
            by=by.user_id,
        )


@pytest.mark.parametrize(
    ("owner", "told"),
    [
        (None, ["ceo", "secretary", "setter"]),
        ("closer", ["closer"]),
        ("setter", ["setter"]),
        ("ceo", ["ceo"]),
    ],
)
async def test_a_call_for_a_person_reaches_the_owner_or_whoever_sees_the_unassigned(
    api: Api, owner: Role | None, told: list[str]
) -> None:
    office = await make_office(api)
    talk = await office.talk(owner)
    await call(office, talk)
    assert await office.who("person_needed") == told
    first = (await office.told())[0]
    assert (first.conversation_id, first.lead_id, first.data) == (
        talk.conversation_id,
        talk.lead_id,
        {"cause": "person_requested"},
    )


async def test_where_the_owner_has_left_those_who_see_everything_are_called(api: Api) -> None:
    office = await make_office(api)
    talk = await office.talk("closer")
    await office.suspend("closer")
    await call(office, talk)
    assert await office.who("person_needed") == ["ceo", "secretary"]


@pytest.mark.parametrize("kind", ["agent_failed", "send_failed"])
async def test_a_failure_reaches_the_owner_and_always_the_ceo(api: Api, kind: TaskKind) -> None:
    office = await make_office(api)
    await call(office, await office.talk("closer"), kind)
    assert await office.who("failure") == ["ceo", "closer"]
    assert await office.who("person_needed") == []


async def test_a_blocked_message_calls_a_person_and_a_follow_up_rings_nobody(api: Api) -> None:
    office = await make_office(api)
    talk = await office.talk("closer")
    await call(office, talk, "follow_up")
    assert await office.told() == []
    await call(office, talk, "blocked_message")
    assert [(told.who, told.data) for told in await office.told()] == [("closer", {"cause": "blocked_message"})]


async def test_a_lead_that_gets_hot_is_told_once_and_not_while_it_stays_so(api: Api) -> None:
    office = await make_office(api)
    talk = await office.talk("closer")
    await score(office, talk, 70)
    assert await office.told() == []
    await score(office, talk, 82)
    await score(office, talk, 90)
    assert [(told.who, told.kind, told.data) for told in await office.told()] == [("closer", "hot_lead", {"score": 82})]
    await score(office, talk, 40)
    await score(office, talk, 75)
    assert [(told.who, told.data) for told in await office.told()] == [("closer", {"score": 75})]


async def test_a_booking_reaches_its_seller_and_the_leads_owner_but_not_who_entered_it(api: Api) -> None:
    office = await make_office(api)
    seller = await make_seller(api.db, office.scene.tenant, user_id=office.team["professional"].user_id)
    talk = await office.talk("setter")
    event = await book(office, seller, talk.lead_id, office.team["secretary"])
    assert await office.who("booking") == ["professional", "setter"]
    assert {told.event_id for told in await office.told()} == {event}
    assert {str(told.data["starts_at"]) for told in await office.told()} == {"2026-12-01T12:00:00Z"}


async def test_who_books_a_meeting_for_themselves_is_told_nothing(api: Api) -> None:
    office = await make_office(api)
    seller = await make_seller(api.db, office.scene.tenant, user_id=office.team["closer"].user_id)
    await book(office, seller, None, office.team["closer"])
    assert await office.told() == []


async def test_a_sellers_notice_does_not_name_a_colleagues_lead(api: Api) -> None:
    office = await make_office(api)
    seller = await make_seller(api.db, office.scene.tenant, user_id=office.team["professional"].user_id)
    talk = await office.talk("closer", name="Secret Person")
    await book(office, seller, talk.lead_id, office.team["secretary"])
    named: dict[int | None, object] = {}
    for event in await office.announced():
        told = event.payload["notification"]
        assert isinstance(told, dict)
        named[event.owner_user_id] = told["lead_name"]
    assert named == {office.team["professional"].user_id: None, office.team["closer"].user_id: "Secret Person"}
    async with api.browser(await api.session(office.team["professional"])) as browser:
        assert "Secret Person" not in (await browser.get("/notifications")).text


async def test_who_waits_to_be_let_in_is_told_to_the_ceo_alone_until_somebody_has_decided(api: Api) -> None:
    office = await make_office(api)
    waiting = await api.member(office.scene.tenant, "closer", status="pending")
    decided = await api.member(office.scene.tenant, "closer", status="active")
    await tell_of_account(api.db, AccountWaiting(office.scene.tenant, decided.user_id))
    assert await office.told() == []
    await tell_of_account(api.db, AccountWaiting(office.scene.tenant, waiting.user_id))
    assert await office.who("account_waiting") == ["ceo"]


async def test_another_company_is_told_nothing(api: Api) -> None:
    office = await make_office(api)
    foreign = await make_tenant(api.db)
    await api.member(foreign, "ceo", name="foreign")
    await call(office, await office.talk())
    async with api.db.tenant(foreign) as tx:
        await notify(tx, Notice("failure"))
    assert "foreign" not in await office.who("failure")
    assert [told.who for told in await office.told() if told.kind == "failure"] == []


async def test_two_imports_ring_apart_and_one_that_rings_again_moves_up(api: Api) -> None:
    office = await make_office(api)
    async with api.db.tenant(office.scene.tenant) as tx:
        for import_id, created in ((1, 5), (2, 7), (1, 6)):
            data = NotificationData(import_id=import_id, created=created)
            await notify(tx, Notice("import_finished", data=data), owners=(office.team["ceo"].user_id,))
    told = [(one.data["import_id"], one.data["created"]) for one in await office.told()]
    assert told == [(2, 7), (1, 6)]


class Undo(Exception):
    """Ends a transaction without a commit."""


async def call_and_undo(office: Office, talk: Talk) -> None:
    async with office.scene.api.db.tenant(office.scene.tenant) as tx:
        await add_task(tx, "person_requested", talk.conversation_id, talk.lead_id, "asked")
        raise Undo


async def test_what_is_rolled_back_tells_nobody(api: Api) -> None:
    office = await make_office(api)
    with pytest.raises(Undo):
        await call_and_undo(office, await office.talk())
    assert await office.told() == []
    assert await office.announced() == []
