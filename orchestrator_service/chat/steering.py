"""What the team does with a conversation beside answering: whose it is, whether it is done, how far it was read."""

from __future__ import annotations

from dataclasses import dataclass

from core.database import TenantTransaction
from core.errors import Conflict
from core.json_types import JsonObject
from core.outbox import emit
from core.principal import Principal
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.chat import repository
from orchestrator_service.chat.announce import (
    ConversationState,
    announce_conversation,
    announce_gone,
    announce_turn,
)
from orchestrator_service.chat.reading import SQL, AgentMode, demand_conversation
from orchestrator_service.leads.announce import announce_lead_change
from orchestrator_service.leads.edit import edit_lead
from orchestrator_service.notifications.reading import mark_conversation_read, settle_conversation


class NobodyYet(Conflict):
    """The conversation is with no lead, so it can be nobody's."""

    code = "no_lead"
    title = "No Lead"


@dataclass(frozen=True, slots=True)
class ReadState:
    """How far somebody has read, and how many of the customer's messages are new to them (100 at most)."""

    read_through_id: int
    unread: int


async def assign(
    tx: TenantTransaction, principal: Principal, conversation_id: int, user_id: int | None
) -> ConversationState:
    """Make the lead somebody's, and with it the conversation; None: nobody's.

    Raises NotFound out of scope or for somebody who is not of the company, Forbidden without the right, NobodyYet.
    """
    conversation = await demand_conversation(tx, principal, conversation_id, Permission.CONVERSATIONS_WRITE)
    if conversation.lead_id is None:
        raise NobodyYet("the conversation has no lead yet")
    await repository.lock_conversation(tx, conversation_id)
    await edit_lead(tx, principal, conversation.lead_id, {"owner_user_id": user_id})
    if conversation.owner_user_id != user_id:
        await announce_gone(tx, conversation_id, was=conversation.owner_user_id, owner=user_id)
    return await announce_conversation(tx, conversation_id)


async def close(tx: TenantTransaction, principal: Principal, conversation_id: int) -> ConversationState:
    """Nothing is left to do until the customer writes again; a waiting draft is dropped. Raises NotFound."""
    conversation = await demand_conversation(tx, principal, conversation_id, Permission.CONVERSATIONS_WRITE)
    await repository.lock_conversation(tx, conversation_id)
    await tx.run(SQL["close_conversation"], conversation_id=conversation_id)
    dropped = await repository.drop_draft(tx, conversation_id)
    state = await announce_conversation(tx, conversation_id)
    if dropped is not None:
        await announce_turn(tx, dropped, conversation_id, conversation.lead_id, "handed_over")
    if await tx.run(SQL["finish_calls"], conversation_id=conversation_id):
        await announce_lead_change(tx, conversation.lead_id, "tasks")
    await settle_conversation(tx, conversation_id)
    await settle_conversation(tx, conversation_id, "draft_waiting")
    return state


async def reopen(tx: TenantTransaction, principal: Principal, conversation_id: int) -> ConversationState:
    """Take a closing back; open already is no error. Raises NotFound."""
    await demand_conversation(tx, principal, conversation_id, Permission.CONVERSATIONS_WRITE)
    await repository.lock_conversation(tx, conversation_id)
    await repository.reopen(tx, conversation_id)
    return await announce_conversation(tx, conversation_id)


async def set_agent_mode(
    tx: TenantTransaction, principal: Principal, conversation_id: int, mode: AgentMode | None
) -> ConversationState:
    """How the agent works here from its next turn on; None: as in the whole company. Raises NotFound."""
    await demand_conversation(tx, principal, conversation_id, Permission.CONVERSATIONS_WRITE)
    await repository.lock_conversation(tx, conversation_id)
    await tx.run(SQL["set_agent_mode"], conversation_id=conversation_id, agent_mode=mode)
    return await announce_conversation(tx, conversation_id)


async def mark_read(
    tx: TenantTransaction, principal: Principal, conversation_id: int, through_id: int | None
) -> ReadState:
    """Note that the caller has read up to a message, all of it where None; a lower one makes it unread again."""
    conversation = await demand_conversation(tx, principal, conversation_id, Permission.CONVERSATIONS_READ)
    who = {"conversation_id": conversation_id, "user_id": principal.user_id}
    moved = await tx.run(SQL["mark_read"], **who, through_id=through_id)
    state = await tx.one(SQL["read_through"], ReadState, **who)
    assert state is not None, "it was just written"
    if moved:
        reader: JsonObject = {"id": conversation_id, "read_by": int(principal.user_id)}
        read = {**reader, "read_through_id": state.read_through_id, "unread": state.unread}
        await emit(tx, "CONVERSATION_UPDATED", read, owner_user_id=conversation.owner_user_id)
    await mark_conversation_read(tx, principal, conversation_id)
    return state
