"""`/chat/conversations` (PRODUCT §8.4, §15)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, status

from core.model_route import ModelRoute
from core.paging import Page, id_before, moment_of, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, Door, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.chat.drafts import approve_draft, discard_draft, read_draft
from orchestrator_service.chat.handover import resume, take_over
from orchestrator_service.chat.reading import (
    list_around,
    list_conversations,
    list_messages,
    list_newer,
    read_conversation,
)
from orchestrator_service.chat.schemas import (
    ApproveBody,
    AssignBody,
    ChangeBody,
    ConversationView,
    DiscardBody,
    HandoverView,
    ListQuery,
    MessagesQuery,
    MessagesView,
    MessageView,
    ReadBody,
    ReadView,
    StateView,
    TextBody,
    WaitingDraftView,
)
from orchestrator_service.chat.steering import assign, close, mark_read, reopen, set_agent_mode
from orchestrator_service.chat.writing import write_message, write_note

router = APIRouter(prefix="/chat/conversations", tags=["chat"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.CONVERSATIONS_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.CONVERSATIONS_WRITE))]
Key = Annotated[str | None, Header(alias="Idempotency-Key", pattern=r"^[\x21-\x7e]{1,100}$")]


@router.get("", dependencies=[Depends(rate_limit("100/minute", scope="chat.conversations"))])
@audit_access("conversations.list", subject="conversations")
async def get_conversations(
    database: Db, principal: Reader, wanted: Annotated[ListQuery, Query()]
) -> Page[ConversationView]:
    """The inbox of the caller's scope, the conversation that moved last first.

    With `needs_person=true` the longest wait comes first. `q` is part of a name or of a phone number.
    """
    place = moment_of(wanted.cursor) if wanted.cursor else None
    async with database.tenant(principal.tenant_id) as tx:
        cards = await list_conversations(tx, principal, wanted.wanted(), place=place, most=wanted.limit + 1)
    return page(cards, wanted.limit, show=ConversationView.of, cursor=wanted.cursor_of)


@router.get("/{conversation_id}", dependencies=[Depends(rate_limit("300/minute", scope="chat.conversation"))])
@audit_access("conversations.show", subject="conversation")
async def get_conversation(conversation_id: int, database: Db, principal: Reader) -> ConversationView:
    """One conversation as the list shows it."""
    async with database.tenant(principal.tenant_id) as tx:
        return ConversationView.of(await read_conversation(tx, principal, conversation_id))


@router.patch("/{conversation_id}")
@audit_access("conversations.change", subject="conversation")
async def patch_conversation(conversation_id: int, body: ChangeBody, database: Db, principal: Writer) -> StateView:
    """Let the agent answer by itself, propose drafts, or be silent in this conversation."""
    async with database.tenant(principal.tenant_id) as tx:
        return StateView.of(await set_agent_mode(tx, principal, conversation_id, body.agent_mode))


@router.get("/{conversation_id}/messages", dependencies=[Depends(rate_limit("100/minute", scope="chat.messages"))])
@audit_access("conversations.read", subject="conversation")
async def get_messages(
    conversation_id: int, database: Db, principal: Reader, wanted: Annotated[MessagesQuery, Query()]
) -> MessagesView:
    """What was said, newest first: the newest, from a cursor on, or `around` one message."""
    async with database.tenant(principal.tenant_id) as tx:
        if wanted.around is not None:
            found = await list_around(tx, principal, conversation_id, message_id=wanted.around, most=wanted.limit)
            return MessagesView.of(found)
        if wanted.after is not None:
            after = id_before(wanted.after)
            found = await list_newer(tx, principal, conversation_id, after_id=after, most=wanted.limit)
            return MessagesView.of(found)
        before = id_before(wanted.cursor)
        found = await list_messages(tx, principal, conversation_id, before_id=before, most=wanted.limit)
    return MessagesView.of(found)


@router.post("/{conversation_id}/takeover")
@audit_access("conversations.takeover", subject="conversation")
async def post_takeover(conversation_id: int, database: Db, principal: Writer) -> HandoverView:
    """A person answers; the agent is silent for the takeover time."""
    async with database.tenant(principal.tenant_id) as tx:
        return HandoverView.of(await take_over(tx, principal, conversation_id))


@router.post("/{conversation_id}/resume")
@audit_access("conversations.resume", subject="conversation")
async def post_resume(conversation_id: int, database: Db, principal: Writer) -> HandoverView:
    """The agent answers again."""
    async with database.tenant(principal.tenant_id) as tx:
        return HandoverView.of(await resume(tx, principal, conversation_id))


@router.post(
    "/{conversation_id}/messages",
    status_code=status.HTTP_201_CREATED,
    dependencies=[Depends(rate_limit("60/minute", scope="chat.write"))],
)
@audit_access("conversations.write", subject="conversation")
async def post_message(  # noqa: PLR0917 - FastAPI injects them
    conversation_id: int, body: TextBody, door: Door, database: Db, principal: Writer, key: Key = None
) -> MessageView:
    """Send a text; the agent pauses. With an `Idempotency-Key` the same message is sent once.

    409 `window_closed`, `opted_out`, `sending_paused`, `channel_inactive`, `gap_left` with the `gaps` of a canned reply
    that are still open: nothing was stored.
    """
    async with database.tenant(principal.tenant_id) as tx:
        written = await write_message(tx, principal, conversation_id, body.text, key=key, now=door.clock())
    return MessageView.of(written)


@router.post(
    "/{conversation_id}/notes",
    status_code=status.HTTP_201_CREATED,
    dependencies=[Depends(rate_limit("60/minute", scope="chat.write"))],
)
@audit_access("conversations.note", subject="conversation")
async def post_note(
    conversation_id: int, body: TextBody, database: Db, principal: Writer, key: Key = None
) -> MessageView:
    """Keep a note for the team."""
    async with database.tenant(principal.tenant_id) as tx:
        return MessageView.of(await write_note(tx, principal, conversation_id, body.text, key=key))


@router.post("/{conversation_id}/assign")
@audit_access("conversations.assign", subject="conversation")
async def post_assign(conversation_id: int, body: AssignBody, database: Db, principal: Writer) -> StateView:
    """Make the conversation and its lead somebody's, or nobody's."""
    async with database.tenant(principal.tenant_id) as tx:
        return StateView.of(await assign(tx, principal, conversation_id, body.user_id))


@router.post("/{conversation_id}/close")
@audit_access("conversations.close", subject="conversation")
async def post_close(conversation_id: int, database: Db, principal: Writer) -> StateView:
    """Close it; the customer's next message opens it again."""
    async with database.tenant(principal.tenant_id) as tx:
        return StateView.of(await close(tx, principal, conversation_id))


@router.post("/{conversation_id}/reopen")
@audit_access("conversations.reopen", subject="conversation")
async def post_reopen(conversation_id: int, database: Db, principal: Writer) -> StateView:
    """Take a closing back; who was waited for before is not waited for again."""
    async with database.tenant(principal.tenant_id) as tx:
        return StateView.of(await reopen(tx, principal, conversation_id))


@router.post("/{conversation_id}/read", dependencies=[Depends(rate_limit("300/minute", scope="chat.read"))])
@audit_access("conversations.mark_read", subject="conversation")
async def post_read(conversation_id: int, body: ReadBody, database: Db, principal: Reader) -> ReadView:
    """Note how far the caller has read."""
    async with database.tenant(principal.tenant_id) as tx:
        return ReadView.of(await mark_read(tx, principal, conversation_id, body.through_id))


@router.get("/{conversation_id}/draft", dependencies=[Depends(rate_limit("100/minute", scope="chat.messages"))])
@audit_access("conversations.draft", subject="conversation")
async def get_draft(conversation_id: int, database: Db, principal: Reader) -> WaitingDraftView:
    """The reply that the agent proposes, where one waits for a person."""
    async with database.tenant(principal.tenant_id) as tx:
        return WaitingDraftView.of(await read_draft(tx, principal, conversation_id))


@router.post("/{conversation_id}/draft/approve", dependencies=[Depends(rate_limit("60/minute", scope="chat.write"))])
@audit_access("conversations.draft_approve", subject="conversation")
async def post_approve(
    conversation_id: int, body: ApproveBody, door: Door, database: Db, principal: Writer
) -> WaitingDraftView:
    """Let the draft leave, as it is or in other words; the agent is not paused.

    409 `no_draft`, `draft_overtaken`, and what refuses a message.
    """
    async with database.tenant(principal.tenant_id) as tx:
        await approve_draft(tx, principal, conversation_id, body.turn_id, body.text, now=door.clock())
    return WaitingDraftView(draft=None)


@router.post("/{conversation_id}/draft/discard", dependencies=[Depends(rate_limit("60/minute", scope="chat.write"))])
@audit_access("conversations.draft_discard", subject="conversation")
async def post_discard(conversation_id: int, body: DiscardBody, database: Db, principal: Writer) -> WaitingDraftView:
    """Drop the draft. 409 `no_draft`, `draft_overtaken`."""
    async with database.tenant(principal.tenant_id) as tx:
        await discard_draft(tx, principal, conversation_id, body.turn_id)
    return WaitingDraftView(draft=None)
