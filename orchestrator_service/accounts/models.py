"""Invitations, and links that work once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from core.principal import Role
from core.secret import Secret
from orchestrator_service.auth.link_tokens import Purpose

Origin: TypeAlias = Literal["person", "ceo", "operator"]
MailState: TypeAlias = Literal["waiting", "sent", "refused"]


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """Whom a ceo wants. `email` is lower case; `role` is never ceo."""

    email: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that is neither accepted nor taken back; its link may have expired. `mail` is None without one."""

    id: int
    email: str
    name: str
    role: Role
    created_at: datetime
    expires_at: datetime | None
    mail: MailState | None


@dataclass(frozen=True, slots=True)
class Issued:
    """A link that was made. `link` is None where it leaves by mail: then nobody but its recipient sees it."""

    link: Secret | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """Whom a link that still counts is for. `role` is that of an invitation."""

    email: str
    name: str
    role: Role | None
    company: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class UsedLink:
    """A link at the moment at which it was used up: one user never sees another's."""

    user_id: int | None
    invitation_id: int | None
    origin: Origin
    created_by: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class DueMail:
    """A mail that waits to be sent. `sealed` holds its token; `inviter` is None for a reset."""

    purpose: Purpose
    email: str
    name: str
    company: str
    language: Literal["es", "en", "pt"]
    inviter: str | None
    jti: str
    sealed: str = field(repr=False)
