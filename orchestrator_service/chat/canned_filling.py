"""Canned replies in the hand of whoever answers: filled as far as the lead is known (PRODUCT §12.0)."""

from __future__ import annotations

from dataclasses import dataclass

from core.database import TenantTransaction
from core.errors import Conflict
from core.principal import Principal
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.canned.keep import list_canned
from orchestrator_service.canned.models import Canned
from orchestrator_service.canned.variables import Facts, fill, gaps_in
from orchestrator_service.chat.reading import SQL, demand_conversation
from orchestrator_service.messaging.lead_facts import lead_facts


class GapLeft(Conflict):
    """A variable of a canned reply is still open: the customer would read its name in braces. `gaps` says which."""

    code = "gap_left"
    title = "Gap Left"


@dataclass(frozen=True, slots=True)
class FilledReply:
    """A reply as it would be inserted; what is not known stays in braces, each name once in `gaps`."""

    canned: Canned
    text: str
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Around:
    """Who talks, whatever is known of a lead."""

    contact_name: str | None
    our_company: str
    agent: str
    writer: str | None


async def canned_in(tx: TenantTransaction, principal: Principal, conversation_id: int) -> list[FilledReply]:
    """What may be inserted in a conversation, by shortcut. Raises NotFound out of scope."""
    conversation = await demand_conversation(tx, principal, conversation_id, Permission.CONVERSATIONS_WRITE)
    kept = await list_canned(tx, principal)
    facts = await _facts(tx, principal, conversation_id, conversation.lead_id)
    texts = [(one, fill(one.body, facts)) for one in kept]
    return [FilledReply(one, text, gaps_in(text)) for one, text in texts]


def demand_no_gaps(text: str) -> None:
    """Raises GapLeft where a variable stands open in what a person is about to send."""
    if gaps := gaps_in(text):
        raise GapLeft("a variable of the reply is not filled", extra={"gaps": list(gaps)})


async def _facts(tx: TenantTransaction, principal: Principal, conversation_id: int, lead_id: int | None) -> Facts:
    around = await tx.one(SQL["who_talks"], _Around, conversation_id=conversation_id, user_id=int(principal.user_id))
    assert around is not None, "the conversation was just found"
    found = await lead_facts(tx, lead_id) if lead_id is not None else None
    known = {key: value for key, value in found.fields().items() if value} if found else {}
    usual = {
        "first_name": (around.contact_name or "").split(" ")[0] or None,
        "our_company": around.our_company,
        "agent": around.agent,
        "seller": around.writer,
    }
    return {**usual, **known}
