"""What the API of a demo installation is told by its launcher: who can log in, and where the simulated phone is.

The passwords are random per installation. Whoever merely reaches the port gets none of them: they are given for the
token that the start printed, and only to a browser that asks this machine by its own name.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from core.principal import Role
from core.secret import Secret


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """One person of the demo company."""

    role: Role
    name: str
    email: str
    password: Secret


@dataclass(frozen=True, slots=True)
class Demo:
    """`door_token` opens the list of logins; `phone_token` the simulator, which listens on `phone_port` of loopback."""

    tenant_id: int
    door_token: Secret
    logins: tuple[DemoLogin, ...]
    phone_port: int
    phone_token: Secret

    def phone_origin(self, host: str | None) -> str:
        """The simulator under the name by which the browser knows this machine: its cookie is bound to that name."""
        return f"http://{'localhost' if host == 'localhost' else '127.0.0.1'}:{self.phone_port}"

    @property
    def phone_origins(self) -> tuple[str, ...]:
        """Every origin that the app's page may frame."""
        return tuple(self.phone_origin(host) for host in ("127.0.0.1", "localhost"))


class _Login(msgspec.Struct, forbid_unknown_fields=True):
    role: Role
    name: str
    email: str
    password: str


class _Told(msgspec.Struct, forbid_unknown_fields=True):
    tenant_id: int
    door_token: str
    logins: tuple[_Login, ...]
    phone_port: int
    phone_token: str


def write_demo(demo: Demo) -> str:
    """As `read_demo` reads it, on one line. It holds every secret of the demo."""
    told = _Told(
        tenant_id=demo.tenant_id,
        door_token=demo.door_token.reveal(),
        logins=tuple(_Login(one.role, one.name, one.email, one.password.reveal()) for one in demo.logins),
        phone_port=demo.phone_port,
        phone_token=demo.phone_token.reveal(),
    )
    return msgspec.json.encode(told).decode()


def read_demo(text: str) -> Demo:
    """What the launcher wrote. Raises ValueError, which names no value."""
    try:
        told = msgspec.json.decode(text, type=_Told)
    except msgspec.MsgspecError:
        raise ValueError("not what the launcher writes") from None
    return Demo(
        tenant_id=told.tenant_id,
        door_token=Secret(told.door_token),
        logins=tuple(DemoLogin(one.role, one.name, one.email, Secret(one.password)) for one in told.logins),
        phone_port=told.phone_port,
        phone_token=Secret(told.phone_token),
    )
