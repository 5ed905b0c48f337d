"""Mail, by the operator's SMTP server (`NEXUS_SMTP_*`): plain text, over TLS, from a thread of its own (ADR 0012)."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Final, Literal, TypeAlias

from core.errors import NexusError, Unavailable
from core.loopback import is_loopback
from core.secret import Secret

Security: TypeAlias = Literal["starttls", "tls", "none"]

TIMEOUT_SECONDS: Final = 20.0
LARGEST_PORT: Final = 65535
PERMANENT: Final = 500
PORTS: Final[dict[Security, int]] = {"starttls": 587, "tls": 465, "none": 25}
_SECURITY: Final[dict[str, Security]] = {"starttls": "starttls", "tls": "tls", "none": "none"}


class MailRefused(NexusError):
    """The server said no for good: the address does not exist, or it does not take our mail. Asking again is no use."""

    code = "mail_refused"


class MailNotSent(Unavailable):
    """The server is away, busy or wants other credentials: later it may work."""

    code = "mail_not_sent"


class MailUncertain(MailNotSent):
    """The line broke while the message was being handed over: the server may have it, or not."""

    code = "mail_uncertain"


@dataclass(frozen=True, slots=True)
class Smtp:
    """The mail server. `sender` is `Nexus <nexus@example.com>` or the bare address; `user` None does not log in."""

    host: str
    port: int
    security: Security
    sender: str
    user: str | None
    password: Secret = field(repr=False)


def read_smtp(environment: Mapping[str, str]) -> Smtp | None:
    """The mail server of `NEXUS_SMTP_*`; None where there is no host. Raises ValueError naming the variable."""
    host = environment.get("NEXUS_SMTP_HOST", "").strip()
    if not host:
        return None
    wanted = environment.get("NEXUS_SMTP_SECURITY") or "starttls"
    security = _SECURITY.get(wanted)
    if security is None:
        raise ValueError("NEXUS_SMTP_SECURITY is starttls, tls or none.")
    if security == "none" and not is_loopback(host):
        raise ValueError("NEXUS_SMTP_SECURITY is none, which is for a server on this machine alone.")
    port = environment.get("NEXUS_SMTP_PORT") or str(PORTS[security])
    if not port.isdecimal() or not 0 < int(port) <= LARGEST_PORT:
        raise ValueError("NEXUS_SMTP_PORT is not a port.")
    sender = environment.get("NEXUS_SMTP_FROM", "").strip()
    if "@" not in parseaddr(sender)[1]:
        raise ValueError("NEXUS_SMTP_FROM is not set to an address that mail may come from.")
    user, password = environment.get("NEXUS_SMTP_USER") or None, _password(environment)
    if user is not None and not password:
        raise ValueError("NEXUS_SMTP_PASSWORD is not set, nor NEXUS_SMTP_PASSWORD_FILE.")
    return Smtp(host, int(port), security, sender, user, password)


def _password(environment: Mapping[str, str]) -> Secret:
    place = environment.get("NEXUS_SMTP_PASSWORD_FILE")
    if not place:
        return Secret(environment.get("NEXUS_SMTP_PASSWORD", ""))
    try:
        return Secret(Path(place).read_text(encoding="utf-8").rstrip("\r\n"))
    except OSError:
        raise ValueError("NEXUS_SMTP_PASSWORD_FILE cannot be read.") from None


async def send_mail(smtp: Smtp, message: EmailMessage) -> None:
    """Hand one message, to one recipient, to the server; never blocks the loop.

    Raises MailRefused, MailNotSent, and of the latter MailUncertain where nobody knows.
    """
    await asyncio.to_thread(_send, smtp, message)


def _send(smtp: Smtp, message: EmailMessage) -> None:
    handing_over = False
    try:
        with _connected(smtp) as server:
            if smtp.user is not None:
                server.login(smtp.user, smtp.password.reveal())
            handing_over = True
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise _failure(max(codes, default=PERMANENT)) from None
    except smtplib.SMTPAuthenticationError as error:
        raise MailNotSent(f"the mail server does not take the user and password ({error.smtp_code})") from None
    except smtplib.SMTPResponseException as error:
        raise _failure(error.smtp_code) from None
    except (smtplib.SMTPException, OSError) as error:
        failure = MailUncertain if handing_over else MailNotSent
        raise failure(f"the mail server does not answer as it should: {type(error).__name__}") from None


def _connected(smtp: Smtp) -> smtplib.SMTP:
    if smtp.security == "tls":
        return smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context())
    server = smtplib.SMTP(smtp.host, smtp.port, timeout=TIMEOUT_SECONDS)
    if smtp.security == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())  # raises where the server has none: never in the open
        except (smtplib.SMTPException, OSError):
            server.close()
            raise
    return server


def _failure(code: int) -> NexusError:
    if code >= PERMANENT:
        return MailRefused(f"the mail server refused the message ({code})")
    return MailNotSent(f"the mail server put the message off ({code})")
