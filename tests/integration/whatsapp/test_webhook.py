"""The door of the WhatsApp service: what is accepted, what is refused, and that neither ever loses a message."""

import asyncio
import secrets
from collections import Counter
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from core.database import Database
from core.secret import Secret
from core.statements import sibling_statements
from tests.integration.whatsapp.webhooks import EXAMPLES, PROVIDERS, Receiver, receiver_of, settings_for, text_event
from tests.support import servers as support
from tests.support.factories import make_tenant

SQL = sibling_statements(__file__)


@dataclass(frozen=True)
class InboxRow:
    event_id: str
    kind: str
    conversation_id: int | None
    wamid: str | None


@dataclass(frozen=True)
class Quarantined:
    event_id: str
    reason: str


@dataclass(frozen=True)
class Mail:
    conversation_id: int
    intake_pending: bool
    turn_pending: bool
    waits: timedelta | None


@dataclass(frozen=True)
class Setting:
    """A company, its endpoint and its database."""

    db: Database
    tenant_id: int
    receiver: Receiver

    async def inbox(self) -> list[InboxRow]:
        async with self.db.tenant(self.tenant_id) as tx:
            return await tx.all(SQL["inbox"], InboxRow)

    async def quarantine(self) -> list[Quarantined]:
        async with self.db.tenant(self.tenant_id) as tx:
            return await tx.all(SQL["quarantine"], Quarantined)

    async def mail(self) -> list[Mail]:
        async with self.db.tenant(self.tenant_id) as tx:
            return await tx.all(SQL["mailboxes"], Mail)

    async def jobs(self) -> Counter[str]:
        async with self.db.system() as tx:
            return Counter(job.task_name for job in await tx.all(SQL["jobs"], JobRow))


@dataclass(frozen=True)
class JobRow:
    task_name: str
    args: object


@pytest.fixture(params=PROVIDERS)
async def setting(
    db: Database, database: support.Database, redis_url: str, request: pytest.FixtureRequest
) -> AsyncGenerator[Setting]:
    tenant_id = await make_tenant(db)
    settings = settings_for(database.app_url, redis_url)
    async with receiver_of(db, tenant_id, settings, provider=request.param) as receiver:
        yield Setting(db, tenant_id, receiver)


only_ycloud = pytest.mark.parametrize("setting", ["ycloud"], indirect=True)


@only_ycloud
async def test_every_documented_event_is_accepted_once(setting: Setting) -> None:
    for event in EXAMPLES.values():
        assert (await setting.receiver.post(event)).status_code == 200
    stored = await setting.inbox()
    assert len(stored) == len(EXAMPLES) == 38
    kinds = Counter(row.kind for row in stored)
    assert kinds["inbound"] == 23
    assert kinds["status"] == 7
    assert kinds["echo"] == 1
    assert kinds["history"] == 2
    assert await setting.quarantine() == []
    for event in EXAMPLES.values():
        assert (await setting.receiver.post(event)).status_code == 200
    assert len(await setting.inbox()) == 38


@only_ycloud
async def test_other_methods_are_told_which_one_an_address_takes(setting: Setting) -> None:
    for path in ("/webhook/ycloud/x", "/webhook/meta/x"):
        answer = await setting.receiver.http.put(path, content=b"{}")
        assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
        assert "POST" in answer.headers["allow"]
        assert answer.headers["x-request-id"]


async def test_a_burst_waits_in_one_mailbox_with_one_job_of_each_kind(setting: Setting) -> None:
    for number in range(5):
        await setting.receiver.post(text_event("hola", number=number))
    mail = await setting.mail()
    assert len(mail) == 1
    assert mail[0].intake_pending
    assert mail[0].turn_pending
    assert await setting.jobs() == {"chat.take_in": 1, "chat.take_turn": 1}


async def test_the_wait_of_a_burst_is_bounded(setting: Setting) -> None:
    await setting.receiver.post(text_event("hola", number=1))
    assert (await setting.mail())[0].waits == timedelta(seconds=6)
    await asyncio.sleep(0.05)
    await setting.receiver.post(text_event("hola", number=2))
    assert timedelta(seconds=6) < ((await setting.mail())[0].waits or timedelta()) <= timedelta(seconds=25)


async def test_first_messages_at_once_agree_on_one_conversation(setting: Setting) -> None:
    answers = await asyncio.gather(*(setting.receiver.post(text_event("hola", number=n)) for n in range(10)))
    assert {answer.status_code for answer in answers} == {200}
    stored = await setting.inbox()
    assert len(stored) == 10
    assert len({row.conversation_id for row in stored}) == 1


async def test_ten_deliveries_of_one_event_at_once_are_one(setting: Setting) -> None:
    answers = await asyncio.gather(*(setting.receiver.post(text_event("hola")) for _ in range(10)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(await setting.inbox()) == 1


@pytest.mark.parametrize(
    "header", [None, "t=1,s=00", "nonsense", "t=1795359601,s=" + "0" * 64], ids=["other secret", "short", "odd", "zero"]
)
async def test_a_forged_event_gets_401_and_leaves_no_row(setting: Setting, header: str | None) -> None:
    answer = await setting.receiver.post(text_event("hola"), secret=Secret("whsec_another"), header=header)
    assert answer.status_code == 401
    assert await setting.inbox() == []
    assert await setting.jobs() == {}


async def test_a_flood_of_forgeries_is_told_once(setting: Setting) -> None:
    for _ in range(20):
        await setting.receiver.post(text_event("hola"), secret=Secret("whsec_another"))
    async with setting.db.tenant(setting.tenant_id) as tx:
        assert await tx.value(SQL["forged_events"], int) == 1


async def test_a_malformed_but_signed_body_is_stored_as_unsupported(setting: Setting) -> None:
    for body in (
        b"",
        b"not json",
        b"[1,2]",
        b'{"id": 7}',
        b"\xff\xfe\x00",
        b'{"type": "whatsapp.inbound_message.received"}',
    ):
        assert (await setting.receiver.post(body)).status_code == 200
    assert {row.kind for row in await setting.inbox()} == {"unsupported"}


@only_ycloud
async def test_a_stale_signature_is_accepted_and_one_from_the_future_is_not(setting: Setting) -> None:
    assert (await setting.receiver.post(text_event("a", number=1), age_seconds=6 * 24 * 3600)).status_code == 200
    assert (await setting.receiver.post(text_event("b", number=2), age_seconds=8 * 24 * 3600)).status_code == 401
    assert (await setting.receiver.post(text_event("c", number=3), age_seconds=-600)).status_code == 401
    assert len(await setting.inbox()) == 1


async def test_the_same_id_with_other_content_is_quarantined(setting: Setting) -> None:
    await setting.receiver.post(text_event("hola", number=1))
    assert (await setting.receiver.post(text_event("chau", number=1))).status_code == 200
    assert [row.reason for row in await setting.quarantine()] == ["conflicting_content"]
    assert len(await setting.inbox()) == 1


async def test_the_same_message_under_another_event_id_is_a_duplicate(setting: Setting) -> None:
    event = text_event("hola", number=1)
    await setting.receiver.post(event)
    assert (await setting.receiver.post({**event, "id": "evt_in_other"})).status_code == 200
    assert len(await setting.inbox()) == 1


async def test_a_number_that_is_not_ours_is_quarantined(setting: Setting) -> None:
    event = text_event("hola")
    message = event["whatsappInboundMessage"]
    assert isinstance(message, dict)
    message["to"] = "+5491199999999"
    assert (await setting.receiver.post(event)).status_code == 200
    assert [row.reason for row in await setting.quarantine()] == ["foreign_number"]
    assert await setting.inbox() == []


async def test_a_person_with_a_new_number_keeps_their_conversation(setting: Setting) -> None:
    later = text_event("hola", number=2, sender="+5491155599999")
    for event in (text_event("hola"), EXAMPLES["system_number_changed"], later):
        assert (await setting.receiver.post(event)).status_code == 200
    assert len({row.conversation_id for row in await setting.inbox()}) == 1


async def test_a_username_of_any_length_is_accepted(setting: Setting) -> None:
    event = text_event("hola")
    message = event["whatsappInboundMessage"]
    assert isinstance(message, dict)
    message["customerProfile"] = {"name": "Ana", "username": secrets.token_hex(4000)}
    assert (await setting.receiver.post(event)).status_code == 200
    assert len(await setting.inbox()) == 1


async def test_messages_of_one_person_known_as_two_are_accepted(setting: Setting) -> None:
    by_phone, by_user, both = (text_event("hola", number=number) for number in range(3))
    for event, absent in ((by_phone, "fromUserId"), (by_user, "from")):
        message = event["whatsappInboundMessage"]
        assert isinstance(message, dict)
        del message[absent]
    for event in (by_phone, by_user, both):
        assert (await setting.receiver.post(event)).status_code == 200
    conversations = [row.conversation_id for row in await setting.inbox()]
    assert conversations[2] == conversations[1] != conversations[0]


async def test_an_unknown_endpoint_is_not_found(setting: Setting) -> None:
    assert (await setting.receiver.post(text_event("hola"), endpoint_key="x" * 43)).status_code == 404


async def test_a_body_larger_than_any_providers_is_refused(setting: Setting) -> None:
    megabytes = {"ycloud": 1, "meta": 3}[setting.receiver.provider]
    assert (await setting.receiver.post(b"x" * (megabytes * 1_048_576 + 1))).status_code == 413


async def test_one_person_at_two_companies_is_two_conversations(
    setting: Setting, database: support.Database, redis_url: str
) -> None:
    other_id = await make_tenant(setting.db, "Other")
    await setting.receiver.post(text_event("hola", number=1))
    async with receiver_of(setting.db, other_id, settings_for(database.app_url, redis_url)) as other:
        await other.post(text_event("hola", number=1))
    theirs = Setting(setting.db, other_id, setting.receiver)
    assert len(await setting.inbox()) == len(await theirs.inbox()) == 1
    assert (await setting.inbox())[0].conversation_id != (await theirs.inbox())[0].conversation_id
