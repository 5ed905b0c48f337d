"""`/admin/core/webhooks` (PRODUCT §15)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, status
from starlette.requests import Request

from core.egress_rules import EgressPolicy
from core.model_route import ModelRoute
from core.paging import Page, id_before, id_cursor, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Door, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.webhooks import manage
from orchestrator_service.webhooks.address import policy_for
from orchestrator_service.webhooks.schemas import (
    DeliveryView,
    EndpointBody,
    EndpointsView,
    EndpointView,
    LogQuery,
    NewEndpointBody,
    ReplayBody,
    ReplayedView,
    SecretView,
)

router = APIRouter(prefix="/admin/core/webhooks", tags=["webhooks"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.WEBHOOKS_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.WEBHOOKS_WRITE))]
_LIMITED = [Depends(rate_limit("60/minute", scope="webhooks"))]


@router.get("")
@audit_access("webhooks.list", subject="webhooks")
async def get_endpoints(door: Door, principal: Reader) -> EndpointsView:
    """The company's endpoints and how they do, oldest first."""
    async with door.database.tenant(principal.tenant_id) as tx:
        endpoints = await manage.list_endpoints(tx)
    return EndpointsView(items=[EndpointView.of(one, door.clock()) for one in endpoints])


@router.post("", status_code=status.HTTP_201_CREATED, dependencies=_LIMITED)
@audit_access("webhooks.create", subject="webhook")
async def post_endpoint(request: Request, body: NewEndpointBody, door: Door, principal: Writer) -> SecretView:
    """Add an endpoint; its secret is in this answer alone. 400 `address_refused`; 409 `too_many_endpoints`."""
    policy = _policy(request, body.url)
    async with door.database.tenant(principal.tenant_id) as tx:
        endpoint, secret = await manage.add_endpoint(tx, door.keyring, policy, principal, body.fields())
    name_subject(request, f"webhook:{endpoint.id}")
    return SecretView.of(endpoint, secret, door.clock())


@router.patch("/{endpoint_id}", dependencies=_LIMITED)
@audit_access("webhooks.edit", subject="webhook")
async def patch_endpoint(
    request: Request, endpoint_id: int, body: EndpointBody, door: Door, principal: Writer
) -> EndpointView:
    """Change an endpoint, or switch it off and on; on again, it is told what happens from then on."""
    policy = _policy(request, body.url or "")
    async with door.database.tenant(principal.tenant_id) as tx:
        endpoint = await manage.change_endpoint(tx, policy, principal, endpoint_id, body.given())
    return EndpointView.of(endpoint, door.clock())


@router.delete("/{endpoint_id}", status_code=status.HTTP_204_NO_CONTENT, dependencies=_LIMITED)
@audit_access("webhooks.delete", subject="webhook")
async def delete_endpoint(endpoint_id: int, door: Door, principal: Writer) -> None:
    """Forget an endpoint with its log."""
    async with door.database.tenant(principal.tenant_id) as tx:
        await manage.remove_endpoint(tx, principal, endpoint_id)


@router.post("/{endpoint_id}/secret", dependencies=_LIMITED)
@audit_access("webhooks.rotate", subject="webhook")
async def post_secret(endpoint_id: int, door: Door, principal: Writer) -> SecretView:
    """A new secret, in this answer alone; for a day deliveries are signed with the former one, too."""
    async with door.database.tenant(principal.tenant_id) as tx:
        endpoint, secret = await manage.rotate_secret(tx, door.keyring, principal, endpoint_id, door.clock())
    return SecretView.of(endpoint, secret, door.clock())


@router.post("/{endpoint_id}/ping", status_code=status.HTTP_202_ACCEPTED, dependencies=_LIMITED)
@audit_access("webhooks.ping", subject="webhook")
async def post_ping(endpoint_id: int, door: Door, principal: Writer) -> ReplayedView:
    """Have a `PING` sent, which the log then shows. 409 `endpoint_off`."""
    async with door.database.tenant(principal.tenant_id) as tx:
        await manage.ping(tx, endpoint_id, door.clock())
    return ReplayedView(replayed=1)


@router.get("/{endpoint_id}/deliveries", dependencies=[Depends(rate_limit("100/minute", scope="webhooks.log"))])
@audit_access("webhooks.log", subject="webhook")
async def get_deliveries(
    endpoint_id: int, door: Door, principal: Reader, wanted: Annotated[LogQuery, Query()]
) -> Page[DeliveryView]:
    """The endpoint's deliveries, newest first. Those sent are kept a week, those that failed for good a month."""
    before, most = id_before(wanted.cursor), wanted.limit + 1
    async with door.database.tenant(principal.tenant_id) as tx:
        found = await manage.list_deliveries(tx, endpoint_id, state=wanted.state, before_id=before, most=most)
    return page(found, wanted.limit, show=DeliveryView.of, cursor=lambda one: id_cursor(one.id))


@router.post(
    "/{endpoint_id}/deliveries/{delivery_id}/replay", status_code=status.HTTP_202_ACCEPTED, dependencies=_LIMITED
)
@audit_access("webhooks.replay", subject="webhook")
async def post_replay(endpoint_id: int, delivery_id: int, door: Door, principal: Writer) -> ReplayedView:
    """Send a delivery again under its own id. 409 `endpoint_off`; 404 for one that waits already."""
    async with door.database.tenant(principal.tenant_id) as tx:
        await manage.replay_one(tx, endpoint_id, delivery_id)
    return ReplayedView(replayed=1)


@router.post("/{endpoint_id}/replay", status_code=status.HTTP_202_ACCEPTED, dependencies=_LIMITED)
@audit_access("webhooks.replay_all", subject="webhook")
async def post_replay_all(endpoint_id: int, body: ReplayBody, door: Door, principal: Writer) -> ReplayedView:
    """Send again all that failed for good since a moment. 409 `endpoint_off`."""
    async with door.database.tenant(principal.tenant_id) as tx:
        return ReplayedView(replayed=await manage.replay_dead(tx, endpoint_id, body.since))


def _policy(request: Request, url: str) -> EgressPolicy:
    rules: EgressPolicy = request.app.state.egress.policy
    return policy_for(rules, url, demo=request.app.state.demo is not None)
