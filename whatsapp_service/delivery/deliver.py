"""One queued message to the provider (PRODUCT §7.7).

The claim is committed before the request leaves, so after a crash at any later point the message is `unknown`: shown
as such and reconciled when the provider speaks of it, never sent a second time. A file is handed over before that, and
again where nobody knows how it went: an upload shows nothing to anybody.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

import structlog

from core.channels import Channel, find_channel
from core.clock import Clock
from core.contracts import Deliver, DeliveryReported, DeliveryUncertain, delivery_lock
from core.crash_points import reached
from core.database import Database, TenantTransaction
from core.errors import Unavailable
from core.jobs import defer
from core.media_store import FileMissing, MediaStore
from core.sending_limits import SendingLimits
from core.sending_rules import SendingFacts, is_marketing, refusal
from core.statements import sibling_statements
from core.whatsapp import Accepted, Outgoing, Recipient, Refused, SendResult, Unknown, WhatsAppProvider
from core.whatsapp_files import FILE_KINDS, Uploaded
from whatsapp_service.delivery.outgoing import outgoing_of
from whatsapp_service.delivery.uploading import FileToSend, file_to_send, upload_file

SQL = sibling_statements(__file__)
MOST_ATTEMPTS: Final = 6
LONGEST_WAIT_SECONDS: Final = 300
# How long the provider has to speak of a message that nobody knows to be sent, before a person is asked to look.
PATIENCE: Final = timedelta(minutes=10)

State: TypeAlias = Literal["sent", "unknown", "failed", "refused"]
ProviderOf: TypeAlias = Callable[[TenantTransaction, Channel], Awaitable[WhatsAppProvider]]

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Delivery:
    message_id: int
    conversation_id: int
    state: str
    attempts: int
    channel_id: int
    body: str
    type: str
    content: object
    last_inbound_at: datetime | None
    opted_out: bool
    reply_phone: str | None
    reply_user_id: str | None
    sending_paused: bool
    marketing_opted_out: bool
    is_next: bool


@dataclass(frozen=True, slots=True)
class _Next:
    """A queued message whose turn it is."""

    channel_id: int
    conversation_id: int
    person: str


@dataclass(frozen=True, slots=True)
class _Claim:
    provider: WhatsAppProvider
    recipient: Recipient
    outgoing: Outgoing
    attempt: int
    lock: str


@dataclass(frozen=True, slots=True)
class _Handing:
    """A file that may leave and that its provider does not have yet; nothing is claimed."""

    provider: WhatsAppProvider
    file: FileToSend
    lock: str


def external_id(tenant_id: int, message_id: int) -> str:
    """How we name a message to the provider; it comes back in every status."""
    return f"nexus:{tenant_id}:{message_id}"


async def deliver(
    database: Database,
    provider_of: ProviderOf,
    clock: Clock,
    job: Deliver,
    *,
    limits: SendingLimits | None = None,
    store: MediaStore | None = None,
) -> None:
    """Send one message, once; running it again after an outcome does nothing.

    One that its number may not send yet is told to come back, so that it holds no worker meanwhile.
    """
    if limits is not None and await _comes_back(database, limits, clock, job):
        return
    async with database.tenant(job.tenant_id) as tx:
        claim = await _claim(tx, provider_of, clock, job)
    if isinstance(claim, _Handing):
        claim = await _hand_over(database, provider_of, clock, job, claim, store)
    if claim is None:
        return
    reached("claimed")
    name = external_id(job.tenant_id, job.message_id)
    result = await claim.provider.send(claim.recipient, claim.outgoing, external_id=name, tenant_id=job.tenant_id)
    reached("taken")
    async with database.tenant(job.tenant_id) as tx:
        await _record(tx, clock, job, claim, result)
    reached("recorded")


async def _comes_back(database: Database, limits: SendingLimits, clock: Clock, job: Deliver) -> bool:
    """Whether the message has to wait for its number's rate; asked outside any transaction, counted once."""
    async with database.tenant(job.tenant_id) as tx:
        next_one = await tx.one(SQL["next_to_send"], _Next, message_id=job.message_id)
        channel = await find_channel(tx, next_one.channel_id) if next_one else None
    if next_one is None or channel is None:
        return False  # nothing to send, or not its turn: the claim tells which
    wait = await limits.take(job.tenant_id, channel, next_one.person)
    if wait <= 0:
        return False
    async with database.tenant(job.tenant_id) as tx:
        await defer(
            tx, job, at=clock() + timedelta(seconds=wait), lock=delivery_lock(tx.tenant_id, next_one.conversation_id)
        )
    return True


async def _hand_over(  # noqa: PLR0917 - one caller, which has just found the file
    database: Database,
    provider_of: ProviderOf,
    clock: Clock,
    job: Deliver,
    handing: _Handing,
    store: MediaStore | None,
) -> _Claim | None:
    """Upload the file outside any transaction, then claim the message; where that failed it waits, or fails."""
    try:
        result = await upload_file(handing.provider, store, job.tenant_id, handing.file)
    except FileMissing as error:
        result = Unknown(str(error))
    async with database.tenant(job.tenant_id) as tx:
        delivery = await tx.one(SQL["lock_delivery"], _Delivery, message_id=job.message_id)
        if delivery is None or delivery.state != "queued":
            return None
        if isinstance(result, Uploaded):
            await tx.run(SQL["file_uploaded"], message_id=job.message_id, media_id=result.media_id)
            claim = await _claim(tx, provider_of, clock, job)
            return claim if isinstance(claim, _Claim) else None
        if isinstance(result, Unknown):  # safe to repeat, as a send is not
            result = Refused("upload_failed", result.reason, retry_after_seconds=None, retryable=True)
        attempt = handing.file.attempts + 1
        if attempt >= MOST_ATTEMPTS or not result.retryable:
            await _finish(tx, clock, job, "failed", error_code=result.code, error_message=result.message)
            return None
        await tx.run(SQL["upload_later"], message_id=job.message_id)
        await _set(tx, job, "queued", error_code=result.code, error_message=result.message)
        wait = min(result.retry_after_seconds or 2**attempt, LONGEST_WAIT_SECONDS)
        await defer(tx, job, at=clock() + timedelta(seconds=wait), lock=handing.lock)
        return None


async def _claim(
    tx: TenantTransaction, provider_of: ProviderOf, clock: Clock, job: Deliver
) -> _Claim | _Handing | None:
    delivery = await tx.one(SQL["lock_delivery"], _Delivery, message_id=job.message_id)
    if delivery is None or delivery.state not in {"queued", "sending"}:
        return None
    if delivery.state == "sending":
        _log.warning("delivery_interrupted", tenant_id=tx.tenant_id, message_id=job.message_id)
        await _finish(tx, clock, job, "unknown", error_code="interrupted")
        return None
    if not delivery.is_next:  # an earlier message of the conversation was told to try again later
        lock = delivery_lock(tx.tenant_id, delivery.conversation_id)
        await defer(tx, job, at=clock() + timedelta(seconds=1), lock=lock)
        return None
    return await _prepare(tx, provider_of, clock, job, delivery)


async def _prepare(
    tx: TenantTransaction, provider_of: ProviderOf, clock: Clock, job: Deliver, delivery: _Delivery
) -> _Claim | _Handing | None:
    """Check once more what may leave, and claim it; what may not is finished here."""
    channel = await find_channel(tx, delivery.channel_id)
    facts = SendingFacts(
        delivery.last_inbound_at,
        delivery.opted_out,
        delivery.sending_paused,
        channel.active,
        delivery.marketing_opted_out,
    )
    marketing = is_marketing(delivery.type, delivery.content)
    code = refusal(facts, is_template=delivery.type == "template", now=clock(), is_marketing=marketing)
    if code is not None:
        await _finish(tx, clock, job, "refused", error_code=code)
        return None
    file = await file_to_send(tx, job.message_id) if delivery.type in FILE_KINDS else None
    try:
        outgoing = outgoing_of(delivery.type, delivery.body, delivery.content, file)
        recipient = Recipient(to=delivery.reply_phone, user_id=delivery.reply_user_id)
    except ValueError as error:
        await _finish(tx, clock, job, "failed", error_code="unsendable", error_message=str(error))
        return None
    try:
        provider = await provider_of(tx, channel)
    except Unavailable as error:
        await _finish(tx, clock, job, "failed", error_code="not_configured", error_message=error.detail)
        return None
    lock = delivery_lock(tx.tenant_id, delivery.conversation_id)
    if outgoing is None:
        assert file is not None, "only a file has to be handed over first"
        return _Handing(provider, file, lock)
    await tx.run(SQL["begin_sending"], message_id=job.message_id)
    return _Claim(provider, recipient, outgoing, delivery.attempts + 1, lock)


async def _record(tx: TenantTransaction, clock: Clock, job: Deliver, claim: _Claim, result: SendResult) -> None:
    match result:
        case Accepted(provider_id=provider_id, wamid=wamid):
            await _finish(tx, clock, job, "sent", provider_id=provider_id, wamid=wamid)
        case Unknown(reason=reason):
            await _finish(tx, clock, job, "unknown", error_code="unknown", error_message=reason)
        case Refused(retryable=True) if claim.attempt < MOST_ATTEMPTS:
            wait = min(result.retry_after_seconds or 2**claim.attempt, LONGEST_WAIT_SECONDS)
            await _set(tx, job, "queued", error_code=result.code, error_message=result.message)
            await defer(tx, job, at=clock() + timedelta(seconds=wait), lock=claim.lock)
        case Refused(code=code, message=message):
            await _finish(tx, clock, job, "failed", error_code=code, error_message=message)


async def _finish(
    tx: TenantTransaction,
    clock: Clock,
    job: Deliver,
    state: State,
    *,
    provider_id: str | None = None,
    wamid: str | None = None,
    error_code: str | None = None,
    error_message: str | None = None,
) -> None:
    outcome = {"provider_id": provider_id, "wamid": wamid, "error_code": error_code, "error_message": error_message}
    await tx.run(SQL["record_outcome"], message_id=job.message_id, state=state, **outcome)
    await defer(tx, DeliveryReported(job.tenant_id, job.message_id))
    if state == "unknown":
        await defer(tx, DeliveryUncertain(job.tenant_id, job.message_id), at=clock() + PATIENCE)


async def _set(tx: TenantTransaction, job: Deliver, state: str, *, error_code: str, error_message: str) -> None:
    outcome = {"provider_id": None, "wamid": None, "error_code": error_code, "error_message": error_message}
    await tx.run(SQL["record_outcome"], message_id=job.message_id, state=state, **outcome)
