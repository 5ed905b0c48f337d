"""The names of one's colleagues (permission `team.read`): no e-mail, no session, nobody who was not let in yet."""

from __future__ import annotations

from dataclasses import dataclass

from core.database import TenantTransaction
from core.principal import Role
from orchestrator_service.auth.repository import SQL


@dataclass(frozen=True, slots=True)
class Member:
    """A colleague; `active` is false for somebody suspended, whose name old records still carry."""

    id: int
    name: str
    role: Role
    active: bool


async def list_members(tx: TenantTransaction, *, after_id: int, most: int) -> list[Member]:
    """At most `most` colleagues above `after_id`, by id; the caller is one of them."""
    return await tx.all(SQL["list_members"], Member, after_id=after_id, most=most)
