"""Where an outgoing fetch may lead (PRODUCT §6.6): https to public addresses, and what the operator allows besides.

Pure. The lists of special networks are written out (IANA's special-purpose registries), since what `ipaddress` calls
global differs between versions of Python.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

from core.errors import NexusError

_SPECIAL_V4: Final = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
# Only global unicast is public; IPv4-mapped, NAT64, link-local, unique-local and multicast lie outside of it.
_UNICAST_V6: Final = IPv6Network("2000::/3")
# Protocol assignments (Teredo among them), documentation, 6to4.
_SPECIAL_V6: Final = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
_LABEL: Final = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
_LONGEST_NAME: Final = 253
_PORTS: Final = {"http": 80, "https": 443}


class EgressRefused(NexusError):
    """The address is none that this installation fetches from. Says which rule, never the address."""

    status = 400
    code = "address_refused"
    title = "Address Refused"


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that may be tried. `trusted`: the operator allows it, so its addresses need not be public."""

    scheme: str
    host: str
    port: int
    trusted: bool


@dataclass(frozen=True, slots=True)
class EgressPolicy:
    """The operator's allow-list: (host, port) pairs; None allows every port of the host. Empty by default."""

    allowed: frozenset[tuple[str, int | None]] = field(default_factory=frozenset[tuple[str, int | None]])

    @classmethod
    def from_text(cls, text: str) -> EgressPolicy:
        """Read `NEXUS_EGRESS_ALLOW`: `host[:port][,…]`, IPv6 in brackets. Raises ValueError naming the entry."""
        return cls(frozenset(_entry(entry.strip()) for entry in text.split(",") if entry.strip()))

    def trusting_http(self, url: str) -> EgressPolicy:
        """This policy, with the host and port of an http address on its list; as it is for any other address."""
        parts = urlsplit(url)
        if parts.scheme != "http" or not parts.hostname:
            return self
        return EgressPolicy(self.allowed | {(parts.hostname.lower(), parts.port or _PORTS["http"])})

    def target(self, url: str, *, trusting: bool = True) -> Target:
        """Judge a URL before any name is looked up. Raises EgressRefused. `trusting=False` ignores the allow-list."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise EgressRefused("the address is not a URL") from None
        scheme, host = parts.scheme, (parts.hostname or "").lower()
        if scheme not in _PORTS:
            raise EgressRefused("only https addresses are fetched")
        if parts.username is not None or parts.password is not None:
            raise EgressRefused("an address must not carry a user or password")
        _demand_plain_host(host)
        number = _PORTS[scheme] if port is None else port
        trusted = trusting and bool({(host, number), (host, None)} & self.allowed)
        if scheme != "https" and not trusted:
            raise EgressRefused("only https addresses are fetched")
        if not trusted and is_number(host) and not is_public(host):
            raise EgressRefused("the address is not public")
        return Target(scheme, host, number, trusted)


def is_public(address: str) -> bool:
    """Whether an IP address, as text, is one that anybody on the internet may reach."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv4Address):
        return not any(parsed in network for network in _SPECIAL_V4)
    return parsed.scope_id is None and parsed in _UNICAST_V6 and not any(parsed in net for net in _SPECIAL_V6)


def is_number(host: str) -> bool:
    """Whether a host is meant as an IP address, in whatever spelling."""
    return ":" in host or _NUMBER.fullmatch(host.rpartition(".")[2]) is not None


def _demand_plain_host(host: str) -> None:
    """A DNS name, or an IP address in its one usual spelling: 2130706433, 0177.0.0.1 and 127.1 are loopback too."""
    if is_number(host):
        try:
            usual = str(ip_address(host)) == host or ":" in host
        except ValueError:
            usual = False
        if not usual:
            raise EgressRefused("the address is spelt in an unusual way")
    elif len(host) > _LONGEST_NAME or not all(map(_LABEL.fullmatch, host.split("."))):
        raise EgressRefused("the host is not a name")


def _entry(text: str) -> tuple[str, int | None]:
    parts = urlsplit(f"//{text}")
    if not parts.hostname or parts.path or parts.query or parts.fragment or "@" in text:
        raise ValueError(f"{text!r} is not host[:port]")
    return parts.hostname.lower(), parts.port
