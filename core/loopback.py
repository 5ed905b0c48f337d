"""Whether a name or address can only mean this machine: what a demo answers to, and nobody else. Pure."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only mean this machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def loopback_host(header: str) -> str | None:
    """The name in a `Host` header without its port, if it means this machine.

    A page of another site whose name was made to resolve to this machine sends that name, and gets None.
    """
    try:
        host = urlsplit(f"//{header}").hostname
    except ValueError:
        return None
    return host if host is not None and is_loopback(host) else None
