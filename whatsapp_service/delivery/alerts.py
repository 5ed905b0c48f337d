"""One alert to a colleague's own WhatsApp: the same door as every message, but for the conversation (PRODUCT §7.7).

Pause, switched-off numbers, opt-outs and the number's rate hold here too, and the claim is committed before the request
leaves: after a crash the alert is `unknown`, and never sent a second time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from core.channels import find_channel
from core.clock import Clock
from core.contracts import DeliverAlert
from core.crash_points import reached
from core.database import Database, TenantTransaction
from core.errors import Unavailable
from core.jobs import defer
from core.sending_limits import SendingLimits
from core.sending_rules import SendingFacts, is_marketing, refusal
from core.statements import sibling_statements
from core.whatsapp import Accepted, Outgoing, Recipient, Refused, SendResult, Unknown, WhatsAppProvider
from whatsapp_service.delivery.deliver import ProviderOf
from whatsapp_service.delivery.outgoing import outgoing_of

SQL = sibling_statements(__file__)
MOST_ATTEMPTS: Final = 3
LONGEST_WAIT_SECONDS: Final = 300
_TEMPLATE: Final = "template"


@dataclass(frozen=True, slots=True)
class _Alert:
    id: int
    state: str
    attempts: int
    channel_id: int
    recipient: str
    content: object
    read: bool
    sending_paused: bool
    opted_out: bool


@dataclass(frozen=True, slots=True)
class _Claim:
    provider: WhatsAppProvider
    recipient: Recipient
    outgoing: Outgoing
    attempt: int


async def deliver_alert(
    database: Database, provider_of: ProviderOf, clock: Clock, job: DeliverAlert, *, limits: SendingLimits | None = None
) -> None:
    """Send one alert, once; running it again after an outcome does nothing."""
    if limits is not None and await _comes_back(database, limits, clock, job):
        return
    async with database.tenant(job.tenant_id) as tx:
        claim = await _claim(tx, provider_of, clock, job)
    if claim is None:
        return
    reached("alert_claimed")
    name = f"nexus-alert:{job.tenant_id}:{job.alert_id}"
    result = await claim.provider.send(claim.recipient, claim.outgoing, external_id=name, tenant_id=job.tenant_id)
    reached("alert_taken")
    async with database.tenant(job.tenant_id) as tx:
        await _record(tx, clock, job, claim.attempt, result)


async def _comes_back(database: Database, limits: SendingLimits, clock: Clock, job: DeliverAlert) -> bool:
    """Whether it has to wait for its number's rate."""
    async with database.tenant(job.tenant_id) as tx:
        alert = await tx.one(SQL["find_alert"], _Alert, alert_id=job.alert_id)
        channel = await find_channel(tx, alert.channel_id) if alert and alert.state == "queued" else None
    if alert is None or channel is None:
        return False
    wait = await limits.take(job.tenant_id, channel, alert.recipient)
    if wait <= 0:
        return False
    async with database.tenant(job.tenant_id) as tx:
        await defer(tx, job, at=clock() + timedelta(seconds=wait))
    return True


async def _claim(tx: TenantTransaction, provider_of: ProviderOf, clock: Clock, job: DeliverAlert) -> _Claim | None:
    await tx.value(SQL["lock_alert"], int, alert_id=job.alert_id)
    alert = await tx.one(SQL["find_alert"], _Alert, alert_id=job.alert_id)
    if alert is None or alert.state not in {"queued", "sending"}:
        return None
    if alert.state == "sending":
        await _settle(tx, job, "unknown", "interrupted")
        return None
    if alert.read:
        await _settle(tx, job, "skipped", "read")
        return None
    channel = await find_channel(tx, alert.channel_id)
    facts = SendingFacts(None, alert.opted_out, alert.sending_paused, channel.active, alert.opted_out)
    marketing = is_marketing(_TEMPLATE, alert.content)
    code: str | None = refusal(facts, is_template=True, now=clock(), is_marketing=marketing)
    if code is None:
        try:
            outgoing, provider = outgoing_of(_TEMPLATE, "", alert.content), await provider_of(tx, channel)
        except (ValueError, Unavailable) as error:
            code = "not_configured" if isinstance(error, Unavailable) else "unsendable"
        else:
            if outgoing is not None:
                await tx.run(SQL["claim_alert"], alert_id=job.alert_id)
                return _Claim(provider, Recipient(to=alert.recipient), outgoing, alert.attempts + 1)
    await _settle(tx, job, "failed", code or "unsendable")
    return None


async def _record(tx: TenantTransaction, clock: Clock, job: DeliverAlert, attempt: int, result: SendResult) -> None:
    match result:
        case Accepted():
            await _settle(tx, job, "sent", None)
        case Unknown(reason=reason):
            await _settle(tx, job, "unknown", reason)
        case Refused(retryable=True) if attempt < MOST_ATTEMPTS:
            wait = min(result.retry_after_seconds or 2**attempt, LONGEST_WAIT_SECONDS)
            await tx.run(SQL["queue_again"], alert_id=job.alert_id, reason=result.code)
            await defer(tx, job, at=clock() + timedelta(seconds=wait))
        case Refused(code=code):
            await _settle(tx, job, "failed", code)


async def _settle(tx: TenantTransaction, job: DeliverAlert, state: str, reason: str | None) -> None:
    """For good; what was to be said is forgotten."""
    await tx.run(SQL["settle_alert"], alert_id=job.alert_id, state=state, reason=reason)
