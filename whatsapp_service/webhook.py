"""The door that providers knock on: verify → store → 200 (PRODUCT §7.1, §7.2). Nothing else happens here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from fastapi import APIRouter, Request, Response

from core.alarm import Alarm
from core.clock import Clock
from core.crash_points import reached
from core.database import Database
from core.errors import NexusError, Unauthorized
from core.ycloud.parse import parse
from core.ycloud.signature import HEADER, SignatureCheck, check
from whatsapp_service.inbox.accept import accept_event, hash_of
from whatsapp_service.inbox.endpoints import Endpoint, Endpoints
from whatsapp_service.inbox.fast_path import FastPath

LARGEST_BODY: Final = 1_048_576
MOST_AHEAD_SECONDS: Final = 300
STALE_SECONDS: Final = 300
OLDEST_SECONDS: Final = 7 * 24 * 3600

router = APIRouter()


class BodyTooLarge(NexusError):
    """More than a megabyte: no provider sends that, and it is not read to its end."""

    status = 413
    code = "body_too_large"
    title = "Content Too Large"


@dataclass(slots=True)
class WebhookDoor:
    """What the door needs; made in the lifespan. `counts` are this process's, by outcome."""

    database: Database
    endpoints: Endpoints
    fast_path: FastPath
    alarm: Alarm
    clock: Clock
    counts: Counter[str] = field(default_factory=Counter[str])


@router.post("/webhook/ycloud/{endpoint_key}", status_code=200, summary="Receive one YCloud event")
async def receive_ycloud(endpoint_key: str, request: Request) -> Response:
    """Answer 200 once the event is stored; 401 forged, 404 unknown endpoint, 503 where it could not be stored."""
    door: WebhookDoor = request.app.state.door
    endpoint = await door.endpoints.find(endpoint_key)
    body = await _read_body(request)
    signature = check(endpoint.secrets, request.headers.get(HEADER), body, door.clock())
    await _demand_authentic(door, endpoint, signature)
    event = parse(body, received_at=door.clock())
    body_hash = hash_of(body)
    tenant_id, provider = endpoint.tenant_id, endpoint.channel.provider
    if await door.fast_path.has(tenant_id, provider, event.id, body_hash):
        door.counts["duplicate"] += 1
        return Response(status_code=200)
    async with door.database.tenant(tenant_id) as tx:
        outcome = await accept_event(tx, endpoint.channel, event, body)
    reached("accepted")
    door.counts[outcome] += 1
    if outcome == "quarantined":
        await door.alarm.ring(
            "webhook.quarantined",
            cause=f"{tenant_id}:{endpoint.channel.id}",
            tenant_id=tenant_id,
            subject=f"channel:{endpoint.channel.id}",
            detail={"type": event.type},
        )
    else:
        await door.fast_path.remember(tenant_id, provider, event.id, body_hash)
    return Response(status_code=200)


async def _read_body(request: Request) -> bytes:
    """The raw bytes as they were signed."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > LARGEST_BODY:
            raise BodyTooLarge
        chunks.append(chunk)
    return b"".join(chunks)


async def _demand_authentic(door: WebhookDoor, endpoint: Endpoint, signature: SignatureCheck) -> None:
    """Refuse what no secret of the channel has signed, or what claims to come from the future or last week.

    A stale timestamp is accepted: providers may repeat an old signature when they retry, and the unique event id keeps
    a replay from doing anything.
    """
    age = signature.age_seconds
    if signature.valid and age is not None and -MOST_AHEAD_SECONDS <= age <= OLDEST_SECONDS:
        if age > STALE_SECONDS:
            door.counts["stale"] += 1
        return
    door.counts["forged"] += 1
    await door.alarm.ring(
        "webhook.forged",
        cause=f"{endpoint.tenant_id}:{endpoint.channel.id}",
        tenant_id=endpoint.tenant_id,
        severity="critical",
        subject=f"channel:{endpoint.channel.id}",
        detail={"reason": signature.reason or "out_of_time"},
    )
    raise Unauthorized
