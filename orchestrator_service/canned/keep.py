"""Keeping, changing and forgetting canned replies: the company's by who writes for it, one's own by everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from core.database import TenantTransaction
from core.database_errors import ConstraintViolated
from core.errors import BadInput, Conflict, Forbidden, NotFound
from core.outbox import emit
from core.principal import Principal
from core.resilience import optional
from orchestrator_service.auth.permissions import Permission, Scope, require
from orchestrator_service.canned import repository
from orchestrator_service.canned.models import Canned, CannedFields
from orchestrator_service.canned.variables import unknown_in

MOST_CANNED: Final = 200
_SHORTCUT_KEY: Final = "canned_replies_by_shortcut"


class ShortcutTaken(Conflict):
    """Another reply of the same hands has that shortcut."""

    code = "shortcut_taken"
    title = "Shortcut Taken"


class TooManyCanned(Conflict):
    """As many as one may keep."""

    code = "too_many_canned"
    title = "Too Many Canned Replies"


class UnknownVariable(BadInput):
    """A name in braces that nothing fills: it would be sent as it stands. `variables` says which."""

    code = "unknown_variable"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a person types; `shared`: for the whole company."""

    title: str
    shortcut: str
    body: str
    language: str | None
    shared: bool


async def list_canned(tx: TenantTransaction, principal: Principal) -> list[Canned]:
    """The company's replies and the caller's own, by shortcut."""

    async def query() -> list[Canned]:
        return await repository.list_canned(tx, principal.user_id)

    return await optional(tx, query, missing=[])


async def keep_canned(tx: TenantTransaction, principal: Principal, wording: Wording) -> Canned:
    """Add a reply. Raises Forbidden, UnknownVariable, ShortcutTaken, TooManyCanned."""
    fields = _judged(principal, wording)
    if await repository.count_canned(tx, fields.owner_user_id) >= MOST_CANNED:
        raise TooManyCanned(f"{MOST_CANNED} are kept at most")
    added = await repository.add_canned(tx, fields, principal.user_id)
    if added is None:
        raise ShortcutTaken("that shortcut is taken")
    await _announce(tx, principal, added)
    return added


async def change_canned(tx: TenantTransaction, principal: Principal, canned_id: int, wording: Wording) -> Canned:
    """Change a reply. Raises NotFound, and what `keep_canned` does."""
    before = await _demand(tx, principal, canned_id)
    fields = _judged(principal, wording)
    try:
        changed = await repository.change_canned(tx, canned_id, fields, principal.user_id)
    except ConstraintViolated as error:
        if error.constraint == _SHORTCUT_KEY:
            raise ShortcutTaken("that shortcut is taken") from error
        raise
    if changed is None:
        raise NotFound
    await _announce(tx, principal, before)
    await _announce(tx, principal, changed)
    return changed


async def forget_canned(tx: TenantTransaction, principal: Principal, canned_id: int) -> None:
    """Remove a reply. Raises NotFound, Forbidden."""
    found = await _demand(tx, principal, canned_id)
    await repository.remove_canned(tx, canned_id)
    await _announce(tx, principal, found)


async def _demand(tx: TenantTransaction, principal: Principal, canned_id: int) -> Canned:
    found = await repository.find_canned(tx, principal.user_id, canned_id)
    if found is None:
        raise NotFound
    _demand_right(principal, shared=found.owner_user_id is None)
    return found


def _judged(principal: Principal, wording: Wording) -> CannedFields:
    _demand_right(principal, shared=wording.shared)
    if unknown := unknown_in(wording.body):
        raise UnknownVariable("names in braces must be known variables", extra={"variables": list(unknown)})
    owner = None if wording.shared else int(principal.user_id)
    return CannedFields(wording.title, wording.shortcut, wording.body, wording.language, owner)


def _demand_right(principal: Principal, *, shared: bool) -> None:
    if require(principal, Permission.CANNED_WRITE) is not Scope.TENANT and shared:
        raise Forbidden("the company's replies are written by others")


async def _announce(tx: TenantTransaction, principal: Principal, canned: Canned) -> None:
    """Whoever may see it reads the list anew."""
    shared = canned.owner_user_id is None
    await emit(
        tx,
        "CANNED_UPDATED",
        {"id": canned.id},
        owner_user_id=None if shared else principal.user_id,
        audience="everyone" if shared else "user",
    )
