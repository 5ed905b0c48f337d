"""Conversations as the team sees them: within the scope of the lead's owner, in lists and by id alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeAlias

from core.database import TenantTransaction
from core.errors import NotFound
from core.json_types import JsonObject
from core.paging import LARGEST_ID, NEWEST, OLDEST
from core.phone import display
from core.principal import Principal, UserId
from core.resilience import optional
from core.sending_rules import WINDOW, RefusalCode, SendingFacts, refusal
from core.statements import load_statements
from orchestrator_service.auth.permissions import Permission, owner_filter, visible
from orchestrator_service.chat.files import MediaCard, files_of
from orchestrator_service.leads.searching import digits_of, fold

SQL = load_statements(Path(__file__).with_name("reading.sql"))

AgentMode: TypeAlias = Literal["autopilot", "draft", "off"]


@dataclass(frozen=True, slots=True)
class ConversationCard:
    """A line of the inbox. `owner_user_id`, `stage_key`, `interest` and `score` are the lead's.

    `turn_state` is that of the agent's unfinished turn; `unread` counts the customer's messages that the caller has not
    read, 100 at most; `waiting_since` says since when a person is waited for. `agent_mode` is the conversation's own,
    None where the company's holds.
    """

    id: int
    channel_id: int
    lead_id: int | None
    status: str
    needs_person: bool
    agent_paused_until: datetime | None
    language: str | None
    last_inbound_at: datetime | None
    last_message_at: datetime
    contact_name: str | None
    lead_name: str | None
    owner_user_id: int | None
    stage_key: str | None
    last_body: str | None
    last_direction: str | None
    last_status: str | None
    last_author: str | None
    last_author_user_id: int | None
    last_type: str | None
    last_message_id: int | None
    interest: str | None
    score: int | None
    turn_state: str | None
    agent_mode: AgentMode | None
    phone: str | None
    username: str | None
    read_through_id: int | None
    opted_out: bool
    marketing_opted_out: bool
    sending_paused: bool
    channel_active: bool
    waiting_since: datetime | None
    unread: int

    @property
    def handle(self) -> str | None:
        """The number as people write it; where WhatsApp tells none, the user's name."""
        if self.phone:
            return display(self.phone)
        return f"@{self.username}" if self.username else None

    @property
    def refusal(self) -> RefusalCode | None:
        """What keeps every message from leaving; the window of free text is told by `window_open_until`."""
        facts = SendingFacts(self.last_inbound_at, self.opted_out, self.sending_paused, self.channel_active)
        return refusal(facts, is_template=True, now=self.last_message_at)

    @property
    def window_open_until(self) -> datetime | None:
        """Until when free text may be sent; past where the window is shut, None where nobody wrote."""
        return self.last_inbound_at + WINDOW if self.last_inbound_at else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list shall hold; None or False: whatever. `text` is part of a name or of a phone number."""

    needs_person: bool | None = None
    mine: bool = False
    unassigned: bool = False
    status: Literal["open", "closed"] | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class ConversationOwner:
    """A conversation with the lead it hangs on."""

    id: int
    lead_id: int | None
    owner_user_id: int | None


@dataclass(frozen=True, slots=True)
class MessageCard:
    """One message. `verdict` is the screen's; `content` is the type's own object; `media` its file, as listed."""

    id: int
    direction: str
    author: str
    author_user_id: int | None
    type: str
    body: str
    content: JsonObject
    reply_id: str | None
    status: str
    error_code: str | None
    verdict: JsonObject | None
    turn_id: int | None
    created_at: datetime
    media: MediaCard | None = None


async def list_conversations(
    tx: TenantTransaction, principal: Principal, wanted: Wanted, *, place: tuple[datetime, int] | None, most: int
) -> list[ConversationCard]:
    """At most `most` conversations of the caller's scope beyond `place` (time, id).

    Those that wait for a person: the longest wait first. Others: the one that moved last first.
    """
    scope = owner_filter(principal, Permission.CONVERSATIONS_READ)
    waiting = wanted.needs_person is True
    at, row_id = place or ((OLDEST, 0) if waiting else (NEWEST, LARGEST_ID))

    async def query() -> list[ConversationCard]:
        return await tx.all(
            SQL["list_waiting" if waiting else "list_conversations"],
            ConversationCard,
            owner=scope.owner,
            unassigned=scope.unassigned,
            user_id=principal.user_id,
            mine=wanted.mine,
            nobodys=wanted.unassigned,
            needs_person=wanted.needs_person,
            status=wanted.status,
            folded=fold(wanted.text) if wanted.text else None,
            digits=digits_of(wanted.text) if wanted.text else None,
            place_at=at,
            place_id=row_id,
            most=most,
        )

    return await optional(tx, query, missing=[])


async def read_conversation(tx: TenantTransaction, principal: Principal, conversation_id: int) -> ConversationCard:
    """One conversation of the caller's scope as the list shows it. Raises NotFound."""
    await demand_conversation(tx, principal, conversation_id, Permission.CONVERSATIONS_READ)
    card = await tx.one(
        SQL["read_conversation"], ConversationCard, conversation_id=conversation_id, user_id=principal.user_id
    )
    if card is None:
        raise NotFound
    return card


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some messages of a conversation, newest first, and whether there are older and newer ones."""

    messages: list[MessageCard]
    older: bool
    newer: bool


async def list_messages(
    tx: TenantTransaction, principal: Principal, conversation_id: int, *, before_id: int, most: int
) -> Stretch:
    """At most `most` messages below `before_id`. Raises NotFound out of scope."""
    await demand_conversation(tx, principal, conversation_id, Permission.CONVERSATIONS_READ)
    older = await _below(tx, conversation_id, before_id, most + 1)
    return await _with_files(tx, Stretch(older[:most], older=len(older) > most, newer=False))


async def list_newer(
    tx: TenantTransaction, principal: Principal, conversation_id: int, *, after_id: int, most: int
) -> Stretch:
    """At most `most` messages above `after_id`, the nearest of them. Raises NotFound out of scope."""
    await demand_conversation(tx, principal, conversation_id, Permission.CONVERSATIONS_READ)
    newer = await _above(tx, conversation_id, after_id, most + 1)
    return await _with_files(tx, Stretch(newer[:most][::-1], older=False, newer=len(newer) > most))


async def list_around(
    tx: TenantTransaction, principal: Principal, conversation_id: int, *, message_id: int, most: int
) -> Stretch:
    """At most `most` messages of which half come after one of the conversation's. Raises NotFound for another one."""
    await demand_conversation(tx, principal, conversation_id, Permission.CONVERSATIONS_READ)
    half = most // 2
    older = await _below(tx, conversation_id, message_id + 1, most - half + 1)
    if not older or older[0].id != message_id:
        raise NotFound
    newer = await _above(tx, conversation_id, message_id, half + 1)
    shown = newer[:half][::-1] + older[: most - half]
    return await _with_files(tx, Stretch(shown, older=len(older) > most - half, newer=len(newer) > half))


async def _below(tx: TenantTransaction, conversation_id: int, before_id: int, most: int) -> list[MessageCard]:
    return await tx.all(
        SQL["list_messages"], MessageCard, conversation_id=conversation_id, before_id=before_id, most=most
    )


async def _above(tx: TenantTransaction, conversation_id: int, after_id: int, most: int) -> list[MessageCard]:
    return await tx.all(
        SQL["list_newer_messages"], MessageCard, conversation_id=conversation_id, after_id=after_id, most=most
    )


async def _with_files(tx: TenantTransaction, stretch: Stretch) -> Stretch:
    files = await files_of(tx, [message.id for message in stretch.messages])
    return replace(stretch, messages=[replace(one, media=files.get(one.id)) for one in stretch.messages])


async def demand_conversation(
    tx: TenantTransaction, principal: Principal, conversation_id: int, permission: Permission
) -> ConversationOwner:
    """The conversation, if the permission reaches its lead's owner. Raises NotFound."""
    found = await tx.one(SQL["conversation_owner"], ConversationOwner, conversation_id=conversation_id)
    owner = UserId(found.owner_user_id) if found and found.owner_user_id is not None else None
    if found is None or not visible(principal, permission, owner):
        raise NotFound
    return found
