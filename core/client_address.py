"""Which address a request came from, when proxies stand in between (PRODUCT §6.2). Pure.

`X-Forwarded-For` is written by whoever speaks to us. It is believed only from a trusted proxy, and read from the
right: each trusted hop vouches for the address on its left, and the first one that is no proxy of ours is the client.
So what a client writes into the header itself is never reached. (uvicorn must run with `proxy_headers=False`: its own
rewriting of `scope["client"]` would come first.)
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from starlette.types import Scope

Network: TypeAlias = IPv4Network | IPv6Network
Address: TypeAlias = IPv4Address | IPv6Address

UNKNOWN: Final = "unknown"
_MAX_HOPS: Final = 32
_KNOWN: Final = "nexus.client_address"
_V6_CUSTOMER_PREFIX: Final = 64


def trusted_networks(text: str) -> tuple[Network, ...]:
    """Read `10.0.0.0/8, 127.0.0.1, ::1`. Raises ValueError for an entry that is no network or has host bits set."""
    return tuple(ip_network(entry.strip()) for entry in text.split(",") if entry.strip())


def client_address(scope: Scope, trusted: tuple[Network, ...]) -> str:
    """The client's address in canonical text, or `unknown` when the server has no peer address (a Unix socket).

    A hop that is not an address ends the walk at the proxy that reported it. When every hop is trusted the leftmost
    counts. IPv4 mapped into IPv6 is shown as IPv4.
    """
    known = scope.get(_KNOWN)
    if known is not None and known[0] is trusted:
        return known[1]
    address = _walked(scope, trusted)
    scope[_KNOWN] = (trusted, address)  # limit, session and audit each ask
    return address


def _walked(scope: Scope, trusted: tuple[Network, ...]) -> str:
    client = scope.get("client")
    address = _parse(client[0]) if client else None
    if address is None:
        return UNKNOWN
    for hop in _hops_from_the_right(scope):
        if not _is_trusted(address, trusted):
            break
        previous = _parse(hop)
        if previous is None:
            break
        address = previous
    return str(address)


def rate_key(address: str) -> str:
    """What a limit counts: an IPv4 address, or the /64 of an IPv6 one (a customer owns at least that many)."""
    parsed = _parse(address)
    if isinstance(parsed, IPv6Address):
        return str(IPv6Network((int(parsed), _V6_CUSTOMER_PREFIX), strict=False))
    return address


def _hops_from_the_right(scope: Scope) -> list[str]:
    lines: list[bytes] = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
    hops = b",".join(lines).decode("latin-1").split(",")
    return [hop.strip() for hop in hops[-_MAX_HOPS:]][::-1] if lines else []


def _parse(text: str) -> Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        return address.ipv4_mapped or address
    return address


def _is_trusted(address: Address, trusted: tuple[Network, ...]) -> bool:
    return any(address.version == network.version and address in network for network in trusted)
