"""What leaves for WhatsApp: sent once, every outcome shown, what is uncertain never sent again blindly."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from core.channels import Channel
from core.clock import system_clock
from core.contracts import Deliver, DeliveryReported, StatusReceived
from core.database import Database, TenantTransaction
from core.errors import Unavailable
from core.statements import sibling_statements
from core.whatsapp import (
    OutgoingButtons,
    OutgoingText,
    Refused,
    Unknown,
    WhatsAppProvider,
)
from orchestrator_service.chat.statuses import show_delivery
from orchestrator_service.db import NewMessage
from orchestrator_service.messaging.send import send_message
from tests.integration.chat.company import Company, demo_company
from tests.integration.whatsapp.fake_provider import FakeProvider
from tests.integration.whatsapp.webhooks import EXAMPLES, PROVIDERS
from tests.support import servers as support
from whatsapp_service.delivery.deliver import deliver, external_id
from whatsapp_service.delivery.statuses import record_status

SQL = sibling_statements(__file__)


@dataclass(frozen=True)
class Row:
    state: str
    attempts: int
    wamid: str | None
    error_code: str | None


@dataclass
class Sending:
    """A conversation with one queued message."""

    company: Company
    provider: FakeProvider
    message_id: int

    async def deliver(self) -> None:
        async def provider_of(_: TenantTransaction, __: Channel) -> WhatsAppProvider:
            return self.provider

        await deliver(self.company.db, provider_of, system_clock, Deliver(self.company.tenant_id, self.message_id))

    async def row(self) -> Row:
        async with self.company.db.tenant(self.company.tenant_id) as tx:
            found = await tx.one(SQL["delivery"], Row, message_id=self.message_id)
        assert found is not None
        return found

    async def shown(self) -> str:
        """The status in the conversation, after the report was worked off."""
        await show_delivery(self.company.db, DeliveryReported(self.company.tenant_id, self.message_id))
        return next(message.status for message in await self.company.messages() if message.id == self.message_id)

    async def told(self, status: str, number: int, *, wamid: str | None = None, named: bool = True) -> None:
        """The provider speaks of the message."""
        name = external_id(self.company.tenant_id, self.message_id) if named else None
        event = {
            "id": f"evt_up_{number:06d}",
            "type": "whatsapp.message.updated",
            "apiVersion": "v2",
            "createTime": "2026-11-22T15:00:01.000Z",
            "whatsappMessage": {
                "id": "65f0aaaa0000000000000001", "wamid": wamid, "wabaId": "102030405060708",
                "from": "+5491130001000", "to": "+5491155512345", "type": "text", "status": status,
                "externalId": name, "createTime": "2026-11-22T15:00:02.000Z", "updateTime": "2026-11-22T15:00:05.000Z",
                "errorCode": "131047" if status == "failed" else None,
            },
        }  # fmt: skip
        assert (await self.company.receiver.post(event)).status_code == 200
        async with self.company.db.tenant(self.company.tenant_id) as tx:
            inbox_id = await tx.value(SQL["last_status"], int)
        assert inbox_id is not None
        await record_status(self.company.db, StatusReceived(self.company.tenant_id, inbox_id))


@pytest.fixture(params=PROVIDERS)
async def sending(
    db: Database, database: support.Database, redis_url: str, request: pytest.FixtureRequest
) -> AsyncGenerator[Sending]:
    async with demo_company(db, database, redis_url, provider=request.param) as company:
        await company.says("Hola")
        await company.turn()
        yield Sending(company, FakeProvider(), (await company.replies())[0].id)


async def test_a_message_is_sent_once_to_whom_the_provider_reported(sending: Sending) -> None:
    await sending.deliver()
    await sending.deliver()
    assert len(sending.provider.sent) == 1
    recipient, message, name = sending.provider.sent[0]
    assert recipient.to == ("5491155512345" if sending.company.receiver.provider == "meta" else "+5491155512345")
    assert isinstance(message, OutgoingText | OutgoingButtons)
    assert name == external_id(sending.company.tenant_id, sending.message_id)
    assert (await sending.row()).state == "sent"
    assert await sending.shown() == "sent"


async def test_four_workers_at_once_send_one_message(sending: Sending) -> None:
    await asyncio.gather(*(sending.deliver() for _ in range(4)))
    assert len(sending.provider.sent) == 1


async def test_a_worker_killed_while_sending_leaves_it_unknown_and_nobody_sends_it_again(sending: Sending) -> None:
    async with sending.company.db.tenant(sending.company.tenant_id) as tx:
        await tx.run(SQL["interrupt"], message_id=sending.message_id)
    await sending.deliver()
    await sending.deliver()
    assert sending.provider.sent == []
    assert (await sending.row()).state == "unknown"
    assert await sending.shown() == "unknown"


async def test_an_uncertain_message_is_reconciled_when_the_provider_speaks_of_it(sending: Sending) -> None:
    sending.provider.results = [Unknown("timeout")]
    await sending.deliver()
    assert await sending.shown() == "unknown"
    await sending.told("delivered", 1, wamid="wamid.LATE")
    assert await sending.shown() == "delivered"
    row = await sending.row()
    assert (row.state, row.wamid) == ("sent", "wamid.LATE")
    await sending.deliver()
    assert len(sending.provider.sent) == 1


async def test_a_retryable_refusal_is_tried_again_and_another_is_not(sending: Sending) -> None:
    sending.provider.results = [Refused("SENDER_RATE_LIMITED", "slow down", 1, retryable=True)]
    await sending.deliver()
    assert (await sending.row()).state == "queued"
    await sending.deliver()
    assert (await sending.row()).state == "sent"
    assert len(sending.provider.sent) == 2


async def test_the_parts_of_an_answer_keep_their_order(sending: Sending) -> None:
    first, second = sending.message_id, await another_message(sending)
    sending.provider.results = [Refused("SENDER_RATE_LIMITED", "slow down", 1, retryable=True)]
    for message_id in (first, second, first, second):
        sending.message_id = message_id
        await sending.deliver()
    refused, *sent = [name for _, _, name in sending.provider.sent]
    assert refused == external_id(sending.company.tenant_id, first)
    assert sent == [external_id(sending.company.tenant_id, message_id) for message_id in (first, second)]
    async with sending.company.db.tenant(sending.company.tenant_id) as tx:
        assert await tx.value(SQL["delivery_locks"], int) == 1


async def another_message(sending: Sending) -> int:
    """A second message to the same person, queued."""
    message = NewMessage(await sending.company.conversation_id(), "out", "agent", "Y más", "test:2", "queued")
    async with sending.company.db.tenant(sending.company.tenant_id) as tx:
        return (await send_message(tx, message, now=datetime.now(UTC))).message_id


async def test_a_final_refusal_fails_and_calls_a_person(sending: Sending) -> None:
    sending.provider.results = [Refused("BALANCE_INSUFFICIENT", "no money", None, retryable=False)]
    await sending.deliver()
    assert await sending.shown() == "failed"
    assert (await sending.row()).error_code == "BALANCE_INSUFFICIENT"
    assert await sending.company.count("tasks") == 1


async def test_a_refusal_that_never_ends_is_given_up(sending: Sending) -> None:
    sending.provider.results = [Refused("ACCOUNT_RATE_LIMITED", "later", 1, retryable=True)] * 9
    for _ in range(9):
        await sending.deliver()
    assert len(sending.provider.sent) == 6
    assert await sending.shown() == "failed"


@pytest.mark.parametrize(("change", "code"), [("pause", "sending_paused"), ("close_window", "window_closed")])
async def test_what_changed_after_queueing_is_checked_again(sending: Sending, change: str, code: str) -> None:
    await sending.company.run(change)
    await sending.deliver()
    assert sending.provider.sent == []
    assert await sending.shown() == "refused"
    assert (await sending.row()).error_code == code


@pytest.mark.parametrize("sending", ["ycloud"], indirect=True)
async def test_who_has_unsubscribed_gets_nothing_more(sending: Sending) -> None:
    company = sending.company
    withdrawn = {
        "id": "evt_un_0001",
        "type": "contact.unsubscribe.created",
        "apiVersion": "v2",
        "createTime": "2026-11-22T15:00:01.000Z",
        "contactUnsubscribeCreated": {"id": "65f0cccc", "phoneNumber": "+5491155512345", "source": "Whatsapp"},
    }
    assert (await company.receiver.post(withdrawn)).status_code == 200
    await sending.deliver()
    assert sending.provider.sent == []
    assert (await sending.row()).error_code == "opted_out"


async def test_an_opt_out_of_marketing_alone_leaves_the_conversation_open(sending: Sending) -> None:
    assert (await sending.company.receiver.post(EXAMPLES["user_marketing_opt_out"])).status_code == 200
    await sending.deliver()
    assert (await sending.row()).state == "sent"


async def test_a_channel_without_a_key_fails_and_sends_nothing(sending: Sending) -> None:
    async def no_provider(_: TenantTransaction, __: Channel) -> WhatsAppProvider:
        raise Unavailable

    job = Deliver(sending.company.tenant_id, sending.message_id)
    await deliver(sending.company.db, no_provider, system_clock, job)
    assert (await sending.row()).error_code == "not_configured"


async def test_statuses_out_of_order_never_go_back(sending: Sending) -> None:
    await sending.deliver()
    for number, status in enumerate(["read", "sent", "delivered", "delivered", "failed", "something_new"]):
        await sending.told(status, number)
        assert await sending.shown() == "read"


async def test_a_report_that_waited_for_a_newer_one_does_not_go_back(sending: Sending) -> None:
    await sending.deliver()
    report = DeliveryReported(sending.company.tenant_id, sending.message_id)
    async with sending.company.db.tenant(sending.company.tenant_id) as newer:
        await newer.run(SQL["hold_message"], message_id=sending.message_id)
        older = asyncio.create_task(show_delivery(sending.company.db, report))
        await asyncio.sleep(0.2)
        await sending.told("delivered", 1)
        await newer.run(SQL["show_delivered"], message_id=sending.message_id)
    await older
    assert [message.status for message in await sending.company.replies()] == ["delivered"]


async def test_delivered_may_follow_failed(sending: Sending) -> None:
    await sending.deliver()
    await sending.told("failed", 1)
    assert await sending.shown() == "failed"
    await sending.told("delivered", 2)
    assert await sending.shown() == "delivered"


async def test_a_status_is_found_by_the_providers_id_too(sending: Sending) -> None:
    await sending.deliver()
    await sending.told("read", 1, wamid="wamid.OUT1", named=False)
    assert await sending.shown() == "read"


async def test_a_status_of_somebody_elses_message_changes_nothing(sending: Sending) -> None:
    await sending.deliver()
    await sending.told("read", 1, wamid="wamid.ELSE", named=False)
    assert await sending.shown() == "sent"


async def test_the_same_origin_twice_is_one_message(sending: Sending) -> None:
    company = sending.company
    message = NewMessage(await company.conversation_id(), "out", "agent", "Hola", "test:1", "queued")
    for _ in range(2):
        async with company.db.tenant(company.tenant_id) as tx:
            await send_message(tx, message, now=datetime.now(UTC))
    assert sum(sent.body == "Hola" for sent in await company.replies()) == 1
