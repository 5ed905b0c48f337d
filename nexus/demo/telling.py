"""What was said becomes messages of the conversation, with what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.database import TenantTransaction
from core.json_types import JsonObject
from core.principal import UserId
from core.prompt_security import inspect
from core.statements import sibling_statements
from nexus.demo.person import Person
from nexus.demo.script import Said
from orchestrator_service.chat.answered import mark_answered
from orchestrator_service.db import NewMessage, append_chat_message
from orchestrator_service.leads.referral import kept_referral

SQL = sibling_statements(__file__)
UNDELIVERABLE: Final = "131026"
_SEE_TIMES: Final = {"es": "Ver horarios", "pt": "Ver horários", "en": "See times"}
MOST_BUTTONS: Final = 3


@dataclass(frozen=True)
class Told:
    """The messages' ids in order, and of those the customer's."""

    ids: tuple[int, ...]
    inbound: tuple[int, ...]


async def tell(
    tx: TenantTransaction,
    person: Person,
    said: Sequence[Said],
    conversation_id: int,
    *,
    teammate: UserId,
    noting: UserId,
) -> Told | None:
    """Append every line; None where the first one had been said before. What waits as a draft stays unanswered."""
    ids: list[int] = []
    inbound: list[int] = []
    offered: tuple[str, ...] = ()
    for number, line in enumerate(said):
        offered = line.choices or offered
        author = noting if line.speaker == "note" else teammate if line.speaker == "teammate" else None
        message = _message(person, line, conversation_id, number, author)
        if line.tapped:
            message = replace(message, reply_id=_choice_id(person, offered.index(line.text)))
        stored = await append_chat_message(tx, message)
        if not stored.new:
            return None
        ids.append(stored.id)
        if line.speaker == "customer":
            inbound.append(stored.id)
        if line.blocked:
            verdict = inspect(line.text)
            shown: JsonObject = {
                "action": verdict.action,
                "score": verdict.score,
                "reasons": list(verdict.reasons),
            }
            await tx.run(SQL["show_verdict"], message_id=stored.id, verdict=shown)
        if line.speaker in {"agent", "teammate"}:
            answered = any(later.speaker == "customer" for later in said[number + 1 :])
            status = line.status or ("read" if answered else "delivered")
            error = UNDELIVERABLE if status == "failed" else None
            await tx.run(SQL["show_status"], message_id=stored.id, status=status, error_code=error, at=line.at)
    if person.draft is None:
        await mark_answered(tx, conversation_id, ids[-1])
    return Told(tuple(ids), tuple(inbound))


def _message(person: Person, line: Said, conversation_id: int, number: int, author: UserId | None) -> NewMessage:
    customer, note = line.speaker == "customer", line.speaker == "note"
    kind, content = _interactive(person, line)
    if number == 0 and (referral := kept_referral(person.ad)) is not None:
        content = {**content, "referral": referral}
    return NewMessage(
        conversation_id=conversation_id,
        direction="in" if customer else "note" if note else "out",
        author="customer" if customer else "agent" if line.speaker == "agent" else "person",
        author_user_id=author,
        type=kind,
        body=line.text,
        content=content,
        origin_key=f"seed:{person.phone}:{number}",
        status="received" if customer else "sent",
        at=line.at,
    )


def _interactive(person: Person, line: Said) -> tuple[str, JsonObject]:
    """As the agent sends them: three short choices are buttons, more are a list."""
    if not line.choices:
        return ("interactive" if line.tapped else "text"), {}
    if len(line.choices) <= MOST_BUTTONS:
        return "buttons", {
            "choices": [{"id": _choice_id(person, n), "title": title} for n, title in enumerate(line.choices)]
        }
    rows: list[JsonObject] = [
        {"id": _choice_id(person, n), "title": title, "description": ""} for n, title in enumerate(line.choices)
    ]
    return "list", {"button": _SEE_TIMES[person.language], "choices": rows}


def _choice_id(person: Person, number: int) -> str:
    return f"seed:{person.phone}:choice:{number}"
