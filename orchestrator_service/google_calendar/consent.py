"""A seller connects a calendar through Google's consent page (PRODUCT §11.6).

The state is random, used once, for ten minutes, and only in the session that asked for it: nobody connects a calendar
in somebody else's name. The PKCE verifier waits sealed in the database, never in the browser.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal, TypeAlias

from core.channels import store_credential
from core.credential_names import seller_grant_name
from core.credentials import open_sealed, seal
from core.database import Database, TenantTransaction
from core.errors import Forbidden, NotFound
from core.google.access import CalendarAccess, Granted, OAuthClient, SellerGrant
from core.google.consent import challenge_of, new_verifier
from core.google.outcomes import CalendarEntries, GrantRefused, Unknown
from core.principal import Principal, UserId
from core.resilience import optional
from core.secret import Secret
from core.system_events import record_event
from orchestrator_service.auth.permissions import Permission, visible
from orchestrator_service.google_calendar import repository
from orchestrator_service.google_calendar.access import read_client
from orchestrator_service.google_calendar.connecting import Connected, write_connection
from orchestrator_service.google_calendar.door import GoogleDoor
from orchestrator_service.google_calendar.errors import GoogleNotSetUp
from orchestrator_service.google_calendar.models import NamedSeller

VALID_FOR: Final = timedelta(minutes=10)
CALLBACK: Final = "/agenda/google/callback"
_STATE_BYTES: Final = 32
# Where the browser came back from Google, and how it went: the page says so.
Return: TypeAlias = Literal["connected", "denied", "expired", "scopes", "refused", "silent"]


@dataclass(frozen=True, slots=True)
class CameBack:
    """What Google's redirect carries."""

    state: str
    code: str | None
    error: str | None


async def seller_to_change(tx: TenantTransaction, principal: Principal, seller_id: int) -> NamedSeller:
    """The seller, where the caller may change their calendar. Raises NotFound."""
    seller = await repository.find_seller(tx, seller_id)
    owner = UserId(seller.user_id) if seller is not None and seller.user_id is not None else None
    if seller is None or not visible(principal, Permission.SELLERS_WRITE, owner):
        raise NotFound
    return seller


async def begin_consent(
    tx: TenantTransaction, google: GoogleDoor, principal: Principal, seller_id: int, redirect_uri: str
) -> str:
    """The address of Google's page. Raises NotFound, GoogleNotSetUp, Forbidden without a browser's session."""
    seller = await seller_to_change(tx, principal, seller_id)
    client = await read_client(tx, google.keyring)
    if client is None:
        raise GoogleNotSetUp("the OAuth client is not in the vault")
    if principal.session_id is None:
        raise Forbidden("a calendar is connected in a browser")
    state, verifier = secrets.token_urlsafe(_STATE_BYTES), new_verifier()
    now = google.clock()
    await tx.run(repository.SQL["forget_stale_consents"], now=now)
    await tx.run(
        repository.SQL["store_consent"],
        state_hash=_hash(state),
        seller_id=seller.id,
        session_id=principal.session_id,
        sealed_verifier=seal(google.keyring, verifier, tenant_id=tx.tenant_id, name=_name(state)),
        expires_at=now + VALID_FOR,
    )
    await record_event(tx, "calendar.consent_asked", user_id=principal.user_id, subject=f"seller:{seller.id}")
    return google.consent.consent_url(client, redirect_uri=redirect_uri, state=state, challenge=challenge_of(verifier))


async def finish_consent(
    database: Database, google: GoogleDoor, principal: Principal, came: CameBack, redirect_uri: str
) -> Return:
    """Change the code for a grant and keep it. Whatever goes wrong, what was connected before stays as it was."""
    async with database.tenant(principal.tenant_id) as tx:
        taken = await _take(tx, google, principal, came.state)
        client = await read_client(tx, google.keyring) if taken else None
    if taken is None or client is None:
        return "expired"
    if came.error is not None or not came.code:
        return "denied"
    granted = await google.consent.exchange(client, code=came.code, verifier=taken.verifier, redirect_uri=redirect_uri)
    if not isinstance(granted, Granted):
        return _failure(granted)
    if granted.missing_scopes:
        await google.consent.revoke(granted.refresh_token)
        return "scopes"
    return await _keep(database, google, principal, taken.seller_id, client, granted)


@dataclass(frozen=True, slots=True)
class _Taken:
    seller_id: int
    verifier: Secret


async def _take(tx: TenantTransaction, google: GoogleDoor, principal: Principal, state: str) -> _Taken | None:
    """What was kept for this state and session, if it is still good; it is no more afterwards."""
    asked = {"state_hash": _hash(state), "session_id": principal.session_id, "now": google.clock()}
    row = await optional(tx, lambda: tx.one(repository.SQL["take_consent"], _Row, **asked), missing=None)
    if row is None:
        return None
    name = _name(state)
    verifier = open_sealed(google.keyring, row.sealed_verifier, tenant_id=tx.tenant_id, name=name)
    return _Taken(row.seller_id, verifier)


async def _keep(  # noqa: PLR0917 - who grants what to whom
    database: Database,
    google: GoogleDoor,
    principal: Principal,
    seller_id: int,
    client: OAuthClient,
    granted: Granted,
) -> Return:
    grant = SellerGrant(client, granted.refresh_token)
    listed = await google.calendar.calendars(CalendarAccess(grant))
    entries = listed.entries if isinstance(listed, CalendarEntries) else ()
    own = next((entry for entry in entries if entry.primary), None)
    async with database.tenant(principal.tenant_id) as tx:
        seller = await seller_to_change(tx, principal, seller_id)
        await store_credential(tx, google.keyring, seller_grant_name(seller.id), granted.refresh_token)
        await write_connection(tx, seller, Connected.of("oauth", own), principal, google.clock())
    return "connected"


def _failure(answer: GrantRefused | Unknown) -> Return:
    return "refused" if isinstance(answer, GrantRefused) else "silent"


@dataclass(frozen=True, slots=True)
class _Row:
    seller_id: int
    sealed_verifier: str


def _hash(state: str) -> bytes:
    return hashlib.sha256(state.encode(errors="replace")).digest()


def _name(state: str) -> str:
    """What the sealed verifier is bound to: it opens for its own state alone."""
    return f"google:consent:{_hash(state).hex()}"
