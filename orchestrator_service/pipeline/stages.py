"""The stages of a company, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.database import TenantTransaction
from core.statements import sibling_statements

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class Stage:
    """A column of the board; `key` is what leads refer to, `name` what people read."""

    id: int
    key: str
    name: str
    kind: Literal["open", "won", "lost"]
    position: int


async def list_stages(tx: TenantTransaction) -> list[Stage]:
    """Every stage, first to last."""
    return await tx.all(SQL["list_stages"], Stage)
