"""The door that providers knock on: verify → store → 200 (PRODUCT §7.1, §7.2). Nothing else happens here.

What arrives by the thousand has addresses of plain ASGI (`RECEIVERS`): the framework's reading of a request for a
function's parameters costs as much as parsing and storing a message together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from core.alarm import Alarm
from core.clock import Clock
from core.crash_points import reached
from core.database import Database
from core.errors import Forbidden, NexusError, Unauthorized
from core.inbound_events import Delivered, read_delivery
from core.meta import signature as meta
from core.meta.leadgen import read_notices
from core.webhook_signature import SignatureCheck
from core.ycloud import signature as ycloud
from whatsapp_service.inbox.accept import accept_event
from whatsapp_service.inbox.endpoints import Endpoint, Endpoints
from whatsapp_service.inbox.events import lock_order, told_at
from whatsapp_service.inbox.fast_path import FastPath
from whatsapp_service.inbox.together import Together
from whatsapp_service.lead_ads import store_notices

LARGEST_BODY: Final = 1_048_576
LARGEST_META_BODY: Final = 3 * 1_048_576  # Meta's own limit: it sends many events at once
LONGEST_CHALLENGE: Final = 256
MOST_ASKED_AT_ONCE: Final = 50  # of the fast path, one by one; an import of a history goes to the database at once
MOST_AHEAD_SECONDS: Final = 300
STALE_SECONDS: Final = 300
OLDEST_SECONDS: Final = 7 * 24 * 3600
TAKEN: Final = Response(status_code=200)

router = APIRouter()


class BodyTooLarge(NexusError):
    """More than any provider sends: it is not read to its end."""

    status = 413
    code = "body_too_large"
    title = "Content Too Large"


@dataclass(slots=True)
class WebhookDoor:
    """What the door needs; made in the lifespan. `counts` are this process's, by outcome."""

    database: Database
    endpoints: Endpoints
    fast_path: FastPath
    together: Together
    alarm: Alarm
    clock: Clock
    counts: Counter[str] = field(default_factory=Counter[str])


async def receive_ycloud(request: Request) -> Response:
    """Answer 200 once the event is stored; 401 forged, 404 unknown endpoint, 503 where it could not be stored."""
    door: WebhookDoor = request.app.state.door
    endpoint = await door.endpoints.find(request.path_params["endpoint_key"], "ycloud")
    body = await read_body(request, LARGEST_BODY)
    signature = ycloud.check(endpoint.secrets, request.headers.get(ycloud.HEADER), body, door.clock())
    await _demand_authentic(door, endpoint, signature)
    return await _take(door, endpoint, read_delivery("ycloud", body, received_at=door.clock()))


@router.get("/webhook/meta/{endpoint_key}", status_code=200, summary="Answer Meta's handshake")
async def subscribe_meta(
    endpoint_key: str,
    request: Request,
    mode: Annotated[str, Query(alias="hub.mode")] = "",
    challenge: Annotated[str, Query(alias="hub.challenge")] = "",
    verify_token: Annotated[str, Query(alias="hub.verify_token")] = "",
) -> Response:
    """Repeat the challenge to whoever knows the channel's token; 403 for others, 404 for an unknown endpoint."""
    door: WebhookDoor = request.app.state.door
    endpoint = await door.endpoints.find(endpoint_key, "meta")
    knows = meta.is_verify_token(endpoint.verify_token, verify_token)
    if not (knows and mode == "subscribe" and 0 < len(challenge) <= LONGEST_CHALLENGE and challenge.isprintable()):
        raise Forbidden
    return PlainTextResponse(challenge)


async def receive_meta(request: Request) -> Response:
    """Answer 200 once every event is stored; 401 forged, 404 unknown endpoint, 503 where one could not be stored."""
    door: WebhookDoor = request.app.state.door
    endpoint = await door.endpoints.find(request.path_params["endpoint_key"], "meta")
    body = await read_body(request, LARGEST_META_BODY)
    await _demand_authentic(door, endpoint, meta.check(endpoint.secrets, request.headers.get(meta.HEADER), body))
    if (notices := read_notices(body)) is not None:  # the same app may tell of advertisements here, too
        async with door.database.tenant(endpoint.tenant_id) as tx:
            door.counts["leads"] += await store_notices(tx, notices)
        return TAKEN
    delivery = read_delivery("meta", body, received_at=door.clock())
    for delivered in delivery:
        at = told_at(delivered.event)  # no time is signed, so the event's own is counted and nothing more
        if at is not None and (door.clock() - at).total_seconds() > STALE_SECONDS:
            door.counts["stale"] += 1
    return await _take(door, endpoint, delivery)


@dataclass(frozen=True, slots=True)
class _Receiver:
    """An address of its own, as ASGI. `path` is the template that an error's record names."""

    path: str
    answer: Callable[[Request], Awaitable[Response]]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        scope["route"] = self
        response = await self.answer(Request(scope, receive))
        await response(scope, receive, send)


def _receiver(path: str, answer: Callable[[Request], Awaitable[Response]]) -> Route:
    return Route(path, _Receiver(path, answer), methods=["POST"], name=path)


RECEIVERS: Final = (
    _receiver("/webhook/ycloud/{endpoint_key}", receive_ycloud),
    _receiver("/webhook/meta/{endpoint_key}", receive_meta),
)


async def _take(door: WebhookDoor, endpoint: Endpoint, delivery: tuple[Delivered, ...]) -> Response:
    """Store what is not known to be stored: a usual event with its neighbours, anything else on one transaction."""
    if len(delivery) == 1 and (outcome := await door.together.accept(endpoint, delivery[0])) is not None:
        door.counts[outcome] += 1
        return TAKEN
    tenant_id, provider = endpoint.tenant_id, endpoint.channel.provider
    fresh: list[Delivered] = []
    quick = len(delivery) <= MOST_ASKED_AT_ONCE
    for delivered in delivery:
        if quick and await door.fast_path.has(tenant_id, provider, delivered.event.id, delivered.body_hash):
            door.counts["duplicate"] += 1
        else:
            fresh.append(delivered)
    if not fresh:
        return TAKEN
    fresh.sort(key=lambda delivered: lock_order(delivered.event))
    async with door.database.tenant(tenant_id) as tx:
        outcomes = [await accept_event(tx, endpoint.channel, delivered) for delivered in fresh]
    reached("accepted")
    for delivered, outcome in zip(fresh, outcomes, strict=True):
        door.counts[outcome] += 1
        if outcome == "quarantined":
            await _tell_of_quarantine(door, endpoint, delivered)
        elif quick:
            await door.fast_path.remember(tenant_id, provider, delivered.event.id, delivered.body_hash)
    return TAKEN


async def _tell_of_quarantine(door: WebhookDoor, endpoint: Endpoint, delivered: Delivered) -> None:
    await door.alarm.ring(
        "webhook.quarantined",
        cause=f"{endpoint.tenant_id}:{endpoint.channel.id}",
        tenant_id=endpoint.tenant_id,
        subject=f"channel:{endpoint.channel.id}",
        detail={"type": delivered.event.type},
    )


async def read_body(request: Request, largest: int) -> bytes:
    """The raw bytes as they were signed."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > largest:
            raise BodyTooLarge
        chunks.append(chunk)
    return b"".join(chunks)


async def _demand_authentic(door: WebhookDoor, endpoint: Endpoint, signature: SignatureCheck) -> None:
    """Refuse what no secret of the channel has signed, or what claims to come from the future or last week.

    A stale timestamp is accepted: providers may repeat an old signature when they retry, and the unique event id keeps
    a replay from doing anything. Meta signs no time at all.
    """
    age = 0 if signature.age_seconds is None else signature.age_seconds
    if signature.valid and -MOST_AHEAD_SECONDS <= age <= OLDEST_SECONDS:
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
