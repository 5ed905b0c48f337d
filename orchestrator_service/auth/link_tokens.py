"""Tokens of links that work once: a new password, an invitation (PRODUCT §5.3).

The signature says that we made the link, before any database is asked; the row of its `jti` says whether it still
counts, and one statement uses it up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias
from uuid import UUID

from core.errors import Forbidden
from core.principal import TenantId
from core.secret import Secret
from orchestrator_service.auth.signed import NotSigned, Signer

Purpose: TypeAlias = Literal["reset", "invitation"]

AUDIENCE: Final = "nexus-link"
LIFETIMES: Final[dict[Purpose, timedelta]] = {"reset": timedelta(hours=1), "invitation": timedelta(days=7)}
_PURPOSES: Final[dict[str, Purpose]] = {"reset": "reset", "invitation": "invitation"}


class LinkInvalid(Forbidden):
    """Not ours, of another kind, used, expired or taken back: which of them is not told."""

    code = "link_invalid"
    title = "Link Invalid"

    def __init__(self) -> None:
        super().__init__("this link does not work any more")


@dataclass(frozen=True, slots=True)
class Link:
    """What a verified link says. `jti` names the row that decides whether it still counts."""

    tenant_id: TenantId
    jti: UUID
    purpose: Purpose


def issue_link(signer: Signer, link: Link, *, now: datetime) -> Secret:
    """The link's token, valid for its purpose's lifetime from `now` (aware) on."""
    claims = {"typ": link.purpose, "jti": str(link.jti), "tenant": int(link.tenant_id)}
    return signer.issue(claims, AUDIENCE, now=now, lifetime=LIFETIMES[link.purpose])


def read_link(signer: Signer, token: Secret, *, now: datetime) -> Link:
    """Verify and parse. Raises LinkInvalid for everything that is not a link of ours, valid at `now`."""
    try:
        claims = signer.read(token, AUDIENCE, now=now)
        tenant = claims.get("tenant")
        purpose = _PURPOSES.get(str(claims["typ"]))
        if purpose is None or not isinstance(tenant, int) or isinstance(tenant, bool):
            raise LinkInvalid
        return Link(TenantId(tenant), UUID(str(claims["jti"])), purpose)
    except (NotSigned, ValueError):
        raise LinkInvalid from None
