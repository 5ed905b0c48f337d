"""An API key as its company sees it: never the key itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from core.principal import Role
from core.secret import Secret


@dataclass(frozen=True, slots=True)
class ApiKey:
    """`hint` is the key's end; `last_used_at` is exact to a quarter of an hour. It acts in the name of `user_id`."""

    id: int
    name: str
    hint: str
    user_id: int
    user_name: str
    role: Role
    user_active: bool
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    rotated_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewApiKey:
    """A key to be made; `user_id` None stands for whoever makes it."""

    name: str
    scopes: tuple[str, ...]
    user_id: int | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose name a key shall act in."""

    role: Role
    active: bool


@dataclass(frozen=True, slots=True)
class Issued:
    """A key that has just been made, and the one moment at which it is known."""

    key: ApiKey
    secret: Secret = field(repr=False)
