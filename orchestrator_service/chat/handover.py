"""A person takes a conversation over from the agent, and gives it back (PRODUCT §8.4)."""

from __future__ import annotations

from core.database import TenantTransaction
from core.principal import Principal
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.chat import repository
from orchestrator_service.chat.announce import ConversationState, announce_conversation, announce_turn
from orchestrator_service.chat.reading import SQL, demand_conversation
from orchestrator_service.notifications.reading import settle_conversation


async def take_over(tx: TenantTransaction, principal: Principal, conversation_id: int) -> ConversationState:
    """Silence the agent for the company's takeover time. Raises NotFound out of scope."""
    await demand_conversation(tx, principal, conversation_id, Permission.CONVERSATIONS_WRITE)
    await repository.lock_conversation(tx, conversation_id)
    return await pause(tx, conversation_id)


async def resume(tx: TenantTransaction, principal: Principal, conversation_id: int) -> ConversationState:
    """Let the agent answer what comes from now on. Raises NotFound out of scope."""
    await demand_conversation(tx, principal, conversation_id, Permission.CONVERSATIONS_WRITE)
    await tx.run(SQL["resume_agent"], conversation_id=conversation_id)
    await settle_conversation(tx, conversation_id)
    return await announce_conversation(tx, conversation_id)


async def pause(tx: TenantTransaction, conversation_id: int) -> ConversationState:
    """A person has the conversation: the agent is silent and its waiting draft is dropped. The caller has locked it."""
    await repository.pause_agent(tx, conversation_id)
    state = await announce_conversation(tx, conversation_id)
    dropped = await repository.drop_draft(tx, conversation_id)
    if dropped is not None:
        await announce_turn(tx, dropped, conversation_id, state.lead_id, "handed_over")
        await settle_conversation(tx, conversation_id, "draft_waiting")
    return state
