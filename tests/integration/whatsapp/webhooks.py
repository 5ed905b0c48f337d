"""A channel whose webhooks the tests sign, and the service that receives them."""

import base64
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
from fastapi import FastAPI

from core.config import Settings, read_settings
from core.database import Database
from core.secret import Secret
from core.ycloud.signature import HEADER, sign
from orchestrator_service.provisioning.add_channel import add_channel
from tests.support.factories import DIRECTORY, KEYRING
from whatsapp_service.main import create_app

NUMBER = "+5491130001000"
ACCOUNT = "102030405060708"
SECRET = Secret("whsec_of_the_tests_0123456789abcdef")
FIXTURES = Path(__file__).parents[2] / "fixtures" / "contracts"
EXAMPLES: dict[str, dict[str, object]] = json.loads((FIXTURES / "ycloud.webhooks.examples.json").read_text())["events"]


@dataclass(frozen=True)
class Receiver:
    """One endpoint of the running service."""

    http: httpx.AsyncClient
    endpoint_key: str
    channel_id: int

    async def post(
        self,
        event: Mapping[str, object] | bytes,
        *,
        secret: Secret = SECRET,
        age_seconds: int = 0,
        header: str | None = None,
        endpoint_key: str | None = None,
    ) -> httpx.Response:
        """Deliver an event as YCloud does."""
        body = event if isinstance(event, bytes) else json.dumps(event).encode()
        signature = header or sign(secret, int(datetime.now(UTC).timestamp()) - age_seconds, body)
        return await self.http.post(
            f"/webhook/ycloud/{endpoint_key or self.endpoint_key}", content=body, headers={HEADER: signature}
        )


def settings_for(app_url: str, redis_url: str) -> Settings:
    """Settings of a service on the test's servers, with the keys of the factories."""
    vault = "test:" + base64.b64encode(b"k" * 32).decode()
    return read_settings(
        {
            "DATABASE_URL": app_url,
            "REDIS_URL": redis_url,
            "NEXUS_VAULT_KEYS": vault,
            "NEXUS_JWT_KEYS": "test:" + base64.b64encode(b"j" * 32).decode(),
            "NEXUS_DIRECTORY_KEY": base64.b64encode(b"d" * 32).decode(),
        }
    )


@asynccontextmanager
async def receiver_of(
    db: Database, tenant_id: int, settings: Settings, *, number: str = NUMBER
) -> AsyncGenerator[Receiver]:
    """The running service with a channel of the tenant."""
    async with db.tenant(tenant_id) as tx:
        channel = await add_channel(
            tx,
            DIRECTORY,
            KEYRING,
            provider="ycloud",
            name="Main",
            business_number=number,
            waba_id=ACCOUNT,
            api_key=Secret("api-key"),
            webhook_secrets=(SECRET,),
        )
    app = create_app(settings)
    async with running(app) as http:
        yield Receiver(http, channel.endpoint_key, channel.channel_id)


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
