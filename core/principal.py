"""Who is asking: the ids and the role that every use case receives, made only from a verified session or API key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NewType

if TYPE_CHECKING:
    from uuid import UUID

TenantId = NewType("TenantId", int)
UserId = NewType("UserId", int)

Role = Literal["ceo", "professional", "secretary", "setter", "closer"]
ROLES: Final[tuple[Role, ...]] = ("ceo", "professional", "secretary", "setter", "closer")


@dataclass(frozen=True, slots=True)
class Principal:
    """An authenticated, active user of one tenant. `session_id` is None for API keys and for the MCP server.

    `key_id` and `scopes` are of the API key that asks in the user's name: what the scopes do not hold, it may not do.
    """

    tenant_id: TenantId
    user_id: UserId
    role: Role
    session_id: UUID | None = None
    key_id: int | None = None
    scopes: frozenset[str] | None = None
