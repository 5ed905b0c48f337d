"""From an API key to a principal, for each request afresh (PRODUCT §15, ADR 0036)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.client_address import rate_key
from core.errors import Forbidden, NexusError, Unauthorized
from core.principal import Principal, Role, TenantId, UserId
from core.rate_limit import parse_rule
from core.secret import Secret
from core.statements import load_statements
from core.system_events import NO_TENANT
from orchestrator_service.auth.api_keys import hash_of, is_key
from orchestrator_service.auth.authenticate import Authenticated

if TYPE_CHECKING:
    from core.directory import Entry
    from orchestrator_service.auth.door import AccessDoor

SQL = load_statements(Path(__file__).with_name("bearer.sql"))
PER_KEY: Final = parse_rule("600/minute", "api_key")
FAILURES: Final = parse_rule("20/minute", "api_key.refused")
# How exact "last used" is: a write each quarter of an hour, not one a request.
COARSE: Final = timedelta(minutes=15)
_SCHEME: Final = "bearer"


class InvalidKey(Unauthorized):
    """No valid API key: unknown, revoked, run out, or its user or company may not come in. Which is not told."""

    code = "key_invalid"
    title = "API Key Invalid"


class TwoCredentials(NexusError):
    """A session and an API key in one request: whose rights would count is not guessed."""

    status = 400
    code = "two_credentials"
    title = "Two Credentials"

    def __init__(self) -> None:
        super().__init__("send the session's cookie or an API key, not both")


class SessionRequired(Forbidden):
    """What a person does for themselves, logged in; no API key can."""

    code = "session_required"
    title = "Session Required"

    def __init__(self) -> None:
        super().__init__("an API key cannot do this; log in")


@dataclass(frozen=True, slots=True)
class LiveKey:
    """A key that counts, and whose name it acts in. `unnoted`: that it is in use is to be written down again."""

    key_id: int
    user_id: int
    role: Role
    scopes: list[str]
    owes_totp: bool
    unnoted: bool


def bearer_of(header: str | None) -> Secret | None:
    """The token of an `Authorization: Bearer …`; None for no header and for another scheme, a proxy's own perhaps."""
    scheme, _, token = (header or "").strip().partition(" ")
    return Secret(token.strip()) if scheme.lower() == _SCHEME else None


async def authenticate_key(door: AccessDoor, key: Secret, address: str) -> Authenticated:
    """Who asks by that key. Raises InvalidKey, and TooManyRequests both for a busy key and for a guessing address."""
    key_hash = hash_of(key)
    place = await _place_of(door, key, key_hash)
    found = await _live(door, place.tenant_id, key_hash) if place else None
    if place is None or found is None:
        await _tell_refusal(door, place, address)
        raise InvalidKey
    await door.limiter.check_limits(PER_KEY, f"{place.tenant_id}:{found.key_id}")
    principal = Principal(
        TenantId(place.tenant_id),
        UserId(found.user_id),
        found.role,
        key_id=found.key_id,
        scopes=frozenset(found.scopes),
    )
    return Authenticated(principal, found.owes_totp)


async def _place_of(door: AccessDoor, key: Secret, key_hash: bytes) -> Entry | None:
    known = door.key_places.get(key_hash)
    if known is not None or not is_key(key.reveal()):
        return known
    found = await door.directory.find(door.database, "api_key", key_hash.hex())
    if found is not None:
        door.key_places.put(key_hash, found)
    return found


async def _live(door: AccessDoor, tenant_id: int, key_hash: bytes) -> LiveKey | None:
    now: datetime = door.clock()
    async with door.database.tenant(tenant_id) as tx:
        found = await tx.one(SQL["live_key"], LiveKey, key_hash=key_hash, now=now, noted_since=now - COARSE)
        if found is not None and found.unnoted:
            await tx.run(SQL["note_use"], key_id=found.key_id, now=now, noted_since=now - COARSE)
    return found


async def _tell_refusal(door: AccessDoor, place: Entry | None, address: str) -> None:
    """Somebody came with a key that opens nothing: its company is told where it once had one, else the operator."""
    tenant_id = place.tenant_id if place else NO_TENANT
    subject = f"api_key:{place.ref}" if place else None
    await door.alarm.ring("auth.key_refused", cause=address, tenant_id=tenant_id, subject=subject, address=address)
    await door.limiter.check_limits(FAILURES, rate_key(address))
