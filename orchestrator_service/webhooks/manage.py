"""Endpoints as people keep them: where to, which events, and a secret that is shown once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import uuid4

from core.channels import read_credential, store_credential
from core.credential_names import outgoing_secrets_name
from core.credentials import Keyring
from core.database import TenantTransaction
from core.egress_rules import EgressPolicy
from core.errors import Conflict, NotFound
from core.principal import Principal
from core.resilience import optional
from core.secret import Secret
from core.standard_webhooks import new_secret
from core.system_events import record_event
from orchestrator_service.webhooks import repository
from orchestrator_service.webhooks.models import Delivery, DeliveryState, Endpoint
from orchestrator_service.webhooks.repository import EndpointFields

MOST_ENDPOINTS: Final = 20


class TooManyEndpoints(Conflict):
    """A company keeps at most twenty."""

    code = "too_many_endpoints"
    title = "Too Many Endpoints"


class EndpointOff(Conflict):
    """Nothing is sent to an endpoint that is off; it is switched on first."""

    code = "endpoint_off"
    title = "Endpoint Off"


async def list_endpoints(tx: TenantTransaction) -> list[Endpoint]:
    """All of the company's, oldest first."""

    async def query() -> list[Endpoint]:
        return await repository.list_endpoints(tx)

    return await optional(tx, query, missing=[])


async def add_endpoint(
    tx: TenantTransaction, keyring: Keyring, policy: EgressPolicy, principal: Principal, fields: EndpointFields
) -> tuple[Endpoint, Secret]:
    """The endpoint and its secret, which is never shown again. Raises EgressRefused, TooManyEndpoints."""
    policy.target(fields.url)  # the address is judged again, with what it resolves to, at each delivery
    await repository.lock_company(tx)
    if len(await repository.list_endpoints(tx)) >= MOST_ENDPOINTS:
        raise TooManyEndpoints
    endpoint_id = await repository.add_endpoint(tx, fields, principal.user_id)
    secret = new_secret()
    await store_credential(tx, keyring, outgoing_secrets_name(endpoint_id), secret)
    await _tell(tx, principal, "webhooks.created", endpoint_id)
    return await _found(tx, endpoint_id), secret


async def change_endpoint(
    tx: TenantTransaction, policy: EgressPolicy, principal: Principal, endpoint_id: int, changes: dict[str, object]
) -> Endpoint:
    """Write what `changes` names of the endpoint's fields. Raises NotFound, EgressRefused."""
    before = await _locked(tx, endpoint_id)
    kept = EndpointFields(before.name, before.url, before.event_types, before.state)
    after = replace(kept, **changes)
    if after.url != kept.url:
        policy.target(after.url)
    if after != kept:
        await repository.change_endpoint(tx, endpoint_id, after)
        await _tell(tx, principal, "webhooks.changed", endpoint_id)
    return await _found(tx, endpoint_id)


async def rotate_secret(
    tx: TenantTransaction, keyring: Keyring, principal: Principal, endpoint_id: int, now: datetime
) -> tuple[Endpoint, Secret]:
    """A new secret; the former one signs beside it for a day, so that the other side can change over."""
    await _locked(tx, endpoint_id)
    name, secret = outgoing_secrets_name(endpoint_id), new_secret()
    former = await read_credential(tx, keyring, name)
    kept = [secret.reveal(), *(former.reveal().splitlines()[:1] if former else [])]
    await store_credential(tx, keyring, name, Secret("\n".join(kept)))
    await repository.mark_rotated(tx, endpoint_id, now)
    await _tell(tx, principal, "webhooks.secret_rotated", endpoint_id)
    return await _found(tx, endpoint_id), secret


async def remove_endpoint(tx: TenantTransaction, principal: Principal, endpoint_id: int) -> None:
    """Forget an endpoint with its log. Raises NotFound."""
    await _locked(tx, endpoint_id)
    await repository.delete_endpoint(tx, endpoint_id, outgoing_secrets_name(endpoint_id))
    await _tell(tx, principal, "webhooks.deleted", endpoint_id)


async def ping(tx: TenantTransaction, endpoint_id: int, now: datetime) -> int:
    """Have something sent that tells of nothing; the delivery's id. Raises NotFound, EndpointOff."""
    endpoint = await _on(tx, endpoint_id)
    made = await repository.add_ping(tx, endpoint.id, f"msg_ping_{uuid4().hex}", {"endpoint_id": endpoint.id}, now)
    assert made is not None, "the endpoint is locked"
    return made


async def list_deliveries(
    tx: TenantTransaction, endpoint_id: int, *, state: DeliveryState | None, before_id: int, most: int
) -> list[Delivery]:
    """The endpoint's log, newest first. Raises NotFound."""
    await _found(tx, endpoint_id)
    return await repository.list_deliveries(tx, endpoint_id, state=state, before_id=before_id, most=most)


async def replay_one(tx: TenantTransaction, endpoint_id: int, delivery_id: int) -> None:
    """Send a delivery again under its own id. Raises NotFound where there is none that is done with, EndpointOff."""
    await _on(tx, endpoint_id)
    if not await repository.replay(tx, endpoint_id, delivery_id=delivery_id, since=None):
        raise NotFound


async def replay_dead(tx: TenantTransaction, endpoint_id: int, since: datetime) -> int:
    """Send again what failed for good of all that happened since; how many. Raises NotFound, EndpointOff."""
    await _on(tx, endpoint_id)
    return await repository.replay(tx, endpoint_id, delivery_id=None, since=since)


async def _on(tx: TenantTransaction, endpoint_id: int) -> Endpoint:
    endpoint = await _locked(tx, endpoint_id)
    if endpoint.state != "active":
        raise EndpointOff
    return endpoint


async def _locked(tx: TenantTransaction, endpoint_id: int) -> Endpoint:
    if not await repository.lock_endpoint(tx, endpoint_id):
        raise NotFound
    return await _found(tx, endpoint_id)


async def _found(tx: TenantTransaction, endpoint_id: int) -> Endpoint:
    endpoint = await repository.find_endpoint(tx, endpoint_id)
    if endpoint is None:
        raise NotFound
    return endpoint


async def _tell(tx: TenantTransaction, principal: Principal, action: str, endpoint_id: int) -> None:
    await record_event(tx, action, severity="warning", user_id=principal.user_id, subject=f"webhook:{endpoint_id}")
