"""A channel whose webhooks the tests sign, and the service that receives them, at either provider.

Tests write YCloud's words; a channel of Meta's is told the same in Meta's (`tests/support/meta_words.py`).
"""

import base64
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import httpx
from fastapi import FastAPI

from core.config import Settings, read_settings
from core.database import Database
from core.meta import signature as meta
from core.secret import Secret
from core.whatsapp import ProviderName
from core.ycloud import signature as ycloud
from orchestrator_service.provisioning.add_channel import add_channel
from tests.support.factories import DIRECTORY, DIRECTORY_KEY, KEYRING
from tests.support.meta_words import NUMBER_ID, as_meta
from whatsapp_service.main import create_app
from whatsapp_service.webhook import WebhookDoor

NUMBER = "+5491130001000"
ACCOUNT = "102030405060708"
SECRET = Secret("whsec_of_the_tests_0123456789abcdef")
VERIFY_TOKEN = Secret("verify-token-of-the-tests")
PROVIDERS: tuple[ProviderName, ...] = ("ycloud", "meta")
FIXTURES = Path(__file__).parents[2] / "fixtures" / "contracts"
EXAMPLES: dict[str, dict[str, object]] = json.loads((FIXTURES / "ycloud.webhooks.examples.json").read_text())["events"]


@dataclass(frozen=True)
class Receiver:
    """One endpoint of the running service."""

    http: httpx.AsyncClient
    endpoint_key: str
    channel_id: int
    provider: ProviderName
    door: WebhookDoor

    async def post(
        self,
        event: Mapping[str, object] | bytes,
        *,
        secret: Secret = SECRET,
        age_seconds: int = 0,
        header: str | None = None,
        endpoint_key: str | None = None,
    ) -> httpx.Response:
        """Deliver an event, written in YCloud's words, as the provider does; bytes are delivered as they are."""
        body = event if isinstance(event, bytes) else self._told(event)
        if self.provider == "meta":
            name, signature = meta.HEADER, header or meta.sign(secret, body)
        else:
            at = int(datetime.now(UTC).timestamp()) - age_seconds
            name, signature = ycloud.HEADER, header or ycloud.sign(secret, at, body)
        path = f"/webhook/{self.provider}/{endpoint_key or self.endpoint_key}"
        return await self.http.post(path, content=body, headers={name: signature})

    def _told(self, event: Mapping[str, object]) -> bytes:
        if self.provider == "ycloud" or "type" not in event:
            return json.dumps(event).encode()
        named = cast("dict[str, object]", event.get("whatsappInboundMessage", {})).get("to", NUMBER)
        number_id = NUMBER_ID if named == NUMBER else "999000999"
        return json.dumps(as_meta(event, number=NUMBER, number_id=number_id)).encode()


def settings_for(app_url: str, redis_url: str) -> Settings:
    """Settings of a service on the test's servers, with the keys of the factories."""
    vault = "test:" + base64.b64encode(b"k" * 32).decode()
    return read_settings(
        {
            "DATABASE_URL": app_url,
            "REDIS_URL": redis_url,
            "NEXUS_VAULT_KEYS": vault,
            "NEXUS_JWT_KEYS": "test:" + base64.b64encode(b"j" * 32).decode(),
            "NEXUS_DIRECTORY_KEY": base64.b64encode(DIRECTORY_KEY).decode(),
        }
    )


@asynccontextmanager
async def receiver_of(
    db: Database, tenant_id: int, settings: Settings, *, number: str = NUMBER, provider: ProviderName = "ycloud"
) -> AsyncGenerator[Receiver]:
    """The running service with a channel of the tenant."""
    async with db.tenant(tenant_id) as tx:
        channel = await add_channel(
            tx,
            DIRECTORY,
            KEYRING,
            provider=provider,
            name="Main",
            business_number=number,
            waba_id=ACCOUNT,
            api_key=Secret("api-key"),
            webhook_secrets=(SECRET,),
            phone_number_id=NUMBER_ID if provider == "meta" else None,
            verify_token=VERIFY_TOKEN if provider == "meta" else None,
        )
    app = create_app(settings)
    async with running(app) as http:
        yield Receiver(http, channel.endpoint_key, channel.channel_id, provider, app.state.door)


@asynccontextmanager
async def running(app: FastAPI) -> AsyncGenerator[httpx.AsyncClient]:
    """A client of the app, its lifespan begun."""
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://nexus") as http,
    ):
        yield http


def text_event(text: str, *, number: int = 1, sender: str = "+5491155512345") -> dict[str, object]:
    """A text as YCloud tells of it; `number` makes it another message."""
    return {
        "id": f"evt_{sender}_{number:06d}",
        "type": "whatsapp.inbound_message.received",
        "apiVersion": "v2",
        "createTime": "2026-11-22T15:00:01.000Z",
        "whatsappInboundMessage": {
            "id": f"65f0c0de{number:08d}",
            "wamid": f"wamid.{sender}.{number}",
            "wabaId": ACCOUNT,
            "from": sender,
            "fromUserId": f"AR.{sender}",
            "customerProfile": {"name": "Lucía Gómez"},
            "to": NUMBER,
            "sendTime": datetime.now(UTC).isoformat(),
            "type": "text",
            "text": {"body": text},
        },
    }
