"""The defences, each with a way to go without it: the controls show that the checkers then see what they are there for.

Every function here puts back a mistake that systems of this kind have made.
"""

# A defence is taken out from behind.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Callable
from typing import Any

import core.meta.client
import core.meta.signature
import core.ycloud.client
import core.ycloud.signature
import nexus.worker
import whatsapp_service.webhook
from core.channels import Channel
from core.contracts import Deliver
from core.crash_points import reached
from core.database import Database, TenantTransaction
from core.inbound_events import Delivered
from core.rate_limit import RateLimiter
from core.webhook_signature import SignatureCheck
from core.whatsapp import InboundMessage, Refused, Unknown
from whatsapp_service.delivery import deliver as delivering
from whatsapp_service.inbox.accept import Outcome, accept_event
from whatsapp_service.inbox.endpoints import Endpoint
from whatsapp_service.inbox.fast_path import FastPath
from whatsapp_service.inbox.together import Together

_lying: list[bool] = []


def remove(defence: str) -> None:
    """Go without one defence, in this process."""
    DEFENCES[defence]()


def claim_with_the_outcome() -> None:
    """The claim is committed after the message has left: a death in between forgets that it left."""

    async def deliver(database: Database, provider_of: Any, clock: Any, job: Deliver, **_: Any) -> None:
        async with database.tenant(job.tenant_id) as tx:
            claim = await delivering._claim(tx, provider_of, clock, job)
            if not isinstance(claim, delivering._Claim):
                return
            name = delivering.external_id(job.tenant_id, job.message_id)
            result = await claim.provider.send(claim.recipient, claim.outgoing, external_id=name)
            reached("taken")
            await delivering._record(tx, clock, job, claim, result)

    nexus.worker.deliver = deliver


def remember_before_commit() -> None:
    """The event counts as known before it is stored: a death in between makes every retry a repetition."""

    async def has(self: FastPath, tenant_id: int, provider: str, event_id: str, body_hash: bytes) -> bool:
        key = self._key(tenant_id, provider, event_id)
        return not await self._redis.set(key, body_hash, nx=True, ex=120)

    async def accept(tx: TenantTransaction, endpoint: Channel, delivered: Delivered) -> Outcome:
        outcome = await accept_event(tx, endpoint, delivered)
        reached("accepted")
        return outcome

    FastPath.has = has
    each_alone()
    whatsapp_service.webhook.accept_event = accept


def take_repetitions_for_new() -> None:
    """No key says that an event was here before."""

    async def has(self: FastPath, tenant_id: int, provider: str, event_id: str, body_hash: bytes) -> bool:
        del self, tenant_id, provider, event_id, body_hash
        return False

    async def accept(tx: TenantTransaction, endpoint: Channel, delivered: Delivered) -> Outcome:
        event = delivered.event
        if not isinstance(event.payload, InboundMessage):
            return await accept_event(tx, endpoint, delivered)
        known = event.payload.wamid or ""
        other = f"{known}.{uuid.uuid4().hex}"
        fresh = dataclasses.replace(event, id=uuid.uuid4().hex, payload=dataclasses.replace(event.payload, wamid=other))
        body = delivered.body.replace(known.encode(), other.encode())
        return await accept_event(tx, endpoint, dataclasses.replace(delivered, event=fresh, body=body))

    FastPath.has = has
    each_alone()
    whatsapp_service.webhook.accept_event = accept


def each_alone() -> None:
    """Every event goes the whole way, where the mistakes are put back."""

    async def accept(self: Together, endpoint: Endpoint, delivered: Delivered) -> None:
        del self, endpoint, delivered

    Together.accept = accept


def send_again_when_unsure() -> None:
    """An answer that says nothing is taken for a refusal, and the message is sent again."""
    for client in (core.ycloud.client.YCloudClient, core.meta.client.MetaClient):
        client.send = _sure(client.send)


def _sure(send: Callable[..., Any]) -> Any:
    async def sure(*args: Any, **named: Any) -> object:
        result = await send(*args, **named)
        if isinstance(result, Unknown):
            return Refused("unsure", "", retry_after_seconds=1, retryable=True)
        return result

    return sure


def believe_every_signature() -> None:
    """Whatever is signed somehow is believed."""

    def check(*_: object) -> SignatureCheck:
        return SignatureCheck(valid=True, age_seconds=0, reason=None)

    core.ycloud.signature.check = check
    core.meta.signature.check = check


def need_redis_to_count() -> None:
    """Where the shared count of the rate limits is away, the request is."""

    async def ask(self: RateLimiter, ask: Any) -> tuple[Any]:
        return (await ask(self._shared),)

    RateLimiter._ask = ask


def say_yes_without_a_database() -> None:
    """What could not be stored is answered with 200."""
    _lying.append(True)


DEFENCES: dict[str, Callable[[], None]] = {
    function.__name__: function
    for function in (
        claim_with_the_outcome,
        remember_before_commit,
        take_repetitions_for_new,
        send_again_when_unsure,
        believe_every_signature,
        need_redis_to_count,
        say_yes_without_a_database,
    )
}


def as_served(factory: Callable[[], Any]) -> Callable[[], Any]:
    """The service, or one that says 200 for 503 where that defence is gone."""

    def make() -> Any:
        app = factory()
        if not _lying:
            return app

        async def lying(scope: Any, receive: Any, send: Any) -> None:
            async def say(message: Any) -> None:
                if message["type"] == "http.response.start" and message["status"] == 503:
                    message = {**message, "status": 200}
                await send(message)

            await app(scope, receive, say)

        return lying

    return make
