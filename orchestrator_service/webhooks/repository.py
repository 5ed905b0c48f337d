"""Typed access to endpoints, their deliveries and the queue of those that wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from core.database import SystemTransaction, TenantTransaction
from core.json_types import JsonObject
from core.statements import sibling_statements
from orchestrator_service.webhooks.models import (
    TRIES_IN_LINE,
    Attempt,
    Delivery,
    DeliveryState,
    Due,
    Endpoint,
    EndpointState,
    EventType,
)

SQL = sibling_statements(__file__)
Off: TypeAlias = Literal["gone", "failing"]


@dataclass(frozen=True, slots=True)
class Claimed:
    """An endpoint that this process alone serves until its lease ends; `sick`: it failed the last time."""

    tenant_id: int
    endpoint_id: int
    sick: bool


@dataclass(frozen=True, slots=True)
class Target:
    """Where deliveries go. `demo`: the company is one, whose endpoints may be on this machine."""

    url: str
    active: bool
    rotated_at: datetime | None
    failing_since: datetime | None
    demo: bool


@dataclass(frozen=True, slots=True)
class EndpointFields:
    """What people write of an endpoint."""

    name: str
    url: str
    event_types: list[EventType]
    state: EndpointState = "active"


async def list_endpoints(tx: TenantTransaction) -> list[Endpoint]:
    """Oldest first."""
    return await tx.all(SQL["list_endpoints"], Endpoint, endpoint_id=None)


async def find_endpoint(tx: TenantTransaction, endpoint_id: int) -> Endpoint | None:
    """One of them."""
    return await tx.one(SQL["list_endpoints"], Endpoint, endpoint_id=endpoint_id)


async def lock_company(tx: TenantTransaction) -> None:
    """Nobody adds another endpoint before the end of the transaction."""
    await tx.value(SQL["lock_company"], int)


async def lock_endpoint(tx: TenantTransaction, endpoint_id: int) -> bool:
    """Whether it is there, and nobody else's to change."""
    return await tx.value(SQL["lock_endpoint"], int, endpoint_id=endpoint_id) is not None


async def add_endpoint(tx: TenantTransaction, fields: EndpointFields, created_by: int) -> int:
    """Its id."""
    written = {"name": fields.name, "url": fields.url, "event_types": list(fields.event_types)}
    made = await tx.value(SQL["add_endpoint"], int, **written, created_by=created_by)
    assert made is not None, "it was just written"
    return made


async def change_endpoint(tx: TenantTransaction, endpoint_id: int, fields: EndpointFields) -> None:
    """Write what people may change."""
    written = {"name": fields.name, "url": fields.url, "event_types": list(fields.event_types), "state": fields.state}
    await tx.run(SQL["change_endpoint"], endpoint_id=endpoint_id, **written)


async def mark_rotated(tx: TenantTransaction, endpoint_id: int, now: datetime) -> None:
    """The newest secret is there since now."""
    await tx.run(SQL["mark_rotated"], endpoint_id=endpoint_id, now=now)


async def delete_endpoint(tx: TenantTransaction, endpoint_id: int, secrets_name: str) -> None:
    """Forget it with its log and its secrets."""
    await tx.run(SQL["delete_endpoint"], endpoint_id=endpoint_id, name=secrets_name)


async def fan_out(tx: TenantTransaction) -> int:
    """Turn numbered events into deliveries; answers how many endpoints have something new."""
    return await tx.run(SQL["fan_out"])


async def add_ping(
    tx: TenantTransaction, endpoint_id: int, message_id: str, data: JsonObject, now: datetime
) -> int | None:
    """The id of a delivery that tells of nothing."""
    return await tx.value(SQL["add_ping"], int, endpoint_id=endpoint_id, message_id=message_id, data=data, now=now)


async def replay(tx: TenantTransaction, endpoint_id: int, *, delivery_id: int | None, since: datetime | None) -> int:
    """How many wait again."""
    named = {"endpoint_id": endpoint_id, "delivery_id": delivery_id, "since": since}
    return await tx.value(SQL["replay"], int, **named) or 0


async def list_deliveries(
    tx: TenantTransaction, endpoint_id: int, *, state: DeliveryState | None, before_id: int, most: int
) -> list[Delivery]:
    """Newest first."""
    page = {"state": state, "before_id": before_id, "most": most}
    return await tx.all(SQL["list_deliveries"], Delivery, endpoint_id=endpoint_id, **page)


async def claim_queues(
    tx: SystemTransaction, *, busy: Sequence[int], sick: bool, each: int, most: int, lease: float
) -> list[Claimed]:
    """At most `most` endpoints that wait, `each` of one company and none of those in `busy`; leased `lease` seconds.

    `sick` ones have failed the last time they were served.
    """
    limits = {"busy": list(busy), "sick": sick, "each": each, "most": most, "lease": lease}
    return await tx.all(SQL["claim_queues"], Claimed, **limits)


async def renew_lease(tx: TenantTransaction, endpoint_id: int, lease: float) -> None:
    """Keep it."""
    await tx.run(SQL["renew_lease"], endpoint_id=endpoint_id, lease=lease)


async def give_back(tx: TenantTransaction, endpoint_id: int, *, sick: bool) -> None:
    """End the lease, with the time of the next delivery; the lock first, so that none that was just added is missed."""
    await tx.value(SQL["lock_queue"], int, endpoint_id=endpoint_id)
    await tx.run(SQL["give_back"], endpoint_id=endpoint_id, sick=sick, in_line=TRIES_IN_LINE)


async def find_target(tx: TenantTransaction, endpoint_id: int) -> Target | None:
    """Where its deliveries go."""
    return await tx.one(SQL["target"], Target, endpoint_id=endpoint_id)


async def next_due(tx: TenantTransaction, endpoint_id: int) -> Due | None:
    """Whose turn it is."""
    return await tx.one(SQL["next_due"], Due, endpoint_id=endpoint_id, in_line=TRIES_IN_LINE)


async def record_attempt(
    tx: TenantTransaction, delivery_id: int, attempt: Attempt, *, state: DeliveryState, due_at: datetime | None
) -> None:
    """Write what came of it; nothing where somebody settled it meanwhile."""
    told = {"status": attempt.status, "ms": attempt.ms, "problem": attempt.problem, "answer": attempt.answer}
    await tx.run(SQL["record_attempt"], delivery_id=delivery_id, at=attempt.at, state=state, due_at=due_at, **told)


async def note_success(tx: TenantTransaction, endpoint_id: int, now: datetime) -> None:
    """It takes what it is given."""
    await tx.run(SQL["note_success"], endpoint_id=endpoint_id, now=now)


async def note_failure(tx: TenantTransaction, endpoint_id: int, now: datetime) -> None:
    """It did not."""
    await tx.run(SQL["note_failure"], endpoint_id=endpoint_id, now=now)


async def switch_off(tx: TenantTransaction, endpoint_id: int, state: Off, now: datetime) -> bool:
    """Whether it was on."""
    return (await tx.value(SQL["switch_off"], int, endpoint_id=endpoint_id, state=state, now=now) or 0) > 0


async def prune_deliveries(tx: TenantTransaction, *, sent_before: datetime, dead_before: datetime) -> int:
    """How many are forgotten."""
    return await tx.run(SQL["prune_deliveries"], sent_before=sent_before, dead_before=dead_before)
