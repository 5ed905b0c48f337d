"""The stages of a company, in order; its ceo names and orders them, what they mean to the code stays."""

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

    `day_limit`: after how many days in it a lead is marked; None where it may stay.
    """

    id: int
    key: str
    name: str
    kind: Literal["open", "won", "lost"]
    position: int
    day_limit: int | None

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


async def write_stages(
    tx: TenantTransaction, ids: Sequence[int], names: Sequence[str], limits: Sequence[int | None]
) -> None:
    """Give the stages these names and limits, in this order."""
    await tx.run(SQL["write_stages"], ids=list(ids), names=list(names), limits=list(limits))


def version_of(stages: Sequence[Stage]) -> str:
    """Names these stages in this order with these names and limits."""
    told = [(stage.id, stage.name, stage.day_limit) for stage in stages]
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:16]
