"""The worker's part: a link leaves by mail after the commit that made it, and is forgotten here once it has left.

A mail server that is away loses nothing: the job comes back until the link has expired. Where a kill comes between
sending and noting it, the mail leaves once more, with the same link and Message-ID.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal
from urllib.parse import urlsplit

from core.clock import Clock
from core.contracts import SendLink
from core.credentials import Keyring
from core.database import Database
from core.mail import MailNotSent, MailRefused, Smtp, send_mail
from core.outbox import emit
from core.system_events import record_event
from orchestrator_service.accounts import repository
from orchestrator_service.accounts.issue import address_of, open_link
from orchestrator_service.accounts.mail_text import Letterhead, compose

_NO_HOST: Final = "localhost"


@dataclass(frozen=True, slots=True)
class Mailing:
    """What sending needs. `smtp` None: the operator took the mail server away; what waits goes on waiting."""

    database: Database
    keyring: Keyring = field(repr=False)
    smtp: Smtp | None
    public_url: str
    clock: Clock


async def send_link(mailing: Mailing, job: SendLink) -> None:
    """Send the mail of one link, if it still has a point. Raises MailNotSent, upon which the queue tries again."""
    async with mailing.database.tenant(job.tenant_id) as tx:
        mail = await repository.due_mail(tx, job.token_id, mailing.clock())
    if mail is None:
        return
    if mailing.smtp is None:
        raise MailNotSent("NEXUS_SMTP_HOST is not set")
    token = open_link(mailing.keyring, mail.sealed, tenant_id=job.tenant_id, jti=mail.jti)
    head = Letterhead(mailing.smtp.sender, urlsplit(mailing.public_url).hostname or _NO_HOST)
    outcome: Literal["sent", "refused"] = "sent"
    try:
        await send_mail(mailing.smtp, compose(mail, address_of(mailing.public_url, mail.purpose, token), head))
    except MailRefused:
        outcome = "refused"
    async with mailing.database.tenant(job.tenant_id) as tx:
        await repository.settle_mail(tx, job.token_id, outcome)
        severity = "info" if outcome == "sent" else "warning"
        await record_event(tx, f"links.mail_{outcome}", severity=severity, subject=f"link:{job.token_id}")
        await emit(tx, "USER_UPDATED", {"link": job.token_id}, owner_user_id=None, audience="accounts")
