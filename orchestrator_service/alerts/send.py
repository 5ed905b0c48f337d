"""The worker's second part: one alert leaves, once. It is claimed by a commit before anything is sent.

After a death at any later point the alert is `unknown` and stays so: better no mail than two. What surely was not sent
(a push service that is busy, a mail server that is away) is tried again a few times, while it is still news.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from core.channels import read_credential
from core.clock import Clock
from core.contracts import AlertDue
from core.crash_points import reached
from core.credentials import Keyring
from core.database import Database, TenantTransaction
from core.jobs import defer
from core.mail import MailNotSent, MailRefused, MailUncertain, Smtp, send_mail
from core.principal import Principal, TenantId, UserId
from orchestrator_service.accounts.mail_text import Letterhead
from orchestrator_service.alerts import repository
from orchestrator_service.alerts.mail_text import compose_alert
from orchestrator_service.alerts.models import Facts
from orchestrator_service.alerts.push import Outcome, PushSender
from orchestrator_service.alerts.repository import FactRow, Locked, State
from orchestrator_service.alerts.subscribe import endpoint_of
from orchestrator_service.alerts.whatsapp import hand_to_door
from orchestrator_service.alerts.wording import path_of, say
from orchestrator_service.auth.permissions import Permission, visible
from orchestrator_service.notifications.models import NotificationData

MOST_ATTEMPTS: Final = 5
FIRST_WAIT_SECONDS: Final = 30
_NO_HOST: Final = "localhost"
_ENDS: Final[dict[str, State]] = {"sent": "sent", "unknown": "unknown"}

_Sending: TypeAlias = Callable[[], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class AlertTools:
    """What sending needs. `push`, `smtp` None: this installation has no such way."""

    database: Database
    clock: Clock
    keyring: Keyring = field(repr=False)
    push: PushSender | None
    smtp: Smtp | None
    public_url: str


@dataclass(frozen=True, slots=True)
class _Claim:
    send: _Sending
    attempt: int
    device: tuple[int, str] | None


async def send_alert(tools: AlertTools, job: AlertDue) -> None:
    """Send one alert, if it is still news; running it again after an outcome does nothing."""
    async with tools.database.tenant(job.tenant_id) as tx:
        claim = await _claim(tx, tools, job)
    if claim is None:
        return
    reached("alert_claimed")
    outcome = await claim.send()
    reached("alert_taken")
    async with tools.database.tenant(job.tenant_id) as tx:
        await _record(tx, tools, job, claim, outcome)


async def _claim(tx: TenantTransaction, tools: AlertTools, job: AlertDue) -> _Claim | None:
    alert = await repository.lock_alert(tx, job.alert_id)
    row = await _due(tx, alert, tools.clock()) if alert is not None else None
    if alert is None or row is None:
        return None
    facts = facts_of(row, tx.tenant_id)
    if alert.channel == "push":
        return await _claim_push(tx, tools, alert, row, facts)
    if alert.channel == "email":
        return await _claim_mail(tx, tools, alert, facts)
    await hand_to_door(tx, alert.id, row, facts, tools.public_url)
    return None


async def _due(tx: TenantTransaction, alert: Locked, now: datetime) -> FactRow | None:
    """What it is about, where it is to leave now; what is no news any more is settled."""
    if alert.state == "sending":  # whoever sent it has died over it
        await repository.settle(tx, alert.id, "unknown", "interrupted")
    if alert.state != "waiting" or alert.due_at > now:  # one that was put off has another job
        return None
    row = await repository.facts(tx, alert.id, now)
    if row is None or row.read or not row.active:
        await repository.settle(tx, alert.id, "skipped", "read" if row and row.read else "not_active")
        return None
    return row


async def _claim_push(
    tx: TenantTransaction, tools: AlertTools, alert: Locked, row: FactRow, facts: Facts
) -> _Claim | None:
    if row.device_id is None or row.digest is None or not row.device_in:
        await repository.settle(tx, alert.id, "skipped", "logged_out")
        return None
    stored = await read_credential(tx, tools.keyring, repository.credential_name(row.digest))
    if tools.push is None or stored is None:
        await repository.settle(tx, alert.id, "failed", "not_configured")
        return None
    sender, endpoint = tools.push, endpoint_of(stored)
    payload = {"title": say(facts), "body": facts.company, "url": facts.path, "tag": facts.tag}
    urgency = "high" if facts.kind == "person_needed" else "normal"

    async def send() -> Outcome:
        return await sender.send(endpoint, payload, tag=facts.tag, urgency=urgency)

    await repository.begin_sending(tx, alert.id)
    return _Claim(send, alert.attempts + 1, (row.device_id, row.digest))


async def _claim_mail(tx: TenantTransaction, tools: AlertTools, alert: Locked, facts: Facts) -> _Claim | None:
    if tools.smtp is None:
        await repository.settle(tx, alert.id, "failed", "not_configured")
        return None
    smtp = tools.smtp
    head = Letterhead(smtp.sender, urlsplit(tools.public_url).hostname or _NO_HOST)
    message = compose_alert(facts, tools.public_url, head, f"alert.{tx.tenant_id}.{alert.id}")

    async def send() -> Outcome:
        try:
            await send_mail(smtp, message)
        except MailRefused as error:
            return Outcome("failed", error.detail)
        except MailUncertain as error:
            return Outcome("unknown", error.detail)
        except MailNotSent as error:
            return Outcome("again", error.detail)
        return Outcome("sent")

    await repository.begin_sending(tx, alert.id)
    return _Claim(send, alert.attempts + 1, None)


async def _record(tx: TenantTransaction, tools: AlertTools, job: AlertDue, claim: _Claim, outcome: Outcome) -> None:
    if claim.device is not None:
        device_id, digest = claim.device
        if outcome.state == "gone":  # the alert goes with it
            await repository.delete_device(tx, device_id, repository.credential_name(digest))
            return
        await repository.note_device(tx, device_id, taken=outcome.state == "sent")
    if outcome.state == "again" and claim.attempt < MOST_ATTEMPTS:
        wait = outcome.wait_seconds or FIRST_WAIT_SECONDS * 2 ** (claim.attempt - 1)
        due = tools.clock() + timedelta(seconds=wait)
        await repository.put_off(tx, job.alert_id, outcome.reason or "", due)
        await defer(tx, job, at=due)
        return
    state = _ENDS.get(outcome.state, "failed")
    await repository.settle(tx, job.alert_id, state, outcome.reason)


def facts_of(row: FactRow, tenant_id: TenantId | int) -> Facts:
    """The alert as its recipient may see it: a colleague's lead has no name, nor has any where names stay inside."""
    owner = UserId(row.owner_user_id) if row.owner_user_id is not None else None
    principal = Principal(TenantId(int(tenant_id)), UserId(row.user_id), row.role)
    shown = row.show_names and row.has_lead and visible(principal, Permission.LEADS_READ, owner)
    return Facts(
        kind=row.kind,
        data=NotificationData.model_validate(row.data),
        lead_name=row.full_name if shown else None,
        path=path_of(row.kind, row.conversation_id, row.lead_id),
        tag=f"{row.kind}:{row.lead_id or 0}:{row.conversation_id or 0}:{row.event_id or 0}",
        company=row.company,
        name=row.name,
        email=row.email,
        language=row.language,
        zone=row.zone,
    )
