"""Pairs of leads that may be one person: those of one lead or of the company, and what somebody said about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from core.database import TenantTransaction
from core.errors import NotFound
from core.json_types import JsonObject
from core.principal import Principal, UserId
from core.resilience import optional
from orchestrator_service.auth.permissions import Permission, owner_filter, visible
from orchestrator_service.leads.edit import read_lead
from orchestrator_service.merging.repository import SQL
from orchestrator_service.merging.score import LEAST, score_of

MOST_OF_A_KEY = 20
Shown: TypeAlias = Literal["open", "dismissed"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two leads that may be one person: `score` 0 to 100, for `reasons`."""

    id: int
    score: int
    reasons: list[str]
    state: Shown
    found_at: datetime
    low: JsonObject
    high: JsonObject


@dataclass(frozen=True, slots=True)
class _Found:
    low_id: int
    high_id: int
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class _Standing:
    low_id: int
    high_id: int
    low_owner: int | None
    high_owner: int | None
    state: str


async def look_up(tx: TenantTransaction, lead_ids: Sequence[int]) -> int:
    """Compare these leads with whoever shares a key with them, and keep what was found; answers how many pairs."""
    found = await tx.all(SQL["find_pairs"], _Found, lead_ids=list(lead_ids), most=MOST_OF_A_KEY)
    scored = [(pair, score_of(pair.reasons)) for pair in found]
    pairs: list[JsonObject] = [
        {"low_id": pair.low_id, "high_id": pair.high_id, "score": score, "reasons": pair.reasons}
        for pair, score in scored
        if score >= LEAST
    ]
    await tx.run(SQL["forget_pairs"], lead_ids=list(lead_ids), pairs=pairs)
    await tx.run(SQL["keep_pairs"], pairs=pairs)
    return len(pairs)


async def list_pairs(
    tx: TenantTransaction, principal: Principal, state: Shown, *, before: tuple[int, int], most: int
) -> list[Pair]:
    """At most `most` pairs whose leads the caller may both change, below `before` (score, id), the surest first."""
    return await _list(tx, principal, state, None, before=before, most=most)


async def pairs_of_lead(tx: TenantTransaction, principal: Principal, lead_id: int, most: int) -> list[Pair]:
    """Who else may be this lead, looked up now. Raises NotFound out of scope."""
    await read_lead(tx, principal, lead_id)

    async def query() -> list[Pair]:
        await look_up(tx, [lead_id])
        return await _list(tx, principal, "open", lead_id, before=(101, 0), most=most)

    return await optional(tx, query, missing=[])


async def decide(tx: TenantTransaction, principal: Principal, pair_id: int, state: Shown) -> None:
    """«Not the same person», or taking that back. Raises NotFound where one of the two is out of scope."""
    pair = await tx.one(SQL["find_pair"], _Standing, pair_id=pair_id)
    if pair is None or not all(_reached(principal, owner) for owner in (pair.low_owner, pair.high_owner)):
        raise NotFound
    await tx.run(SQL["decide_pair"], pair_id=pair_id, state=state, user_id=principal.user_id)


def _reached(principal: Principal, owner: int | None) -> bool:
    return visible(principal, Permission.LEADS_WRITE, UserId(owner) if owner is not None else None)


async def _list(
    tx: TenantTransaction,
    principal: Principal,
    state: Shown,
    lead_id: int | None,
    *,
    before: tuple[int, int],
    most: int,
) -> list[Pair]:
    scope = owner_filter(principal, Permission.LEADS_WRITE)
    place = {"before_score": before[0], "before_id": before[1], "most": most}
    wanted = {"state": state, "lead_id": lead_id, "owner": scope.owner, "unassigned": scope.unassigned}

    async def query() -> list[Pair]:
        return await tx.all(SQL["list_pairs"], Pair, **wanted, **place)

    return await optional(tx, query, missing=[])
