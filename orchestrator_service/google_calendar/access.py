"""By which right each seller's calendar is reached: the row, and its secrets from the vault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from core.channels import read_credential
from core.credential_names import seller_grant_name
from core.credentials import Keyring, VaultError
from core.database import TenantTransaction
from core.google.access import CalendarAccess, Credentials, OAuthClient, SellerGrant, ServiceAccount
from core.google.outcomes import AccessLost, CannotConfirm
from orchestrator_service.google_calendar import repository
from orchestrator_service.google_calendar.door import GoogleDoor
from orchestrator_service.google_calendar.models import Connection, NotConnected, SellerCalendarRow, Unusable

SERVICE_ACCOUNT: Final = "google:service_account"
CLIENT_ID: Final = "google:client_id"
CLIENT_SECRET: Final = "google:client_secret"  # noqa: S105 - a name
VAULT_SHUT: Final = CannotConfirm("refused", "vault")


async def access_of(
    tx: TenantTransaction, google: GoogleDoor, seller_ids: Sequence[int]
) -> Mapping[int, Connection | CannotConfirm | NotConnected]:
    """How each seller's calendar is reached; make no call while `tx` is open.

    A connection whose right is gone, or whose secret does not open, cannot confirm anything: it is never "not
    connected", or a seller would be offered blindly for as long as the trouble lasts.
    """
    reached = await reach(tx, google, seller_ids)
    return {seller_id: one.why if isinstance(one, Unusable) else one for seller_id, one in reached.items()}


async def reach(
    tx: TenantTransaction, google: GoogleDoor, seller_ids: Sequence[int]
) -> Mapping[int, Connection | Unusable | NotConnected]:
    """The same, with the row of what cannot be used."""
    rows = {row.seller_id: row for row in await repository.connections(tx, seller_ids)}
    return {
        seller_id: await _of(tx, google, rows[seller_id]) if seller_id in rows else NotConnected()
        for seller_id in seller_ids
    }


async def read_client(tx: TenantTransaction, keyring: Keyring) -> OAuthClient | None:
    """The company's OAuth client; None until both of its halves are in the vault. Raises VaultError."""
    client_id = await read_credential(tx, keyring, CLIENT_ID)
    secret = await read_credential(tx, keyring, CLIENT_SECRET)
    return OAuthClient(client_id.reveal(), secret) if client_id and secret else None


async def read_service_account(tx: TenantTransaction, keyring: Keyring) -> ServiceAccount | None:
    """The company's service account, where it has one. Raises VaultError."""
    key_file = await read_credential(tx, keyring, SERVICE_ACCOUNT)
    return ServiceAccount(key_file) if key_file else None


async def _of(tx: TenantTransaction, google: GoogleDoor, row: SellerCalendarRow) -> Connection | Unusable:
    if row.demo and not google.local:
        return Unusable(row, CannotConfirm("refused", "demo"))  # a demo company reaches no provider
    if row.state == "lost":
        return Unusable(row, CannotConfirm("refused", row.last_error or "lost"))
    try:
        credentials = await credentials_of(tx, google.keyring, row)
    except VaultError:
        return Unusable(row, VAULT_SHUT)
    if isinstance(credentials, AccessLost):
        return Unusable(row, CannotConfirm("refused", credentials.reason))
    return Connection(row.seller_id, row, CalendarAccess(credentials, row.calendar_id), google.calendar)


async def credentials_of(tx: TenantTransaction, keyring: Keyring, row: SellerCalendarRow) -> Credentials | AccessLost:
    """What the vault holds for the connection. AccessLost where something of it was taken out. Raises VaultError."""
    if row.kind == "service_account":
        return await read_service_account(tx, keyring) or AccessLost("no_key")
    client = await read_client(tx, keyring)
    grant = await read_credential(tx, keyring, seller_grant_name(row.seller_id))
    return SellerGrant(client, grant) if client and grant else AccessLost("no_key")
