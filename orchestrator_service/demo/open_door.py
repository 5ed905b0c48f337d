"""Who may have what the demo's start printed: the holder of its token for the logins, its own people for the phone.

An installation without a demo answers as if the routes were not there, and so does a demo that is asked by another name
than this machine's (a rebound name, a tunnel): its secrets stay on the machine that printed them.
"""

from __future__ import annotations

from urllib.parse import urlencode

from core.demo import Demo
from core.errors import Forbidden, NotFound
from core.loopback import loopback_host
from core.principal import Principal
from core.secret import Secret


class WrongDemoToken(Forbidden):
    """The token is not the one that this installation printed."""

    code = "wrong_demo_token"
    title = "Wrong Demo Token"


def demo_of_host(demo: Demo | None, host: str) -> Demo:
    """The demo, for a request whose `Host` is this machine. Raises NotFound."""
    if demo is None or loopback_host(host) is None:
        raise NotFound
    return demo


def check_token(demo: Demo, offered: Secret) -> None:
    """Raises WrongDemoToken; compared in constant time."""
    if offered != demo.door_token:
        raise WrongDemoToken


def phone_page(demo: Demo | None, principal: Principal, host: str) -> str:
    """The address of the phone page with its token. Raises NotFound for everybody but the demo company's people.

    The simulator plays the customers of that company alone: another company's people would read its chats there.
    """
    found = demo_of_host(demo, host)
    if principal.tenant_id != found.tenant_id:
        raise NotFound
    query = urlencode({"token": found.phone_token.reveal()})
    return f"{found.phone_origin(loopback_host(host))}/?{query}"
