"""The agenda as the team sees it: one's own, or everybody's, as the role allows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from core.database import TenantTransaction
from core.errors import BadInput, NotFound
from core.principal import Principal, UserId
from core.resilience import optional
from core.statements import load_statements
from orchestrator_service.auth.permissions import Permission, owner_filter, visible

SQL = load_statements(Path(__file__).with_name("reading.sql"))
LONGEST_WINDOW: Final = timedelta(days=92)
MOST_HOLDS_SHOWN: Final = 500


class BadWindow(BadInput):
    """A window that ends before it begins, or is longer than 92 days."""

    code = "bad_window"


@dataclass(frozen=True, slots=True)
class AgendaEvent:
    """Something in a seller's agenda; times are aware, `ends_at` excluded. A deleted lead counts as none.

    `meeting_url` is where it takes place, if that is a page.
    """

    id: int
    seller_id: int
    seller_name: str
    kind: str
    status: str
    starts_at: datetime
    ends_at: datetime
    lead_id: int | None
    lead_name: str | None
    lead_owner_user_id: int | None
    conversation_id: int | None
    title: str
    meeting_url: str | None
    created_at: datetime
    updated_at: datetime
    is_offer_hold: bool = False  # nothing that anybody made: an offer that a customer is thinking about


@dataclass(frozen=True, slots=True)
class Hold:
    """A time that was offered to a customer, and is kept for them until then (`hold_minutes`)."""

    id: int
    seller_id: int
    seller_name: str
    starts_at: datetime
    ends_at: datetime
    held_until: datetime
    lead_id: int | None
    lead_name: str | None
    lead_owner_user_id: int | None
    conversation_id: int | None


@dataclass(frozen=True, slots=True)
class Window:
    """From `starts`, up to and without `ends`; of one seller, or of all that the caller may see."""

    starts: datetime
    ends: datetime
    seller_id: int | None = None


async def list_events(
    tx: TenantTransaction, principal: Principal, window: Window, *, after: tuple[datetime, int], most: int
) -> list[AgendaEvent]:
    """At most `most` events of the window after `after` (start, id), earliest first, as `principal` may see them.

    Cancelled ones are not shown. Raises BadWindow.
    """
    _demand_sound(window)
    scope = owner_filter(principal, Permission.AGENDA_READ)

    async def query() -> list[AgendaEvent]:
        return await tx.all(
            SQL["list_events"],
            AgendaEvent,
            starts=window.starts,
            ends=window.ends,
            seller_id=window.seller_id,
            user_id=scope.owner,
            after_at=after[0],
            after_id=after[1],
            most=most,
        )

    events = await optional(tx, query, missing=[])
    return [seen_by(principal, event) for event in events]


async def list_holds(tx: TenantTransaction, principal: Principal, window: Window, *, now: datetime) -> list[Hold]:
    """What customers are thinking about at `now`, as `principal` may see it, earliest first. Raises BadWindow."""
    _demand_sound(window)
    scope = owner_filter(principal, Permission.AGENDA_READ)

    async def query() -> list[Hold]:
        times = {"starts": window.starts, "ends": window.ends, "now": now}
        return await tx.all(SQL["list_holds"], Hold, **times, user_id=scope.owner, most=MOST_HOLDS_SHOWN)

    holds = await optional(tx, query, missing=[])
    return [
        hold
        if hold.lead_id is None or _sees_lead(principal, hold.lead_owner_user_id)
        else replace(hold, lead_id=None, lead_name=None, lead_owner_user_id=None, conversation_id=None)
        for hold in holds
    ]


def seen_by(principal: Principal, event: AgendaEvent) -> AgendaEvent:
    """The event without its person, where the reader sees the agenda but not that lead (a setter, another's lead)."""
    if event.lead_id is None or _sees_lead(principal, event.lead_owner_user_id):
        return event
    return replace(event, lead_id=None, lead_name=None, lead_owner_user_id=None, conversation_id=None, meeting_url=None)


async def read_event(tx: TenantTransaction, event_id: int) -> AgendaEvent:
    """One event, whoever asks: the caller has judged that. Raises NotFound."""
    event = await tx.one(SQL["read_event"], AgendaEvent, event_id=event_id)
    if event is None:
        raise NotFound
    return event


async def readable_event(tx: TenantTransaction, principal: Principal, event_id: int) -> AgendaEvent:
    """One event of an agenda that `principal` may see. Raises NotFound out of scope."""
    event = await read_event(tx, event_id)
    if event.is_offer_hold:
        raise NotFound
    owner = await tx.value(SQL["seller_user"], int, seller_id=event.seller_id)
    if not visible(principal, Permission.AGENDA_READ, UserId(owner) if owner is not None else None):
        raise NotFound
    return event


def _sees_lead(principal: Principal, owner: int | None) -> bool:
    return visible(principal, Permission.LEADS_READ, UserId(owner) if owner is not None else None)


def _demand_sound(window: Window) -> None:
    if not timedelta(0) < window.ends - window.starts <= LONGEST_WINDOW:
        raise BadWindow("a window ends after it begins and is no longer than 92 days")
