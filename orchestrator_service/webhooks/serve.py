"""One endpoint is served: its deliveries in order, each claimed, sent outside of any transaction, and written down.

Sent and not written down (the process died between) means sent again under the same `webhook-id` once the lease is
over: at least once, as the specification wants, and receivers tell a repetition by its id.
"""

from __future__ import annotations

import asyncio
import json
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from core.channels import read_credential
from core.clock import Clock
from core.crash_points import reached
from core.credential_names import outgoing_secrets_name
from core.credentials import Keyring
from core.database import Database, TenantTransaction
from core.egress import Egress
from core.secret import Secret
from core.standard_webhooks import signed
from core.system_events import record_event
from orchestrator_service.notifications.models import Notice
from orchestrator_service.notifications.notify import notify
from orchestrator_service.webhooks import repository
from orchestrator_service.webhooks.address import policy_for
from orchestrator_service.webhooks.models import OVERLAP, TRIES_IN_LINE, Attempt, Due, wait_after
from orchestrator_service.webhooks.post import post
from orchestrator_service.webhooks.repository import Claimed, Target

SERVING_SECONDS: Final = 10.0
LEASE_SECONDS: Final = 45.0
ENDLESS: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class WebhookTools:
    """What sending needs."""

    database: Database
    clock: Clock
    keyring: Keyring = field(repr=False)
    egress: Egress


@dataclass(frozen=True, slots=True)
class _Ready:
    due: Due
    target: Target
    secrets: tuple[Secret, ...]


async def serve_endpoint(tools: WebhookTools, claimed: Claimed) -> None:
    """Send what is due until something fails, nothing is left or others wait too long; then give the endpoint back."""
    loop = asyncio.get_running_loop()
    until, sick = loop.time() + SERVING_SECONDS, claimed.sick
    while loop.time() < until:
        async with tools.database.tenant(claimed.tenant_id) as tx:
            ready = await _ready(tx, tools, claimed.endpoint_id)
        if ready is None:
            break
        attempt = await _send(tools, ready)
        reached("posted")
        async with tools.database.tenant(claimed.tenant_id) as tx:
            await _record(tx, claimed.endpoint_id, ready, attempt)
        sick = not attempt.taken
        if sick:
            break
    async with tools.database.tenant(claimed.tenant_id) as tx:
        await repository.give_back(tx, claimed.endpoint_id, sick=sick)


async def _ready(tx: TenantTransaction, tools: WebhookTools, endpoint_id: int) -> _Ready | None:
    target = await repository.find_target(tx, endpoint_id)
    if target is None or not target.active:
        return None
    due = await repository.next_due(tx, endpoint_id)
    stored = await read_credential(tx, tools.keyring, outgoing_secrets_name(endpoint_id)) if due else None
    if due is None or stored is None:
        return None
    await repository.renew_lease(tx, endpoint_id, LEASE_SECONDS)
    lines = stored.reveal().splitlines()
    overlapping = target.rotated_at is not None and tools.clock() - target.rotated_at < OVERLAP
    return _Ready(due, target, tuple(map(Secret, lines if overlapping else lines[:1])))


async def _send(tools: WebhookTools, ready: _Ready) -> Attempt:
    body, now = payload(ready.due), tools.clock()
    policy = policy_for(tools.egress.policy, ready.target.url, demo=ready.target.demo)
    egress = Egress(policy, tools.egress.resolver, tools.egress.tls)
    headers = signed(ready.secrets, ready.due.message_id, now, body)
    return await post(egress, ready.target.url, headers, body, now)


def payload(due: Due) -> str:
    """The body, the same at each attempt: `{type, timestamp, data}`; `data.seq` orders what arrived out of order."""
    data = {**due.data, "seq": due.seq} if due.seq is not None else due.data
    content = {"type": due.type, "timestamp": due.happened_at.isoformat(), "data": data}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


async def _record(tx: TenantTransaction, endpoint_id: int, ready: _Ready, attempt: Attempt) -> None:
    due, now = ready.due, attempt.at
    if attempt.taken:
        await repository.record_attempt(tx, due.id, attempt, state="sent", due_at=None)
        await repository.note_success(tx, endpoint_id, now)
        return
    if attempt.gone:
        await repository.record_attempt(tx, due.id, attempt, state="dead", due_at=None)
        await _switch_off(tx, endpoint_id, "gone", now)
        return
    wait = wait_after(due.attempts + 1, attempt.retry_after, random.random())  # noqa: S311 - spreads, hides nothing
    again = None if wait is None else now + timedelta(seconds=wait)
    await repository.record_attempt(tx, due.id, attempt, state="waiting" if again else "dead", due_at=again)
    await repository.note_failure(tx, endpoint_id, now)
    since = ready.target.failing_since
    if again is None and since is not None and now - since >= ENDLESS:
        await _switch_off(tx, endpoint_id, "failing", now)
    elif due.attempts + 1 == TRIES_IN_LINE:  # the first time that others pass it: somebody should look
        await notify(tx, Notice("webhook_failing"))


async def _switch_off(tx: TenantTransaction, endpoint_id: int, state: repository.Off, now: datetime) -> None:
    """What waited is kept as dead letters; whoever keeps the webhooks is told."""
    if await repository.switch_off(tx, endpoint_id, state, now):
        subject = f"webhook:{endpoint_id}"
        if state == "gone":
            await record_event(tx, "webhooks.gone", severity="warning", subject=subject)
        else:
            await record_event(tx, "webhooks.failing", severity="warning", subject=subject)
        await notify(tx, Notice("webhook_failing"))
