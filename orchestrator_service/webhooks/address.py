"""Where a webhook may lead: what the rules of egress allow, and on a demo installation this machine itself."""

from __future__ import annotations

from urllib.parse import urlsplit

from core.egress_rules import EgressPolicy
from core.loopback import is_loopback


def policy_for(policy: EgressPolicy, url: str, *, demo: bool) -> EgressPolicy:
    """The rules for one address. On a demo installation http to a loopback address is trusted besides."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return policy  # it is refused by the rules
    return policy.trusting_http(url) if demo and is_loopback(host) else policy
