"""Invitations, links and passwords on the wire."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, SecretStr, StringConstraints

from core.principal import Role
from orchestrator_service.accounts.models import Invitation, Issued, LinkTarget
from orchestrator_service.auth.link_tokens import Purpose
from orchestrator_service.auth.schemas import Bounded, Email, Password, PersonName
from orchestrator_service.auth.signed import LONGEST

Token = Annotated[SecretStr, AfterValidator(Bounded("token", LONGEST))]


class ForgotBody(BaseModel):
    """`POST /auth/forgot`."""

    model_config = ConfigDict(extra="forbid")

    email: Email


class LinkBody(BaseModel):
    """`POST /auth/link`: in the body, since addresses are written into logs."""

    model_config = ConfigDict(extra="forbid")

    purpose: Purpose
    token: Token


class LinkView(BaseModel):
    """Whom a link is for. `role` is that of an invitation."""

    email: str
    name: str
    role: Role | None
    company: str
    expires_at: datetime

    @classmethod
    def of(cls, target: LinkTarget) -> LinkView:
        """The target."""
        return cls(**asdict(target))


class NewPasswordBody(BaseModel):
    """`POST /auth/reset` and `POST /auth/invitation`."""

    model_config = ConfigDict(extra="forbid")

    token: Token
    password: Password


class ChangePasswordBody(BaseModel):
    """`POST /auth/password`."""

    model_config = ConfigDict(extra="forbid")

    old: Password
    new: Password


class InviteBody(BaseModel):
    """`POST /admin/core/invitations`."""

    model_config = ConfigDict(extra="forbid")

    email: Email
    name: PersonName
    role: Literal["professional", "secretary", "setter", "closer"]


class InvitationView(BaseModel):
    """An open invitation. `mail` is null where its link was shown; after `expires_at` it has to be sent again."""

    id: int
    email: str
    name: str
    role: Role
    created_at: datetime
    expires_at: datetime | None
    mail: Literal["waiting", "sent", "refused"] | None

    @classmethod
    def of(cls, invitation: Invitation) -> InvitationView:
        """The invitation."""
        return cls(**asdict(invitation))


class IssuedView(BaseModel):
    """A link that was made: to be handed over, this once; null where it leaves by mail."""

    link: Annotated[str, StringConstraints(max_length=2000)] | None
    expires_at: datetime

    @classmethod
    def of(cls, issued: Issued) -> IssuedView:
        """The link."""
        return cls(link=issued.link.reveal() if issued.link else None, expires_at=issued.expires_at)


class InvitedView(BaseModel):
    """An invitation with the link that was made for it."""

    invitation: InvitationView
    issued: IssuedView

    @classmethod
    def of(cls, made: tuple[Invitation, Issued]) -> InvitedView:
        """Both."""
        return cls(invitation=InvitationView.of(made[0]), issued=IssuedView.of(made[1]))
