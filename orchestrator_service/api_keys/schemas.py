"""API keys on the wire: the key itself leaves once, in the answer to its making."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from core.paging import LARGEST_ID
from core.principal import Role
from orchestrator_service.api_keys.models import ApiKey, Issued, NewApiKey

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00]*$")]
ScopeName = Annotated[str, StringConstraints(pattern=r"^[a-z_.]{1,50}$")]


class ApiKeyView(BaseModel):
    """One key. `hint` is its end; it acts in the name of `user_id`, as far as `scopes` and that user's role allow."""

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

    @classmethod
    def of(cls, key: ApiKey) -> ApiKeyView:
        """The key."""
        return cls(**{name: getattr(key, name) for name in ApiKey.__slots__})


class ApiKeysView(BaseModel):
    """A page of keys, and the scopes that keys may be given."""

    items: list[ApiKeyView]
    next_cursor: str | None
    scopes: list[str]


class IssuedKeyView(BaseModel):
    """A key that has just been made. `secret` is shown this once."""

    key: ApiKeyView
    secret: str

    @classmethod
    def of(cls, issued: Issued) -> IssuedKeyView:
        """The key and, this once, its secret."""
        return cls(key=ApiKeyView.of(issued.key), secret=issued.secret.reveal())


class NewKeyBody(BaseModel):
    """`POST /admin/core/api-keys`. Without `user_id` the key acts in the name of whoever makes it."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    scopes: Annotated[list[ScopeName], Field(min_length=1, max_length=60)]
    user_id: Annotated[int, Field(ge=1, le=LARGEST_ID)] | None = None
    expires_at: AwareDatetime | None = None

    def wanted(self) -> NewApiKey:
        """The key to be made; a scope that is named twice counts once."""
        return NewApiKey(self.name, tuple(dict.fromkeys(self.scopes)), self.user_id, self.expires_at)
