"""Writing how a seller's calendar is connected: by a grant or by the service account; choosing another, letting go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.channels import read_credential, store_credential
from core.credential_names import seller_grant_name
from core.credentials import VaultError
from core.database import Database, TenantTransaction
from core.google.access import PRIMARY, CalendarAccess, ServiceAccount
from core.google.assertion import InvalidKeyError, read_key_file
from core.google.outcomes import AccessLost, CalendarEntries, CalendarEntry, CannotConfirm, Done, WatchChannel
from core.principal import Principal
from core.secret import Secret
from core.system_events import record_event
from orchestrator_service.google_calendar import mirror, repository
from orchestrator_service.google_calendar.access import SERVICE_ACCOUNT, reach, read_service_account
from orchestrator_service.google_calendar.door import GoogleDoor
from orchestrator_service.google_calendar.errors import (
    CalendarRefused,
    GoogleNotSetUp,
    GoogleSilent,
    NotConnectedYet,
    UnusableKeyFile,
)
from orchestrator_service.google_calendar.health import announce_seller
from orchestrator_service.google_calendar.models import Connection, ConnectionKind, NamedSeller
from orchestrator_service.google_calendar.sync import POLLED_EVERY, ask_sync

MAY_WRITE = frozenset({"owner", "writer"})


@dataclass(frozen=True, slots=True)
class Connected:
    """Which calendar, and by what right."""

    kind: ConnectionKind
    calendar_id: str
    name: str = ""
    zone: str | None = None

    @classmethod
    def of(cls, kind: ConnectionKind, entry: CalendarEntry | None) -> Connected:
        """The calendar of the list; the seller's own where none is known."""
        return cls(kind, entry.id, entry.summary[:300], entry.zone) if entry else cls(kind, PRIMARY)


async def write_connection(
    tx: TenantTransaction, seller: NamedSeller, made: Connected, principal: Principal, now: datetime
) -> None:
    """Connect, whatever was before, and mirror it at once."""
    await mirror.forget_mirror(tx, seller.id)
    await tx.run(
        repository.SQL["connect"],
        seller_id=seller.id,
        kind=made.kind,
        calendar_id=made.calendar_id,
        calendar_name=made.name,
        calendar_zone=made.zone,
        connected_by=principal.user_id,
        now=now,
        due=now + POLLED_EVERY,
    )
    await ask_sync(tx, seller.id)
    await _tell(tx, seller, "calendar.connected", principal)


async def calendars_of(database: Database, google: GoogleDoor, tenant_id: int, seller_id: int) -> CalendarEntries:
    """The calendars that the seller's grant reaches. Raises NotConnectedYet, CalendarRefused, GoogleSilent."""
    one = await _connection(database, google, tenant_id, seller_id)
    return _listed(await google.calendar.calendars(one.access))


async def choose_calendar(
    database: Database, google: GoogleDoor, principal: Principal, seller: NamedSeller, calendar_id: str
) -> None:
    """Another calendar of the same grant. It must be in the account's list and may be written."""
    one = await _connection(database, google, principal.tenant_id, seller.id)
    entries = _listed(await google.calendar.calendars(one.access)).entries
    entry = next((entry for entry in entries if entry.id == calendar_id), None)
    if entry is None or entry.access_role not in MAY_WRITE:
        raise CalendarRefused("meetings cannot be written into that calendar", extra={"reason": "not_writable"})
    async with database.tenant(principal.tenant_id) as tx:
        current = (await reach(tx, google, [seller.id]))[seller.id]
        if not isinstance(current, Connection) or current.row.connected_at != one.row.connected_at:
            raise NotConnectedYet("the calendar was connected anew meanwhile")
        await write_connection(tx, seller, Connected.of(one.row.kind, entry), principal, google.clock())


async def connect_shared(
    database: Database, google: GoogleDoor, principal: Principal, seller: NamedSeller, calendar_id: str
) -> None:
    """A calendar that is shared with the company's service account. Connected is only what can be read now."""
    async with database.tenant(principal.tenant_id) as tx:
        account = await read_service_account(tx, google.keyring)
    if account is None:
        raise GoogleNotSetUp("the service account is not in the vault")
    now = google.clock()
    access = CalendarAccess(account, calendar_id)
    heard = await google.calendar.events(access, now, now + timedelta(days=1))
    if isinstance(heard, AccessLost):
        raise CalendarRefused("the service account's key is no longer good", extra={"reason": heard.reason})
    if isinstance(heard, CannotConfirm):
        if heard.reason in {"not_found", "refused"}:
            raise CalendarRefused("that calendar is not shared with us", extra={"reason": heard.reason})
        raise GoogleSilent
    async with database.tenant(principal.tenant_id) as tx:
        made = Connected("service_account", calendar_id, calendar_id, heard.zone)
        await write_connection(tx, seller, made, principal, now)


async def set_service_account(
    database: Database, google: GoogleDoor, principal: Principal, key_file: Secret
) -> tuple[str, int]:
    """Keep the key file once Google has taken it. Answers its address, and how many calendars it sees."""
    account = ServiceAccount(key_file)
    try:
        address = read_key_file(account).address
    except InvalidKeyError as error:
        raise UnusableKeyFile(str(error)) from None
    listed = await google.calendar.calendars(CalendarAccess(account))
    if isinstance(listed, AccessLost):
        raise UnusableKeyFile("Google does not take this key", extra={"reason": listed.reason})
    found = _listed(listed)
    now = google.clock()
    async with database.tenant(principal.tenant_id) as tx:
        await store_credential(tx, google.keyring, SERVICE_ACCOUNT, key_file)
        await tx.run(repository.SQL["revive_shared"], now=now)
        subject = f"credential:{SERVICE_ACCOUNT}"
        await record_event(tx, "credentials.set", severity="warning", user_id=principal.user_id, subject=subject)
    return address, len(found.entries)


async def disconnect(database: Database, google: GoogleDoor, principal: Principal, seller: NamedSeller) -> bool:
    """Forget the calendar, its events and its grant, then give the grant back; whether Google took it.

    Forgotten first: whatever Google answers, nothing is asked any more.
    """
    async with database.tenant(principal.tenant_id) as tx:
        one = (await reach(tx, google, [seller.id]))[seller.id]
        state = await mirror.sync_state(tx, seller.id)
        name = seller_grant_name(seller.id)
        try:
            grant = await read_credential(tx, google.keyring, name)
        except VaultError:
            grant = None
        if not await tx.run(repository.SQL["disconnect"], seller_id=seller.id):
            raise NotConnectedYet
        await tx.run(repository.SQL["delete_grant"], name=name)
        await _tell(tx, seller, "calendar.disconnected", principal)
    if isinstance(one, Connection) and state and state.watch_channel_id and state.watch_resource_id:
        channel = WatchChannel(state.watch_channel_id, state.watch_resource_id, state.watch_expires_at)
        await one.calendar.stop(one.access, channel)
    return grant is None or isinstance(await google.consent.revoke(grant), Done)


async def _connection(database: Database, google: GoogleDoor, tenant_id: int, seller_id: int) -> Connection:
    async with database.tenant(tenant_id) as tx:
        one = (await reach(tx, google, [seller_id]))[seller_id]
    if not isinstance(one, Connection):
        raise NotConnectedYet
    return one


def _listed(answer: CalendarEntries | CannotConfirm | AccessLost) -> CalendarEntries:
    if isinstance(answer, AccessLost):
        raise CalendarRefused("Google no longer lets us in", extra={"reason": answer.reason})
    if isinstance(answer, CannotConfirm):
        raise GoogleSilent
    return answer


async def _tell(tx: TenantTransaction, seller: NamedSeller, action: str, principal: Principal) -> None:
    subject = f"seller:{seller.id}"
    await record_event(tx, action, severity="warning", user_id=principal.user_id, subject=subject)
    await announce_seller(tx, seller.id, seller.user_id)
