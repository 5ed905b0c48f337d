"""The demo's door on the wire."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from core.demo import DemoLogin
from core.principal import Role


class DemoTokenBody(BaseModel):
    """`POST /demo/logins`."""

    model_config = ConfigDict(extra="forbid")

    token: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class DemoLoginView(BaseModel):
    """One person of the demo company, with the password that the start printed."""

    role: Role
    name: str
    email: str
    password: str

    @classmethod
    def of(cls, login: DemoLogin) -> DemoLoginView:
        """The login."""
        return cls(role=login.role, name=login.name, email=login.email, password=login.password.reveal())


class DemoLogins(BaseModel):
    """In the order of the roles."""

    items: list[DemoLoginView]


class SimulatorView(BaseModel):
    """Where the phone is; the address holds its token."""

    url: str
