"""The mail of an alert: plain text, what has happened, a link to it, and where to switch such mails off. Pure."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Final

from orchestrator_service.accounts.mail_text import Letterhead, headed
from orchestrator_service.agenda.labels import Language
from orchestrator_service.alerts.models import Facts
from orchestrator_service.alerts.wording import say

_TEXT: Final[dict[Language, str]] = {
    "es": """Hola, {name}:

{what}.

{link}

Recibes este correo porque lo elegiste en {company}. Cámbialo aquí: {settings}
""",
    "en": """Hello {name},

{what}.

{link}

You get this mail because you chose it at {company}. Change that here: {settings}
""",
    "pt": """Olá, {name}:

{what}.

{link}

Você recebe este e-mail porque o escolheu em {company}. Mude isso aqui: {settings}
""",
}


def compose_alert(facts: Facts, public_url: str, head: Letterhead, message_id: str) -> EmailMessage:
    """The message; the same alert has the same Message-ID."""
    what = say(facts)
    message = headed(head, to=facts.email, subject=what, message_id=message_id)
    text = _TEXT[facts.language].format(
        name=" ".join(facts.name.split()),
        what=what,
        link=f"{public_url}{facts.path}",
        company=" ".join(facts.company.split()),
        settings=f"{public_url}/alerts",
    )
    message.set_content(text, cte="quoted-printable")
    return message
