"""Events that arrive at once are stored at once, and nobody could tell: the same rows, each its own answer."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import cast

import pytest

import whatsapp_service.webhook
from core.channels import Channel
from core.database import Database, TenantTransaction
from core.database_errors import DatabaseUnavailable
from core.inbound_events import Delivered
from tests.integration.whatsapp.test_webhook import SQL, Mail, Setting
from tests.integration.whatsapp.webhooks import ACCOUNT, PROVIDERS, receiver_of, running, settings_for, text_event
from tests.support import servers as support
from tests.support.factories import make_tenant
from whatsapp_service.inbox import together
from whatsapp_service.inbox.accept import Outcome, accept_event
from whatsapp_service.inbox.together import Together
from whatsapp_service.main import create_app

Event = Mapping[str, object]
PEOPLE = [f"+549115551{number:04d}" for number in range(12)]


@pytest.fixture(params=PROVIDERS)
async def setting(
    db: Database, database: support.Database, redis_url: str, request: pytest.FixtureRequest
) -> AsyncGenerator[Setting]:
    """A company to whom everybody has written before."""
    async with company(db, database, redis_url, request.param) as made:
        yield made


@asynccontextmanager
async def company(
    db: Database, database: support.Database, redis_url: str, provider: str = "ycloud"
) -> AsyncGenerator[Setting]:
    tenant_id = await make_tenant(db)
    settings = settings_for(database.app_url, redis_url)
    async with receiver_of(db, tenant_id, settings, provider="meta" if provider == "meta" else "ycloud") as receiver:
        made = Setting(db, tenant_id, receiver)
        for person in PEOPLE:
            assert (await receiver.post(text_event("Hola", number=0, sender=person))).status_code == 200
        async with db.tenant(tenant_id) as tx:
            await tx.run(SQL["nothing_waits"])
        async with db.system() as tx:
            await tx.run(SQL["no_jobs"])
        yield made


def status_event(number: int) -> dict[str, object]:
    return {
        "id": f"evt_status_{number}",
        "type": "whatsapp.message.updated",
        "apiVersion": "v2",
        "createTime": "2026-11-22T15:00:01.000Z",
        "whatsappMessage": {
            "id": f"65f0c0df{number:08d}",
            "wamid": f"wamid.OUT{number}",
            "wabaId": ACCOUNT,
            "status": "delivered",
            "from": "+5491130001000",
            "to": PEOPLE[0],
            "type": "text",
            "deliverTime": "2026-11-22T15:00:01.000Z",
        },
    }


async def post_all(setting: Setting, events: Sequence[Event]) -> Counter[int]:
    answers = await asyncio.gather(*(setting.receiver.post(event) for event in events))
    return Counter(answer.status_code for answer in answers)


@pytest.fixture
def whole_ways(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the events that went the whole way alone."""
    ids = list[str]()

    async def accept(tx: TenantTransaction, endpoint: Channel, delivered: Delivered) -> Outcome:
        ids.append(delivered.event.id)
        return await accept_event(tx, endpoint, delivered)

    monkeypatch.setattr(whatsapp_service.webhook, "accept_event", accept)
    return ids


async def test_what_known_people_write_at_once_is_a_few_commits(
    setting: Setting, whole_ways: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    commits = list[int]()
    store = together._store_messages  # pyright: ignore[reportPrivateUsage] - counted

    async def counting(tx: TenantTransaction, *rest: object) -> set[str]:
        commits.append(1)
        return await store(tx, *rest)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(together, "_store_messages", counting)
    events = [text_event("Sigo", number=number, sender=person) for person in PEOPLE for number in (1, 2, 3)]
    assert await post_all(setting, events) == {200: 36}
    assert whole_ways == []
    assert len(commits) <= 3, "each had a commit of its own"
    assert len(await setting.inbox()) == 12 + 36
    assert all(mail.intake_pending and mail.turn_pending for mail in await setting.mail())
    assert await setting.jobs() == {"chat.take_in": 12, "chat.take_turn": 12}


async def test_it_leaves_what_the_whole_way_leaves(
    db: Database, database: support.Database, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same hundred events, some of them odd, told one by one and at once."""
    source = random.Random(5)  # noqa: S311 - a choice of events, no secret
    events: list[Event] = [status_event(number) for number in range(10)]
    for number in range(1, 60):
        person = source.choice([*PEOPLE, f"+54911666{source.randrange(8):05d}"])
        event = text_event(f"Mensaje {number}", number=number, sender=person)
        message = event["whatsappInboundMessage"]
        assert isinstance(message, dict)
        if number % 7 == 0:
            message["customerProfile"] = {"name": "Otro Nombre"}
        if number % 11 == 0:
            message["to"] = "+5491199999999"
        events.append(event)
        if number % 5 == 0:
            events.append(event)
        if number % 9 == 0:
            events.append({**event, "id": f"evt_again_{number}"})
        if number % 13 == 0:
            events.append({**event, "createTime": "2026-11-22T16:00:01.000Z"})
    left = list[object]()
    for alone in (False, True):
        async with company(db, database, redis_url) as setting:
            if alone:
                monkeypatch.setattr(Together, "accept", nobody)
                for event in events:
                    assert (await setting.receiver.post(event)).status_code == 200
            else:
                assert await post_all(setting, events) == {200: len(events)}
            left.append(await remains(setting))
    assert left[0] == left[1]


async def nobody(*_: object) -> None:
    """Nobody goes together."""


async def remains(setting: Setting) -> object:
    """What is there, whatever the order and the ids."""
    rows = await setting.inbox()
    first = {
        row.conversation_id: min(own.wamid or "" for own in rows if own.conversation_id == row.conversation_id)
        for row in rows
    }
    stored = Counter((row.wamid, row.kind, first[row.conversation_id]) for row in rows)
    mail = Counter((first[one.conversation_id], one.intake_pending, one.turn_pending) for one in await setting.mail())
    reasons = Counter(one.reason for one in await setting.quarantine())
    return stored, mail, reasons, await setting.jobs()


async def test_of_one_event_many_times_at_once_one_is_stored(setting: Setting) -> None:
    assert await post_all(setting, [text_event("Sigo", number=7, sender=PEOPLE[0])] * 10) == {200: 10}
    assert len(await setting.inbox()) == 12 + 1
    assert setting.receiver.door.counts["duplicate"] == 9
    assert await setting.quarantine() == []


async def test_one_bad_row_fails_alone(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    async def accept(tx: TenantTransaction, endpoint: Channel, delivered: Delivered) -> Outcome:
        if b"veneno" in delivered.body:
            raise ValueError("no row can be made of it")
        return await accept_event(tx, endpoint, delivered)

    columns = together._columns  # pyright: ignore[reportPrivateUsage] - one of its rows is spoilt

    def spoilt(letters: list[object]) -> dict[str, object]:
        made = columns(letters)  # pyright: ignore[reportArgumentType]
        bodies = cast("list[bytes]", made["bodies"])
        return {**made, "bodies": [None if b"veneno" in body else body for body in bodies]}

    monkeypatch.setattr(together, "_columns", spoilt)
    monkeypatch.setattr(whatsapp_service.webhook, "accept_event", accept)
    events = [text_event("veneno" if person == PEOPLE[3] else "Sigo", number=1, sender=person) for person in PEOPLE]
    answers = await asyncio.gather(*(setting.receiver.post(event) for event in events), return_exceptions=True)
    failed = [answer for answer in answers if isinstance(answer, BaseException) or answer.status_code != 200]
    assert len(failed) == 1
    assert len(await setting.inbox()) == 12 + 11


async def test_nobody_is_answered_before_the_commit(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database goes away at COMMIT: every one of them is told to come back, and nothing is there."""
    tenant = Database.tenant

    @asynccontextmanager
    async def breaking(self: Database, tenant_id: int) -> AsyncGenerator[TenantTransaction]:
        async with tenant(self, tenant_id) as tx:
            yield tx
            raise DatabaseUnavailable

    monkeypatch.setattr(Database, "tenant", breaking)
    events = [text_event("Sigo", number=1, sender=person) for person in PEOPLE]
    assert await post_all(setting, events) == {503: 12}
    monkeypatch.undo()
    assert len(await setting.inbox()) == 12
    assert await post_all(setting, events) == {200: 12}
    assert len(await setting.inbox()) == 24


async def test_control_who_answers_before_the_commit_loses_them(
    setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = Together._answer  # pyright: ignore[reportPrivateUsage] - the mistake is put in front of it

    async def early(self: Together, endpoint: object, letters: list[object]) -> None:
        for letter in letters:
            letter.tell("accepted")  # pyright: ignore[reportAttributeAccessIssue]
        await answer(self, endpoint, letters)  # pyright: ignore[reportArgumentType]

    @asynccontextmanager
    async def breaking(_: Database, __: int) -> AsyncGenerator[TenantTransaction]:
        raise DatabaseUnavailable
        yield

    monkeypatch.setattr(Together, "_answer", early)
    with monkeypatch.context() as away:
        away.setattr(Database, "tenant", breaking)
        assert await post_all(setting, [text_event("Sigo", number=1, sender=PEOPLE[0])]) == {200: 1}
        await setting.receiver.door.together.close()  # the commit was tried while the database was away
    assert len(await setting.inbox()) == 12


async def test_a_conversation_that_somebody_holds_holds_up_nobody_else(setting: Setting, whole_ways: list[str]) -> None:
    async with setting.db.tenant(setting.tenant_id) as tx:
        await tx.run(SQL["hold_first_conversation"])
        events = [text_event("Sigo", number=1, sender=person) for person in PEOPLE]
        waiting = [asyncio.create_task(setting.receiver.post(event)) for event in events]
        done, held = await asyncio.wait(waiting, timeout=1.0)
        assert (len(done), len(held)) == (11, 1)
    assert (await held.pop()).status_code == 200
    assert len(whole_ways) == 1
    assert [mail.turn_pending for mail in await setting.mail()] == [True] * 12


async def test_two_doors_at_once_store_each_event_once(
    setting: Setting, database: support.Database, redis_url: str
) -> None:
    """Two processes of the service on one database, told the same."""
    events = [text_event("Sigo", number=number, sender=person) for person in PEOPLE for number in (1, 2)]
    async with running(create_app(settings_for(database.app_url, redis_url))) as http:
        other = replace(setting, receiver=replace(setting.receiver, http=http))
        halves = await asyncio.gather(*(post_all(door, events) for door in (setting, other)))
    assert halves == [{200: 24}, {200: 24}]
    assert len(await setting.inbox()) == 12 + 24
    assert await setting.quarantine() == []
    assert await setting.jobs() == {"chat.take_in": 12, "chat.take_turn": 12}
    assert all(isinstance(mail, Mail) and mail.turn_pending for mail in await setting.mail())


async def test_what_is_new_of_a_person_goes_the_whole_way(setting: Setting, whole_ways: list[str]) -> None:
    renamed = text_event("Sigo", number=1, sender=PEOPLE[0])
    message = renamed["whatsappInboundMessage"]
    assert isinstance(message, dict)
    message["customerProfile"] = {"name": "Lucía de Pérez"}
    assert (await setting.receiver.post(renamed)).status_code == 200
    assert len(whole_ways) == 1
    async with setting.db.tenant(setting.tenant_id) as tx:
        assert await tx.value(SQL["contacts_called"], int, name="Lucía de Pérez") == 1
        await tx.run(SQL["nobody_seen_lately"])
    assert (await setting.receiver.post(text_event("Sigo", number=2, sender=PEOPLE[1]))).status_code == 200
    assert len(whole_ways) == 2, "that a person was seen is written once an hour"
    assert (await setting.receiver.post(text_event("Sigo", number=3, sender=PEOPLE[1]))).status_code == 200
    assert len(whole_ways) == 2
