"""Accounts and their sessions, as the slice passes them around."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias
from uuid import UUID

from core.principal import Role
from core.vocabulary import Vocabulary, VocabularyWords

UserStatus: TypeAlias = Literal["pending", "active", "suspended"]


@dataclass(frozen=True, slots=True)
class NewUser:
    """An account to be made. `email` is lower case; `password_hash` comes from `PasswordHasherPool.hash`."""

    email: str
    name: str
    role: Role
    status: UserStatus
    password_hash: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Account:
    """What a login needs to know."""

    id: int
    email: str
    name: str
    role: Role
    status: UserStatus
    password_hash: str = field(repr=False)
    tenant_active: bool


@dataclass(frozen=True, slots=True)
class User:
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


@dataclass(frozen=True, slots=True)
class Profile:
    """Who is logged in, and in which company. `takeover_hours`: how long the agent is silent once a person answers."""

    id: int
    email: str
    name: str
    role: Role
    tenant_id: int
    tenant_name: str
    mode: Literal["demo", "live"]
    language: Literal["es", "en", "pt"]
    zone: str
    currency: str
    vocabulary: Vocabulary
    vocabulary_words: VocabularyWords
    agent_name: str
    agent_mode: Literal["autopilot", "draft", "off"]
    takeover_hours: int


@dataclass(frozen=True, slots=True)
class Session:
    """One login that still counts. `address` and `user_agent` are those of the login."""

    id: UUID
    created_at: datetime
    expires_at: datetime
    address: str | None
    user_agent: str | None


@dataclass(frozen=True, slots=True)
class LiveSession:
    """Whose a session is, read afresh for each request; `owes_totp` where the company wants a second factor in vain."""

    user_id: int
    role: Role
    owes_totp: bool


@dataclass(frozen=True, slots=True)
class OwnPassword:
    """What a password that is asked for again is compared with."""

    email: str
    password_hash: str = field(repr=False)
