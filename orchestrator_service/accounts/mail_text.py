"""What the mails say, in the company's language: plain text, no picture, nothing that tells us of its being read. Pure.

Names come from people: they stand inside the text, never in a header but the subject, where line breaks are taken out.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Final

from core.secret import Secret
from orchestrator_service.accounts.models import DueMail

_RESET_ES: Final = """Hola, {name}:

Alguien, quizás tú, pidió una contraseña nueva para tu cuenta de {company}.
Para elegirla, abre este enlace. Sirve una sola vez, durante una hora:

{link}

Si no la pediste, no hagas nada: tu contraseña sigue siendo la misma.
"""
_RESET_EN: Final = """Hello {name},

Somebody, perhaps you, asked for a new password for your account at {company}.
To choose one, open this link. It works once, for an hour:

{link}

If it was not you, do nothing: your password stays as it is.
"""
_RESET_PT: Final = """Olá, {name}:

Alguém, talvez você, pediu uma senha nova para a sua conta em {company}.
Para escolhê-la, abra este link. Ele funciona uma única vez, durante uma hora:

{link}

Se não foi você, não faça nada: a sua senha continua a mesma.
"""
_INVITATION_ES: Final = """Hola, {name}:

{inviter} te invita a trabajar en {company}.
Para elegir tu contraseña y entrar, abre este enlace. Sirve una sola vez, durante siete días:

{link}

Si no esperabas esta invitación, no hagas nada.
"""
_INVITATION_EN: Final = """Hello {name},

{inviter} invites you to work at {company}.
To choose your password and come in, open this link. It works once, for seven days:

{link}

If you did not expect this invitation, do nothing.
"""
_INVITATION_PT: Final = """Olá, {name}:

{inviter} convida você para trabalhar em {company}.
Para escolher a sua senha e entrar, abra este link. Ele funciona uma única vez, durante sete dias:

{link}

Se você não esperava este convite, não faça nada.
"""
_RESET: Final = {
    "es": ("Una contraseña nueva para {company}", _RESET_ES),
    "en": ("A new password for {company}", _RESET_EN),
    "pt": ("Uma senha nova para {company}", _RESET_PT),
}
_INVITATION: Final = {
    "es": ("{inviter} te invita a {company}", _INVITATION_ES),
    "en": ("{inviter} invites you to {company}", _INVITATION_EN),
    "pt": ("{inviter} convida você para {company}", _INVITATION_PT),
}


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes: the operator's address, and the host that message ids end with."""

    sender: str
    host: str


def compose(mail: DueMail, address: Secret, head: Letterhead) -> EmailMessage:
    """The message with the link's address in it. The same mail has the same Message-ID, however often it is sent."""
    subject, text = (_INVITATION if mail.purpose == "invitation" else _RESET)[mail.language]
    words = {"name": _line(mail.name), "company": _line(mail.company), "inviter": _line(mail.inviter or mail.company)}
    message = headed(head, to=mail.email, subject=subject.format(**words), message_id=str(mail.jti))
    message.set_content(text.format(**words, link=address.reveal()), cte="quoted-printable")
    return message


def headed(head: Letterhead, *, to: str, subject: str, message_id: str) -> EmailMessage:
    """A mail of ours with no text yet. `subject` is one line; the host is put behind `message_id`."""
    message = EmailMessage()
    message["Subject"] = subject
    name, sender = parseaddr(head.sender)
    message["From"] = Address(display_name=name or "Nexus", addr_spec=sender)
    message["To"] = Address(addr_spec=to)
    message["Message-ID"] = f"<{message_id}@{head.host}>"
    message["Auto-Submitted"] = "auto-generated"  # no out-of-office answers, RFC 3834
    return message


def _line(text: str) -> str:
    return " ".join(text.split())
