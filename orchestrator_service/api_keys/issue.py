"""Make a key, or another secret for one: the only two moments at which a key is shown (ADR 0036)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from core.database import TenantTransaction
from core.directory import Directory
from core.errors import BadInput, Conflict, NotFound
from core.principal import Principal
from core.secret import Secret
from orchestrator_service.api_keys import repository
from orchestrator_service.api_keys.models import ApiKey, Issued, NewApiKey
from orchestrator_service.auth.api_keys import hash_of, hint_of, new_key
from orchestrator_service.auth.permissions import NEVER_BY_KEY, Permission, Scope, scope_of

MOST_KEYS: Final = 100
# What keys may be given, in the order of the table.
OFFERED: Final = tuple(permission for permission in Permission if permission not in NEVER_BY_KEY)


class UnknownScope(BadInput):
    """A scope that no key can have."""

    code = "unknown_scope"

    def __init__(self) -> None:
        super().__init__("no API key can have one of these scopes")


class ScopeBeyondRole(Conflict):
    """A scope that the user's role does not have: the key could never use it."""

    code = "scope_beyond_role"

    def __init__(self, scopes: list[str]) -> None:
        super().__init__("that user's role does not have all of these scopes", extra={"scopes": list(scopes)})


class OwnerInactive(Conflict):
    """A key acts in the name of somebody who may come in."""

    code = "owner_inactive"

    def __init__(self) -> None:
        super().__init__("that user may not come in")


class ExpiresInPast(BadInput):
    """A key that would never open anything."""

    code = "expires_in_past"

    def __init__(self) -> None:
        super().__init__("the end lies in the past")


class TooManyKeys(Conflict):
    """More keys than anybody keeps an eye on."""

    code = "too_many_keys"

    def __init__(self) -> None:
        super().__init__(f"a company keeps {MOST_KEYS} keys at most; revoke one first", extra={"most": MOST_KEYS})


class KeyRevoked(Conflict):
    """A revoked key stays revoked."""

    code = "key_revoked"

    def __init__(self) -> None:
        super().__init__("the key is revoked; make a new one")


async def create_key(
    tx: TenantTransaction, directory: Directory, principal: Principal, wanted: NewApiKey, *, now: datetime
) -> Issued:
    """A new key in the name of a user of the company.

    Raises NotFound, UnknownScope, ScopeBeyondRole, OwnerInactive, ExpiresInPast, TooManyKeys.
    """
    if wanted.expires_at is not None and wanted.expires_at <= now:
        raise ExpiresInPast
    user_id = wanted.user_id or principal.user_id
    await _check_scopes(tx, user_id, wanted.scopes)
    if await repository.count_keys(tx) >= MOST_KEYS:
        raise TooManyKeys
    secret = new_key()
    key_hash, hint = hash_of(secret), hint_of(secret)
    key_id = await repository.add_key(
        tx, wanted, user_id=user_id, author=principal.user_id, key_hash=key_hash, hint=hint, now=now
    )
    await directory.add(tx, "api_key", key_hash.hex(), tx.tenant_id, key_id)
    return Issued(await _read(tx, key_id), secret)


async def rotate_key(tx: TenantTransaction, directory: Directory, key_id: int, *, now: datetime) -> Issued:
    """Another secret for a key, which keeps its name, scopes and end. Raises NotFound, KeyRevoked."""
    await _read(tx, key_id)
    secret: Secret = new_key()
    key_hash = hash_of(secret)
    if not await repository.renew_key(tx, key_id, key_hash=key_hash, hint=hint_of(secret), now=now):
        raise KeyRevoked
    # The old secret stays filed: whoever still comes with it is told to this company, not to nobody.
    await directory.add(tx, "api_key", key_hash.hex(), tx.tenant_id, key_id)
    return Issued(await _read(tx, key_id), secret)


async def _check_scopes(tx: TenantTransaction, user_id: int, scopes: tuple[str, ...]) -> None:
    owner = await repository.find_owner(tx, user_id)
    if owner is None:
        raise NotFound
    if not owner.active:
        raise OwnerInactive
    offered = {permission.value: permission for permission in OFFERED}
    if not offered.keys() >= set(scopes):
        raise UnknownScope
    beyond = [scope for scope in scopes if scope_of(owner.role, offered[scope]) is Scope.NONE]
    if beyond:
        raise ScopeBeyondRole(beyond)


async def _read(tx: TenantTransaction, key_id: int) -> ApiKey:
    key = await repository.find_key(tx, key_id)
    if key is None:
        raise NotFound
    return key
