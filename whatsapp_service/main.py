"""The WhatsApp service: webhooks in. Deliveries run in the worker; nothing here is seen by browsers."""

from __future__ import annotations

import contextlib
import os
from collections.abc import AsyncGenerator

from fastapi import FastAPI
from redis.asyncio import Redis

from core.alarm import Alarm
from core.clock import system_clock
from core.config import Settings, read_settings
from core.credentials import Keyring
from core.database import open_database
from core.directory import Directory
from core.logging import configure_logging
from core.problems import install_problems
from core.rare import Rare
from core.redis import open_redis
from core.request_id import RequestIdMiddleware
from core.security_headers import SecurityHeadersMiddleware
from core.service_role import refuse_powerful_role
from whatsapp_service import calendar_notices, lead_ads_webhook, webhook
from whatsapp_service.inbox.endpoints import Endpoints
from whatsapp_service.inbox.fast_path import FastPath
from whatsapp_service.inbox.together import Together


def create_app(settings: Settings) -> FastAPI:
    """Build the service. It refuses to start on a database role that could see past row level security."""

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        keyring = Keyring.from_text(settings.vault_keys)
        database = await open_database(settings.database_url, application="nexus-whatsapp")
        redis: Redis = open_redis(settings.redis_url)
        try:
            await refuse_powerful_role(database)
            app.state.database = database
            alarm = Alarm(database, Rare(redis, settings.namespace))
            directory = Directory(settings.directory_key)
            app.state.lead_ads = lead_ads_webhook.LeadAdsDoor(database, directory, keyring, alarm)
            fast_path = FastPath(redis, settings.namespace)
            app.state.door = webhook.WebhookDoor(
                database=database,
                endpoints=Endpoints(database, directory, keyring, alarm),
                fast_path=fast_path,
                together=Together(database, fast_path),
                alarm=alarm,
                clock=system_clock,
            )
            yield
            await app.state.door.together.close()
        finally:
            await redis.aclose()
            await database.close()

    app = FastAPI(title="Nexus WhatsApp service", lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None)
    install_problems(app)
    app.router.routes.extend(webhook.RECEIVERS)
    app.include_router(lead_ads_webhook.router)
    app.include_router(webhook.router)
    app.include_router(calendar_notices.router)

    @app.get("/healthz", include_in_schema=False)
    async def healthz() -> dict[str, str]:  # pyright: ignore[reportUnusedFunction] - the decorator registers it
        return {"status": "ok"}

    app.add_middleware(SecurityHeadersMiddleware)
    app.add_middleware(RequestIdMiddleware)
    return app


def app() -> FastAPI:
    """Factory for uvicorn: `uvicorn --factory whatsapp_service.main:app`."""
    configure_logging()
    return create_app(read_settings(os.environ))
