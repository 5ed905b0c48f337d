"""Connections and mirrored events as the team sees them: how a calendar fares, and when it is taken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from core.credentials import VaultError
from core.database import TenantTransaction
from core.google.assertion import InvalidKeyError, read_key_file
from core.google.outcomes import CalendarEntries
from core.principal import Principal, UserId
from core.resilience import optional
from orchestrator_service.auth.permissions import Permission, owner_filter, visible
from orchestrator_service.google_calendar import mirror, repository
from orchestrator_service.google_calendar.access import read_client, read_service_account
from orchestrator_service.google_calendar.door import GoogleDoor
from orchestrator_service.google_calendar.matching import Matchable, Proposal, propose
from orchestrator_service.google_calendar.models import ConnectionKind, ConnectionState

MOST_SELLERS: Final = 500
LONGEST_WINDOW: Final = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class SellersCalendar:
    """A seller and the calendar where one is connected."""

    seller_id: int
    user_id: int | None
    seller_name: str
    kind: ConnectionKind | None
    state: ConnectionState | None
    calendar_id: str | None
    calendar_name: str | None
    calendar_zone: str | None
    last_error: str | None
    checked_at: datetime | None
    synced_at: datetime | None
    connected_at: datetime | None
    watch_expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class SetUp:
    """What the vault has for connecting: an OAuth client, and the address that calendars are shared with."""

    oauth: bool
    service_account: str | None


@dataclass(frozen=True, slots=True)
class Mirrored:
    """A time that is taken in Google. The title is empty for whoever is neither the seller nor changes all sellers."""

    seller_id: int
    user_id: int | None
    google_event_id: str
    starts_at: datetime
    ends_at: datetime
    all_day: bool
    title: str


@dataclass(frozen=True, slots=True)
class MirrorWindow:
    """From `starts`, up to and without `ends`; of one seller, or of all that the caller may see."""

    starts: datetime
    ends: datetime
    seller_id: int | None = None


async def list_calendars(tx: TenantTransaction, principal: Principal) -> list[SellersCalendar]:
    """Every seller whose agenda the caller may see, by name; which calendar it is only for who may see the seller."""
    scope = owner_filter(principal, Permission.AGENDA_READ)

    async def query() -> list[SellersCalendar]:
        return await tx.all(repository.SQL["list_calendars"], SellersCalendar, user_id=scope.owner, most=MOST_SELLERS)

    found = await optional(tx, query, missing=[])
    return [
        one
        if reaches(principal, Permission.SELLERS_READ, one.user_id)
        else replace(one, calendar_id=None, calendar_name=None)
        for one in found
    ]


async def read_set_up(tx: TenantTransaction, google: GoogleDoor) -> SetUp:
    """What can be connected with; a vault that does not open counts as empty here, and is told elsewhere."""
    try:
        oauth = await read_client(tx, google.keyring) is not None
        account = await read_service_account(tx, google.keyring)
        return SetUp(oauth, read_key_file(account).address if account else None)
    except (VaultError, InvalidKeyError):
        return SetUp(oauth=False, service_account=None)


async def list_mirrored(
    tx: TenantTransaction, principal: Principal, window: MirrorWindow, *, most: int
) -> list[Mirrored]:
    """At most `most` taken times of the window, earliest first."""
    scope = owner_filter(principal, Permission.AGENDA_READ)

    async def query() -> list[Mirrored]:
        return await tx.all(
            mirror.SQL["list_mirrored"],
            Mirrored,
            starts=window.starts,
            ends=window.ends,
            seller_id=window.seller_id,
            user_id=scope.owner,
            most=most,
        )

    found = await optional(tx, query, missing=[])
    return [
        one if reaches(principal, Permission.SELLERS_WRITE, one.user_id) else replace(one, title="") for one in found
    ]


async def list_proposals(tx: TenantTransaction, listed: CalendarEntries) -> list[Proposal]:
    """Whose each of the account's calendars is, or may be."""
    return propose(listed.entries, await tx.all(repository.SQL["sellers_to_match"], Matchable))


def reaches(principal: Principal, permission: Permission, user_id: int | None) -> bool:
    """Whether the permission reaches the seller who is this user."""
    return visible(principal, permission, UserId(user_id) if user_id is not None else None)
