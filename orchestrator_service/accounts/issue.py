"""Making a link: its row, and either the mail that it leaves by or the address to show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid4

from core.credentials import Keyring, open_sealed, seal
from core.errors import Conflict
from core.principal import TenantId
from core.secret import Secret
from orchestrator_service.auth.link_tokens import LIFETIMES, Link, Purpose, issue_link
from orchestrator_service.auth.signed import Signer

# Behind `#`, so that the token reaches no server, no log and no Referer on the way.
PAGES: Final[dict[Purpose, str]] = {"reset": "/reset#token=", "invitation": "/invitation#token="}


class NotActive(Conflict):
    """Only somebody who may come in gets a link to a new password."""

    code = "account_not_active"
    title = "Account Not Active"

    def __init__(self) -> None:
        super().__init__("this account is not active")


@dataclass(frozen=True, slots=True)
class LinkMaker:
    """What links are made with: `mails` says that they leave by mail, sealed until then."""

    signer: Signer
    keyring: Keyring
    public_url: str
    mails: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A signed link whose row is still to be stored. `sealed` is None where it is shown."""

    link: Link
    token: Secret
    sealed: str | None
    expires_at: datetime


def make_link(maker: LinkMaker, tenant_id: int, purpose: Purpose, now: datetime) -> Made:
    """A new link of that company."""
    link = Link(TenantId(tenant_id), uuid4(), purpose)
    token = issue_link(maker.signer, link, now=now)
    sealed = seal(maker.keyring, token, tenant_id=link.tenant_id, name=_name(str(link.jti))) if maker.mails else None
    return Made(link, token, sealed, now + LIFETIMES[purpose])


def open_link(keyring: Keyring, sealed: str, *, tenant_id: int, jti: str) -> Secret:
    """The token of a mail that waits. Raises VaultError."""
    return open_sealed(keyring, sealed, tenant_id=TenantId(tenant_id), name=_name(jti))


def address_of(public_url: str, purpose: Purpose, token: Secret) -> Secret:
    """What its recipient opens."""
    return Secret(f"{public_url}{PAGES[purpose]}{token.reveal()}")


def _name(jti: str) -> str:
    return f"link:{jti}"
