"""Typed access to notifications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.database import TenantTransaction
from core.json_types import JsonObject
from core.principal import Role
from core.statements import sibling_statements
from orchestrator_service.notifications.models import Kind, Notice, Notification, NotificationData, Summary

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class LeadOfNotice:
    """Whose lead a notice is about."""

    owner_user_id: int | None
    full_name: str | None


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody active in the company."""

    id: int
    role: Role


@dataclass(frozen=True, slots=True)
class Stored:
    """One recipient's row; `again` where it was unread already and has moved up."""

    id: int
    user_id: int
    created_at: datetime
    again: bool


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    kind: Kind
    lead_id: int | None
    lead_name: str | None
    conversation_id: int | None
    event_id: int | None
    data: JsonObject
    created_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Reader:
    user_id: int


async def lead_of_notice(tx: TenantTransaction, lead_id: int) -> LeadOfNotice | None:
    """The lead's owner and name; None where it is missing or deleted."""
    return await tx.one(SQL["lead_of_notice"], LeadOfNotice, lead_id=lead_id)


async def active_users(tx: TenantTransaction) -> list[Worker]:
    """Everyone who works in the company, by id."""
    return await tx.all(SQL["active_users"], Worker)


async def is_pending(tx: TenantTransaction, user_id: int) -> bool:
    """Whether that account waits to be let in."""
    return await tx.value(SQL["is_pending"], bool, user_id=user_id) or False


async def store_notices(tx: TenantTransaction, notice: Notice, user_ids: Sequence[int]) -> list[Stored]:
    """One row for each recipient; an unread one about the same record moves up instead."""
    return await tx.all(
        SQL["store_notices"],
        Stored,
        kind=notice.kind,
        lead_id=notice.lead_id,
        conversation_id=notice.conversation_id,
        event_id=notice.event_id,
        data=notice.data.model_dump(mode="json", exclude_none=True),
        user_ids=list(user_ids),
    )


async def list_notifications(
    tx: TenantTransaction,
    user_id: int,
    *,
    owner: int | None,
    unassigned: bool,
    unread: bool,
    before_id: int,
    most: int,
) -> list[Notification]:
    """At most `most` of the user's below `before_id`, newest first; `owner` and `unassigned` are the scope of leads."""
    rows = await tx.all(
        SQL["list_notifications"],
        _Row,
        user_id=user_id,
        owner=owner,
        unassigned=unassigned,
        unread=unread,
        before_id=before_id,
        most=most,
    )
    return [_shown(row) for row in rows]


async def summarise(tx: TenantTransaction, user_id: int) -> Summary:
    """What the user's bell shows."""
    summary = await tx.one(SQL["summarise"], Summary, user_id=user_id)
    assert summary is not None, "a count answers one row"
    return summary


async def mark_read(tx: TenantTransaction, user_id: int, *, ids: Sequence[int], through_id: int | None) -> int:
    """Mark the user's own; answers how many were unread."""
    return await tx.run(SQL["mark_read"], user_id=user_id, ids=list(ids), through_id=through_id)


async def mark_conversation_read(tx: TenantTransaction, user_id: int, conversation_id: int) -> int:
    """Mark what the user was told of a conversation; answers how many were unread."""
    return await tx.run(SQL["mark_conversation_read"], user_id=user_id, conversation_id=conversation_id)


async def wants_alerts(tx: TenantTransaction, user_ids: Sequence[int]) -> bool:
    """Whether any of them may want to hear of things outside the app."""
    return await tx.value(SQL["wants_alerts"], bool, user_ids=list(user_ids)) or False


async def settle_conversation(tx: TenantTransaction, conversation_id: int, kind: Kind) -> list[int]:
    """Mark everybody's calls of a kind to a conversation; answers whose they were, each once."""
    rows = await tx.all(SQL["settle_conversation"], _Reader, conversation_id=conversation_id, kind=kind)
    return sorted({row.user_id for row in rows})


def _shown(row: _Row) -> Notification:
    return Notification(
        id=row.id,
        kind=row.kind,
        lead_id=row.lead_id,
        lead_name=row.lead_name,
        conversation_id=row.conversation_id,
        event_id=row.event_id,
        data=NotificationData.model_validate(row.data),
        created_at=row.created_at,
        read_at=row.read_at,
    )
