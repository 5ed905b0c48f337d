"""Accounts on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Final, Literal, TypeAlias
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, SecretStr, StringConstraints

from core.principal import ROLES, Role
from core.secret import Secret
from core.vocabulary import Vocabulary, VocabularyWords
from orchestrator_service.auth.members import Member
from orchestrator_service.auth.models import Profile, Session
from orchestrator_service.auth.permissions import Permission, Scope, allowed_permissions, scope_of

Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        to_lower=True,
        max_length=254,
        pattern=r"^[!-?A-~]{1,64}@[!-?A-~]{1,186}\.[!-?A-~]{2,63}$",
    ),
]
PersonName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")
]


class Bounded:
    """A validator of secrets: so long, and no half characters (lone surrogates), which nothing could hash."""

    def __init__(self, what: str, most: int) -> None:
        self._what = what
        self._most = most

    def __call__(self, value: SecretStr) -> SecretStr:
        """The value. Raises ValueError, without it."""
        text = value.get_secret_value()
        if not 1 <= len(text) <= self._most or any("\ud800" <= char <= "\udfff" for char in text):
            raise ValueError(f"a {self._what} of 1 to {self._most} characters")
        return value


LONGEST_PASSWORD_SENT = 1024
Password = Annotated[SecretStr, AfterValidator(Bounded("password", LONGEST_PASSWORD_SENT))]


def as_secret(value: SecretStr) -> Secret:
    """From the wire's type to ours."""
    return Secret(value.get_secret_value())


class LoginBody(BaseModel):
    """`POST /auth/login`."""

    model_config = ConfigDict(extra="forbid")

    email: Email
    password: Password


class RegisterBody(BaseModel):
    """`POST /auth/register`. The role is a wish that the ceo confirms."""

    model_config = ConfigDict(extra="forbid")

    join_code: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    email: Email
    name: PersonName
    role: Literal["professional", "secretary", "setter", "closer"]
    password: Password


class Accepted(BaseModel):
    """The one answer of a registration, whatever became of it."""

    status: Literal["accepted"] = "accepted"


class Granted(BaseModel):
    """One right and how far it reaches: `own`, `unassigned_and_own` or `tenant`."""

    permission: str
    scope: str


ScopeName: TypeAlias = Literal["none", "own", "unassigned_and_own", "tenant"]
_SCOPE_NAMES: Final[Mapping[Scope, ScopeName]] = {
    Scope.NONE: "none",
    Scope.OWN: "own",
    Scope.UNASSIGNED_AND_OWN: "unassigned_and_own",
    Scope.TENANT: "tenant",
}


class PermissionRow(BaseModel):
    """One line of the permission table: how far each role reaches."""

    permission: Permission
    scopes: dict[Role, ScopeName]


class RoleList(BaseModel):
    """`GET /auth/roles`: the permission table in its own order."""

    roles: list[Role]
    items: list[PermissionRow]

    @classmethod
    def of_table(cls) -> RoleList:
        """All of it."""
        rows = [
            PermissionRow(
                permission=permission, scopes={role: _SCOPE_NAMES[scope_of(role, permission)] for role in ROLES}
            )
            for permission in Permission
        ]
        return cls(roles=list(ROLES), items=rows)


class TenantView(BaseModel):
    """The company somebody is logged in to. `zone` is an IANA name; `vocabulary` is what it calls those who buy.

    `vocabulary_words` are its own words in their place, by language: `{"es": {"one": "socia", "many": "socias"}}`.
    """

    id: int
    name: str
    mode: Literal["demo", "live"]
    language: Literal["es", "en", "pt"]
    zone: str
    currency: str
    vocabulary: Vocabulary
    vocabulary_words: VocabularyWords
    agent_name: str
    agent_mode: Literal["autopilot", "draft", "off"]
    takeover_hours: int


class UserView(BaseModel):
    """The account somebody is logged in with."""

    id: int
    email: str
    name: str
    role: Role


class MeView(BaseModel):
    """`GET /auth/me`. `owes_totp`: the company wants a second factor, and all that is left to do is to set one up."""

    user: UserView
    tenant: TenantView
    permissions: list[Granted]
    owes_totp: bool

    @classmethod
    def of(cls, profile: Profile, *, owes_totp: bool) -> MeView:
        """The profile with the rights of its role."""
        return cls(
            user=UserView(id=profile.id, email=profile.email, name=profile.name, role=profile.role),
            tenant=TenantView(
                id=profile.tenant_id,
                name=profile.tenant_name,
                mode=profile.mode,
                language=profile.language,
                zone=profile.zone,
                currency=profile.currency,
                vocabulary=profile.vocabulary,
                vocabulary_words=profile.vocabulary_words,
                agent_name=profile.agent_name,
                agent_mode=profile.agent_mode,
                takeover_hours=profile.takeover_hours,
            ),
            owes_totp=owes_totp,
            permissions=[
                Granted(permission=permission.value, scope=scope.name.lower())
                for permission, scope in allowed_permissions(profile.role).items()
            ],
        )


class SessionView(BaseModel):
    """One login. `current` is the one that asks."""

    id: UUID
    created_at: datetime
    expires_at: datetime
    address: str | None
    user_agent: str | None
    current: bool

    @classmethod
    def of(cls, session: Session, current: UUID | None) -> SessionView:
        """The session, and whether it is the one that asks."""
        return cls(
            id=session.id,
            created_at=session.created_at,
            expires_at=session.expires_at,
            address=session.address,
            user_agent=session.user_agent,
            current=session.id == current,
        )


class SessionList(BaseModel):
    """`GET /auth/sessions`: newest first, a hundred at most."""

    items: list[SessionView]


class MemberView(BaseModel):
    """A colleague. `active` is false for somebody suspended, whose name old records still carry."""

    id: int
    name: str
    role: Role
    active: bool

    @classmethod
    def of(cls, member: Member) -> MemberView:
        """The colleague."""
        return cls.model_validate(member, from_attributes=True)
