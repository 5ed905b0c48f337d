"""A webhook door that stores nothing: signature, parsing and a set in memory. What the durable one is compared with."""

from __future__ import annotations

import os

from fastapi import FastAPI, Request, Response

from core.clock import system_clock
from core.request_id import RequestIdMiddleware
from core.secret import Secret
from core.security_headers import SecurityHeadersMiddleware
from core.ycloud.parse import parse
from core.ycloud.signature import HEADER, check

SECRET_VARIABLE = "BENCH_WEBHOOK_SECRET"  # noqa: S105 - the variable's name


def app() -> FastAPI:
    """Factory for uvicorn, with what surrounds the durable door too."""
    door = FastAPI(openapi_url=None)
    secrets = (Secret(os.environ[SECRET_VARIABLE]),)
    seen: set[str] = set()

    async def receive(endpoint_key: str, request: Request) -> Response:
        del endpoint_key
        body = await request.body()
        now = system_clock()
        if not check(secrets, request.headers.get(HEADER), body, now).valid:
            return Response(status_code=401)
        seen.add(parse(body, received_at=now).id)
        return Response(status_code=200)

    async def get_health() -> Response:
        return Response()

    door.post("/webhook/ycloud/{endpoint_key}")(receive)
    door.get("/healthz")(get_health)
    door.add_middleware(SecurityHeadersMiddleware)
    door.add_middleware(RequestIdMiddleware)
    return door
