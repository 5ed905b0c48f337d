"""CONVERSATION_UPDATED and TURN_UPDATED: what the team sees of a conversation, and of the agent at work in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.database import TenantTransaction
from core.errors import NotFound
from core.outbox import emit
from orchestrator_service.chat.reading import SQL
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
    last_inbound_at: datetime | None
    owner_user_id: int | None


async def announce_conversation(tx: TenantTransaction, conversation_id: int) -> ConversationState:
    """Tell how a conversation stands, and that something has changed on its lead. Raises NotFound."""
    state = await tx.one(SQL["conversation_state"], ConversationState, conversation_id=conversation_id)
    if state is None:
        raise NotFound
    until = state.agent_paused_until
    payload = {
        "id": state.id,
        "status": state.status,
        "agent_paused_until": until.isoformat() if until else None,
        "needs_person": state.needs_person,
        "owner_user_id": state.owner_user_id,
    }
    await emit(tx, "CONVERSATION_UPDATED", payload, owner_user_id=state.owner_user_id)
    await announce_lead_change(tx, state.lead_id, "conversations")
    return state


async def announce_turn(
    tx: TenantTransaction, turn_id: int, conversation_id: int, lead_id: int | None, state: TurnState
) -> None:
    """Tell how far the agent is."""
    update = {"id": turn_id, "conversation_id": conversation_id, "state": state}
    await emit(tx, "TURN_UPDATED", update, owner_user_id=await owner_of(tx, lead_id))
