"""The simulator as one ASGI application."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from nexus.simulator import control, crowd, hearing
from nexus.simulator.courier import CONCURRENT, Courier
from nexus.simulator.door import Door
from nexus.simulator.journal import Journal
from nexus.simulator.meta import api as meta
from nexus.simulator.world import World
from nexus.simulator.ycloud import api as ycloud

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.requests import Request

    from nexus.simulator.config import SimulatorConfig

STATIC: Final = Path(__file__).parent / "static"


def create_app(config: SimulatorConfig, http: httpx.AsyncClient | None = None) -> Starlette:
    """Build the application. `http` delivers the webhooks; without one, the application makes and closes its own."""
    limits = httpx.Limits(max_connections=CONCURRENT, max_keepalive_connections=CONCURRENT)
    client = http or httpx.AsyncClient(limits=limits, trust_env=False)
    journal = Journal(config.journal_path)
    courier = Courier(client, journal, config.clock_scale, config.retry_delays)
    world = World(config, courier, journal)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        yield
        await courier.close()
        journal.close()
        if http is None:
            await client.aclose()

    return Starlette(
        routes=[
            Route("/", _page),
            Route("/healthz", _health),
            *ycloud.routes(world),
            *meta.routes(world),
            *hearing.routes(world),
            *control.routes(world),
            *crowd.routes(world),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[Middleware(Door, token=config.token, frame_ancestors=config.frame_ancestors)],
        lifespan=lifespan,
    )


async def _page(_: Request) -> Response:
    return FileResponse(STATIC / "phone.html", media_type="text/html; charset=utf-8")


async def _health(_: Request) -> Response:
    return PlainTextResponse("ok")
