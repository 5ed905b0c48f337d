"""The local Google in a test's own loop, and our client of it, whose every request is held against Google's schema."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from ssl import SSLContext
from typing import TYPE_CHECKING, Final

import httpx
import httpx2
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from core.egress import Egress
from core.google.access import CalendarAccess, OAuthClient, SellerGrant, ServiceAccount
from core.google.addresses import GoogleAddresses
from core.google.client import GoogleCalendarClient
from core.google.consent import GoogleConsentClient
from core.google.patience import Patience
from core.google.tokens import Tokens
from core.google.transport import reaching
from core.secret import Secret
from nexus.local_google.app import create_app
from nexus.local_google.config import (
    CalendarConfig,
    ClientConfig,
    LocalGoogleConfig,
    PersonConfig,
    ServiceAccountConfig,
)
from nexus.local_google.state import World
from tests.integration.simulator.simulated import free_port, serving
from tests.support.google_schema import check_request

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from core.google.calendar import GoogleCalendar, GoogleConsent
    from core.whatsapp import Json, JsonObject

SELLER: Final = "vendedor@acme.com"
OTHER: Final = "otra@acme.com"
ROBOT: Final = "agenda@acme-crm.iam.gserviceaccount.com"
ZONE: Final = "America/Argentina/Buenos_Aires"
SELLERS_GRANT: Final = "1//of-the-seller"
OTHERS_GRANT: Final = "1//of-the-other"
CONTROL: Final = "control-of-the-local-google"
CLIENT: Final = OAuthClient("acme.apps.googleusercontent.com", Secret("GOCSPX-secret-of-the-test"))


@dataclass
class LocalGoogle:
    """`world` may be looked into; `order` is what `/_sim` takes; `calendar` and `consent` are our side."""

    base_url: str
    world: World
    http: httpx.AsyncClient
    calendar: GoogleCalendar
    consent: GoogleConsent
    tokens: Tokens
    checked: list[str] = field(default_factory=list[str])

    async def order(self, path: str, **body: Json) -> JsonObject:
        headers = {"X-Simulator-Token": CONTROL}
        answer = await self.http.post(f"{self.base_url}/_sim{path}", json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def fault(self, kind: str, **more: Json) -> None:
        await self.order("/fault", kind=kind, **more)

    async def by_hand(self, event: JsonObject, calendar: str = SELLER, **more: Json) -> JsonObject:
        """An event that the seller writes in Google's own page."""
        return await self.order("/event", calendar=calendar, event=event, **more)

    def asked(self, verb: str) -> list[JsonObject]:
        """The requests of that kind that arrived, oldest first."""
        return [entry for entry in self.world.journal if entry["verb"] == verb]


def access(calendar_id: str = "primary", *, grant: str = SELLERS_GRANT) -> CalendarAccess:
    """The seller's own calendar, by the grant that the local Google knows from its start."""
    return CalendarAccess(SellerGrant(CLIENT, Secret(grant)), calendar_id)


def robot(calendar_id: str = SELLER, *, subject: str | None = None) -> CalendarAccess:
    """The seller's calendar, shared with a service account."""
    return CalendarAccess(ServiceAccount(Secret(json.dumps(key_file())), subject), calendar_id)


@cache
def _tls() -> SSLContext:
    """Nothing here is encrypted; but each client would build one, which takes longer than a test."""
    return httpx2.create_ssl_context()


@cache
def key_pair() -> tuple[str, str]:
    """A private and a public key (PEM): made once, since it takes a while."""
    key = rsa.generate_private_key(65537, 2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    return private, public


def key_file() -> JsonObject:
    """As Google gives it out, with a `token_uri` that nobody may send anything to."""
    return {
        "type": "service_account",
        "client_email": ROBOT,
        "private_key_id": "k1",
        "private_key": key_pair()[0],
        "token_uri": "http://169.254.169.254/token",
    }


def configured(port: int, *, token_seconds: int = 3599, page_size: int = 2500) -> LocalGoogleConfig:
    """Two people, one OAuth client, one service account with the seller's calendar."""
    return LocalGoogleConfig(
        token=CONTROL,
        people=(
            PersonConfig(
                SELLER,
                "Vendedor",
                calendars=(CalendarConfig(SELLER, "Vendedor", ZONE), CalendarConfig("equipo@acme.com", "Equipo", ZONE)),
                refresh_tokens=(SELLERS_GRANT,),
            ),
            PersonConfig(OTHER, "Otra", "Europe/Madrid", refresh_tokens=(OTHERS_GRANT,)),
        ),
        clients=(ClientConfig(CLIENT.client_id, CLIENT.client_secret.reveal()),),
        service_accounts=(ServiceAccountConfig(ROBOT, key_pair()[1], (SELLER,)),),
        port=port,
        token_seconds=token_seconds,
        page_size=page_size,
    )


@asynccontextmanager
async def local_google(*, token_seconds: int = 3599, page_size: int = 2500) -> AsyncGenerator[LocalGoogle]:
    """`async with local_google() as google:` serves one on a free port until the block ends."""
    port = free_port()
    config = configured(port, token_seconds=token_seconds, page_size=page_size)
    world, addresses = World.of(config), GoogleAddresses.at(config.base_url)
    patience = Patience(chance=lambda: 0.1)  # no test waits long for a second attempt
    async with (
        httpx.AsyncClient(verify=_tls(), trust_env=False) as http,
        serving(create_app(config, world, http), port),
        reaching(Egress(tls=_tls()), addresses) as ours,
    ):
        tokens = Tokens(ours, addresses, patience)
        calendar = GoogleCalendarClient(ours, addresses, patience=patience, tokens=tokens)
        consent = GoogleConsentClient(ours, addresses, patience)
        google = LocalGoogle(config.base_url, world, http, calendar, consent, tokens)

        async def check(request: httpx2.Request) -> None:
            google.checked.append(check_request(request))

        ours.event_hooks = {"request": [check]}
        yield google
