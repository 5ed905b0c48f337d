"""The API service: the CRM's routes and its live events, for browsers and, later, for other programs."""

from __future__ import annotations

import contextlib
import os
from collections.abc import AsyncGenerator
from functools import partial

from fastapi import FastAPI
from starlette.types import ASGIApp

from core.body_limit import BodyLimitMiddleware
from core.config import Settings, read_settings
from core.database import open_database
from core.egress import Egress
from core.json_types import JsonObject
from core.logging import configure_logging
from core.media_store import MediaStore
from core.principal import Principal
from core.problems import install_problems
from core.redis import open_redis
from core.request_id import RequestIdMiddleware
from core.route_index import Api
from core.security_headers import SecurityHeadersMiddleware
from core.service_role import refuse_powerful_role
from orchestrator_service.alerts.door import PushDoor
from orchestrator_service.audit.audited import AuditMiddleware
from orchestrator_service.audit.checkpoints import Checkpoints
from orchestrator_service.auth.authenticate import authenticate_cookies
from orchestrator_service.auth.csrf import CsrfMiddleware, tell_refusal
from orchestrator_service.auth.described import describe_keys
from orchestrator_service.auth.door import open_access_door
from orchestrator_service.background import running
from orchestrator_service.description.document import install_description
from orchestrator_service.google_calendar.door import open_google_door
from orchestrator_service.idempotency.middleware import IdempotencyMiddleware
from orchestrator_service.mcp.confirming import Confirmations
from orchestrator_service.mcp.gate import McpGate
from orchestrator_service.preconditions.middleware import PreconditionMiddleware
from orchestrator_service.pruning.hourly import prune_hourly
from orchestrator_service.realtime.bus import BusPublisher
from orchestrator_service.realtime.catch_up import catch_up, tell_opened
from orchestrator_service.realtime.handshakes import HandshakeWatch, beside_sockets
from orchestrator_service.realtime.relay import Relay
from orchestrator_service.realtime.server import SocketServer, create_socket_server, mount
from orchestrator_service.routers import PUBLIC, ROUTES, TWINS, UPLOADS
from orchestrator_service.webapp.serve import install_webapp


def create_app(settings: Settings) -> FastAPI:
    """Build the service. It refuses to start on a database role that could see past row level security."""

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        async with contextlib.AsyncExitStack() as stack:
            app.state.redis = open_redis(settings.redis_url)
            stack.push_async_callback(app.state.redis.aclose)
            database = await open_database(settings.database_url, application="nexus-api")
            stack.push_async_callback(database.close)
            await refuse_powerful_role(database)
            app.state.access = open_access_door(settings, database, app.state.redis)
            app.state.rate_limiter = app.state.access.limiter
            stack.callback(app.state.access.passwords.close)
            stack.push_async_callback(app.state.access.limiter.aclose)
            publish = BusPublisher(settings.redis_url, channel=_channel(settings))
            stack.push_async_callback(publish.aclose)
            door = app.state.access
            google = open_google_door(settings, door.keyring, door.clock, app.state.egress)
            app.state.google = await stack.enter_async_context(google)
            app.state.mcp = McpGate(settings.allowed_origins, Confirmations(app.state.redis, settings.namespace))
            jobs = (
                app.state.sockets.run(),
                app.state.mcp.run(),
                Relay(database, publish).run(),
                prune_hourly(database, door.directory, door.clock, app.state.media),
            )
            await stack.enter_async_context(running(*jobs))
            yield

    described = "/openapi.json" if settings.api_docs else None
    app = Api(title="Nexus", lifespan=lifespan, routes=ROUTES, openapi_url=described, docs_url=None, redoc_url=None)
    install_description(app, TWINS, PUBLIC)
    app.state.sockets = _sockets(app, settings)
    app.state.demo = settings.demo
    app.state.media = MediaStore(settings.media_url)
    app.state.egress = Egress.under(settings.egress)
    app.state.push = PushDoor(settings.push_public, settings.egress)
    app.state.checkpoints = Checkpoints(settings.audit_checkpoints) if settings.audit_checkpoints else None
    describe_keys(app)
    install_problems(app)
    install_webapp(app, frames=settings.demo.phone_origins if settings.demo else (), docs=settings.api_docs)
    _add_middleware(app, settings)
    return app


def _sockets(app: FastAPI, settings: Settings) -> SocketServer:
    """The sockets; what they need of the lifespan is there before the first one comes."""

    async def who(cookies: str) -> Principal | None:
        return await authenticate_cookies(app.state.access, cookies)

    async def opened(principal: Principal) -> None:
        await tell_opened(app.state.access.database, principal)

    async def missed(principal: Principal, since: object) -> JsonObject:
        return await catch_up(app.state.access.database, principal, since)

    channel, origins = _channel(settings), settings.allowed_origins
    return create_socket_server(settings.redis_url, origins, who, missed, opened=opened, channel=channel)


def _channel(settings: Settings) -> str:
    return f"{settings.namespace}:socketio"


def _add_middleware(app: FastAPI, settings: Settings) -> None:
    """From the inside out; `install_problems` has added the innermost one, the net for unexpected errors."""
    proxies = settings.trusted_proxies
    app.add_middleware(IdempotencyMiddleware, database=lambda: app.state.access.database)
    app.add_middleware(PreconditionMiddleware, twins=TWINS, database=lambda: app.state.access.database)
    app.add_middleware(AuditMiddleware, database=lambda: app.state.access.database, trusted_proxies=proxies)
    origins = frozenset(settings.allowed_origins)
    refused = partial(tell_refusal, app)
    app.add_middleware(
        CsrfMiddleware, allowed_origins=origins, upload_paths=tuple(one.path for one in UPLOADS), refused=refused
    )
    app.add_middleware(BodyLimitMiddleware, uploads=UPLOADS)
    app.add_middleware(SecurityHeadersMiddleware)
    app.add_middleware(RequestIdMiddleware)


def app() -> ASGIApp:
    """Factory for uvicorn: `orchestrator_service.serving` is what it loads."""
    configure_logging()
    api = create_app(read_settings(os.environ))
    return served(api)


def served(api: FastAPI) -> ASGIApp:
    """The service with its sockets, whose refused handshakes are written down."""
    sockets: SocketServer = api.state.sockets
    watched = HandshakeWatch(
        mount(api, sockets), allowed_origins=sockets.allowed_origins, door=lambda: api.state.access
    )
    return beside_sockets(SecurityHeadersMiddleware(watched), api)  # the engine's own answers have them too
