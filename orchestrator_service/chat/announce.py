"""CONVERSATION_UPDATED and TURN_UPDATED: what the team sees of a conversation, and of the agent at work in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.database import TenantTransaction
from core.errors import NotFound
from core.json_types import JsonObject
from core.outbox import emit
from orchestrator_service.chat.reading import SQL, AgentMode
from orchestrator_service.chat.repository import TurnState
from orchestrator_service.leads.announce import announce_lead_change
from orchestrator_service.leads.owner import owner_of


@dataclass(frozen=True, slots=True)
class ConversationState:
    """Who answers in a conversation, and whether there is anything to do."""

    id: int
    lead_id: int | None
    status: str
    needs_person: bool
    agent_paused_until: datetime | None
    agent_mode: AgentMode | None
    owner_user_id: int | None
    waiting_since: datetime | None
    marketing_opted_out: bool


async def announce_conversation(tx: TenantTransaction, conversation_id: int) -> ConversationState:
    """Tell how a conversation stands, and that something has changed on its lead. Raises NotFound."""
    state = await tx.one(SQL["conversation_state"], ConversationState, conversation_id=conversation_id)
    if state is None:
        raise NotFound
    until, waiting = state.agent_paused_until, state.waiting_since
    payload: JsonObject = {
        "id": state.id,
        "status": state.status,
        "agent_paused_until": until.isoformat() if until else None,
        "agent_mode": state.agent_mode,
        "needs_person": state.needs_person,
        "waiting_since": waiting.isoformat() if waiting else None,
        "owner_user_id": state.owner_user_id,
        "marketing_opted_out": state.marketing_opted_out,
    }
    await emit(tx, "CONVERSATION_UPDATED", payload, owner_user_id=state.owner_user_id)
    await announce_lead_change(tx, state.lead_id, "conversations")
    return state


async def announce_gone(tx: TenantTransaction, conversation_id: int, *, was: int | None, owner: int | None) -> None:
    """Tell those who saw a conversation by its former owner that it is out of their scope."""
    gone = {"id": conversation_id, "visible": False, "owner_user_id": owner}
    await emit(tx, "CONVERSATION_UPDATED", gone, owner_user_id=was)


async def announce_turn(  # noqa: PLR0917 - who, where and what
    tx: TenantTransaction,
    turn_id: int,
    conversation_id: int,
    lead_id: int | None,
    state: TurnState,
    verdicts: Mapping[int, JsonObject] | None = None,
) -> None:
    """Tell how far the agent is; `verdicts` are the screen's, by message, so that nobody has to ask for them."""
    update: JsonObject = {"id": turn_id, "conversation_id": conversation_id, "state": state}
    if verdicts:
        update = {**update, "verdicts": {str(message_id): verdict for message_id, verdict in verdicts.items()}}
    await emit(tx, "TURN_UPDATED", update, owner_user_id=await owner_of(tx, lead_id))
