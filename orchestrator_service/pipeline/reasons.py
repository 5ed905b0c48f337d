"""Why leads are lost, as the company says it: a list that it keeps, of which a lead keeps the words (PRODUCT §12.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.database import TenantTransaction
from core.database_errors import ConstraintViolated
from core.errors import BadInput, Conflict, NotFound
from core.outbox import emit
from core.resilience import optional
from core.statements import load_statements

SQL = load_statements(Path(__file__).with_name("reasons.sql"))
MOST_REASONS: Final = 50
_NAME_KEY: Final = "lost_reasons_by_name"


@dataclass(frozen=True, slots=True)
class LostReason:
    """A row of `lost_reasons`; an archived one is asked for no more, and stays with the leads that have it."""

    id: int
    name: str
    archived: bool


class ReasonTaken(Conflict):
    """The company has a reason of that name, however it is written; an archived one perhaps."""

    code = "reason_taken"
    title = "Reason Taken"


class TooManyReasons(Conflict):
    """As many as a company may have."""

    code = "too_many_reasons"
    title = "Too Many Reasons"


class ReasonsChanged(Conflict):
    """The list that was ordered is not the one there is."""

    code = "reasons_changed"
    title = "Reasons Changed"


class UnknownReason(BadInput):
    """The company's list has no such reason; `extra.reasons` are those that it has."""

    code = "unknown_lost_reason"


async def list_reasons(tx: TenantTransaction) -> list[LostReason]:
    """Every reason in its order, archived ones last."""

    async def query() -> list[LostReason]:
        return await tx.all(SQL["list_reasons"], LostReason)

    return await optional(tx, query, missing=[])


async def add_reason(tx: TenantTransaction, name: str) -> LostReason:
    """Add a reason at the end. Raises ReasonTaken, TooManyReasons."""
    if len(await lock_reasons(tx)) >= MOST_REASONS:
        raise TooManyReasons(f"{MOST_REASONS} reasons are kept at most")
    added = await tx.value(SQL["add_reason"], int, name=name)
    if added is None:
        raise ReasonTaken("a reason has that name")
    await _announce(tx)
    return LostReason(added, name, archived=False)


async def write_reason(
    tx: TenantTransaction, reason_id: int, *, name: str | None, archived: bool | None
) -> tuple[LostReason, LostReason]:
    """Change what is given; answers what it was and is. Raises NotFound, ReasonTaken."""
    before = next((one for one in await lock_reasons(tx) if one.id == reason_id), None)
    if before is None:
        raise NotFound
    after = LostReason(
        before.id,
        before.name if name is None else name,
        archived=before.archived if archived is None else archived,
    )
    try:
        await tx.run(SQL["write_reason"], reason_id=reason_id, name=after.name, archived=after.archived)
    except ConstraintViolated as error:
        if error.constraint == _NAME_KEY:
            raise ReasonTaken("a reason has that name") from error
        raise
    await _announce(tx)
    return before, after


async def order_reasons(tx: TenantTransaction, ids: Sequence[int]) -> list[LostReason]:
    """Put all reasons in use in this order. Raises ReasonsChanged where these are not all of them."""
    known = await lock_reasons(tx)
    if sorted(ids) != sorted(one.id for one in known if not one.archived):
        raise ReasonsChanged("the reasons are others meanwhile")
    await tx.run(SQL["order_reasons"], ids=list(ids))
    await _announce(tx)
    return await list_reasons(tx)


async def lock_reasons(tx: TenantTransaction) -> list[LostReason]:
    """Every reason; nobody else changes them until the end of the transaction."""
    await tx.value(SQL["lock_company"], int)
    return await tx.all(SQL["list_reasons"], LostReason)


async def reason_in_use(tx: TenantTransaction, said: str) -> str:
    """The reason as the company writes it. Raises UnknownReason; a company without a list takes any words."""
    known = [one.name for one in await list_reasons(tx) if not one.archived]
    found = _same(known, said)
    if found is None and known:
        raise UnknownReason(
            "the company's list has no such reason: take one of it, or say it as lost_reason_other",
            extra={"reasons": [*known]},
        )
    return found or said


async def own_words(tx: TenantTransaction, said: str) -> str:
    """Words of somebody's own, as the company writes them where its list has them after all."""
    return _same([one.name for one in await list_reasons(tx) if not one.archived], said) or said


def _same(names: Sequence[str], said: str) -> str | None:
    return next((name for name in names if name.casefold() == said.casefold()), None)


async def _announce(tx: TenantTransaction) -> None:
    await emit(tx, "SETTINGS_UPDATED", {"section": "lost_reasons"}, owner_user_id=None, audience="everyone")
