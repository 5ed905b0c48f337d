"""The stages of a company, in order; its ceo adds, names, orders and removes them, the keys stay."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from core.database import TenantTransaction
from core.statements import sibling_statements
from orchestrator_service.pipeline.defaults import is_default_name

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class Stage:
    """A column of the board; `key` is what leads refer to, `name` what people read.

    `day_limit`: after how many days in it a lead is marked; None where it may stay. `probability`: out of a hundred,
    how likely one of its leads is won. `closed_to`: keys of the stages to which no lead goes from it.
    """

    id: int
    key: str
    name: str
    kind: Literal["open", "won", "lost"]
    position: int
    day_limit: int | None
    probability: int
    closed_to: list[str]

    @property
    def own_name(self) -> bool:
        """Whether the company gave it a name; the ones it began with are shown in each reader's language."""
        return not is_default_name(self.key, self.name)


async def list_stages(tx: TenantTransaction) -> list[Stage]:
    """Every stage, first to last."""
    return await tx.all(SQL["list_stages"], Stage)


async def lock_stages(tx: TenantTransaction) -> list[Stage]:
    """The same; nobody else changes them until the end of the transaction."""
    await tx.value(SQL["lock_stages"], int)
    return await list_stages(tx)


async def add_stage(tx: TenantTransaction, key: str, name: str, kind: str) -> int:
    """The new stage's id."""
    created = await tx.value(SQL["add_stage"], int, key=key, name=name, kind=kind)
    assert created is not None, "an insert answers its row"
    return created


async def write_stages(tx: TenantTransaction, stages: Sequence[Stage]) -> None:
    """Write all that the stages are but their keys; they stand in the order of the list."""
    await tx.run(
        SQL["write_stages"],
        ids=[stage.id for stage in stages],
        names=[stage.name for stage in stages],
        kinds=[stage.kind for stage in stages],
        limits=[stage.day_limit for stage in stages],
        probabilities=[stage.probability for stage in stages],
    )
    for stage in stages:
        await tx.run(SQL["close_moves"], stage_id=stage.id, closed_to=stage.closed_to)


async def open_stage(tx: TenantTransaction, key: str) -> None:
    """Nothing keeps leads in that stage or out of it any more."""
    await tx.run(SQL["forget_stage"], key=key)


async def remove_stage(tx: TenantTransaction, stage_id: int) -> None:
    """Take an empty stage away. Raises ConstraintViolated where a lead stands in it."""
    await tx.run(SQL["remove_stage"], stage_id=stage_id)
    await tx.run(SQL["close_ranks"])


def version_of(stages: Sequence[Stage]) -> str:
    """Names these stages in this order with all that can be changed of them."""
    told = [(stage.id, stage.name, stage.kind, stage.day_limit, stage.probability, stage.closed_to) for stage in stages]
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:16]
