"""`/healthz` and `/readyz`: whether the process lives, and whether it can work (PRODUCT §15)."""

from __future__ import annotations

import asyncio
from typing import Final, Literal

from fastapi import APIRouter, Response, status
from pydantic import BaseModel
from redis.asyncio import Redis
from redis.exceptions import RedisError
from starlette.requests import Request

from core.database import Database
from core.errors import NexusError
from core.service_role import refuse_powerful_role

router = APIRouter(include_in_schema=False)
PATIENCE_SECONDS: Final = 2.0


class Health(BaseModel):
    """The process answers."""

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """Without the database nothing works; without Redis all does, slower and each process counting alone."""

    database: Literal["ok", "down"]
    redis: Literal["ok", "down"]


@router.get("/healthz")
async def get_health() -> Health:
    """Whether the process lives."""
    return Health()


@router.get("/readyz")
async def get_readiness(request: Request, response: Response) -> Readiness:
    """Whether requests can be served: 503 without the database."""
    state = request.app.state
    database, redis = await asyncio.gather(_database_answers(state.access.database), _redis_answers(state.redis))
    if not database:
        response.status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    return Readiness(database="ok" if database else "down", redis="ok" if redis else "down")


async def _database_answers(database: Database) -> bool:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await refuse_powerful_role(database)
    except (NexusError, TimeoutError):
        return False
    return True


async def _redis_answers(redis: Redis) -> bool:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await redis.ping()
    except (RedisError, OSError):
        return False
    return True
