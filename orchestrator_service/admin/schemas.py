"""Users, the join code and the audit log on the wire."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from pydantic import BaseModel, ConfigDict, JsonValue

from core.principal import Role
from core.system_events import Severity
from orchestrator_service.audit.chain_state import ChainState
from orchestrator_service.audit.read_log import AuditLine
from orchestrator_service.auth.models import User, UserStatus


class AccountView(BaseModel):
    """An account as its ceo sees it. `totp`: it has a second factor in use.

    `reset_asked_at`: its password is forgotten, and a link is waited for.
    """

    id: int
    email: str
    name: str
    role: Role
    status: UserStatus
    created_at: datetime
    activated_at: datetime | None
    reset_asked_at: datetime | None
    totp: bool

    @classmethod
    def of(cls, user: User) -> AccountView:
        """The account."""
        return cls(**asdict(user))


class RoleBody(BaseModel):
    """`PATCH /admin/core/users/{id}`."""

    model_config = ConfigDict(extra="forbid")

    role: Role


class SecurityView(BaseModel):
    """What the company demands of its accounts."""

    model_config = ConfigDict(extra="forbid")

    require_totp: bool


class JoinCodeView(BaseModel):
    """What people register with; None where none was made yet."""

    code: str | None


class AuditLineView(BaseModel):
    """One line of the audit log. `detail` depends on `action`; an access has `method` and `status`.

    `erased` says that the personal part (`address`, `detail`) was emptied since.
    """

    id: int
    occurred_at: datetime
    action: str
    severity: Severity
    user_id: int | None
    subject: str | None
    request_id: str | None
    address: str | None
    detail: dict[str, JsonValue]
    erased: bool

    @classmethod
    def of(cls, line: AuditLine) -> AuditLineView:
        """The line."""
        return cls.model_validate(asdict(line))


class AuditNewsView(BaseModel):
    """How many lines are newer; a hundred are counted at most."""

    count: int


class ChainView(BaseModel):
    """How the chain of the audit log stands (`GET /admin/core/audit/chain`).

    Every event before `chained_until` is in the chain; None: the chain itself is missing. `intact` is False where the
    head that was noted outside the database at `checkpointed_at` is not in its place any more; both are None where
    nothing is noted yet, or the API is not told of the file: `nexus audit verify` always is.
    """

    links: int
    chained_until: datetime | None
    checkpointed_at: datetime | None
    intact: bool | None

    @classmethod
    def of(cls, state: ChainState) -> ChainView:
        """The state."""
        return cls(**asdict(state))
