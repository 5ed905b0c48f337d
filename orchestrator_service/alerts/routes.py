"""`/notifications/push` and `/notifications/alerts`: what the caller hears outside the app (PRODUCT §12.0)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, status

from core.model_route import ModelRoute
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.alerts.door import PushDoor
from orchestrator_service.alerts.prefer import (
    read_company_rules,
    read_preferences,
    set_company_rules,
    set_preferences,
)
from orchestrator_service.alerts.schemas import (
    AlertsView,
    CompanyRulesBody,
    CompanyRulesView,
    DeviceView,
    PreferencesBody,
    PreferencesView,
    PushView,
    SubscribedView,
    SubscriptionBody,
)
from orchestrator_service.alerts.subscribe import PushOff, list_devices, subscribe, unsubscribe
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, Door, LoggedIn, permit
from orchestrator_service.auth.permissions import Permission

router = APIRouter(prefix="/notifications", tags=["notifications"], route_class=ModelRoute)

_LIMITED = [Depends(rate_limit("60/minute", scope="notifications.alerts"))]


async def push_door(request: Request) -> PushDoor:
    """Made with the app."""
    door = request.app.state.push
    assert isinstance(door, PushDoor)
    return door


Push = Annotated[PushDoor, Depends(push_door)]


@router.get("/push", dependencies=_LIMITED)
@audit_access("alerts.devices", subject="alerts")
async def get_push(door: Door, push: Push, database: Db, principal: LoggedIn) -> PushView:
    """The installation's key, and the caller's browsers that are switched on."""
    async with database.tenant(principal.tenant_id) as tx:
        devices = await list_devices(tx, principal, door.clock())
    return PushView(
        public_key=push.public_key, devices=[DeviceView.of(device, principal.session_id) for device in devices]
    )


@router.post("/push", status_code=status.HTTP_201_CREATED, dependencies=_LIMITED)
@audit_access("alerts.device_on", subject="alerts")
async def post_push(  # noqa: PLR0917 - FastAPI injects them
    body: SubscriptionBody, request: Request, door: Door, push: Push, database: Db, principal: LoggedIn
) -> SubscribedView:
    """Switch this browser on, until its login ends. 409 `push_off`, 400 `address_refused`, 422 `bad_subscription`."""
    if push.public_key is None:
        raise PushOff("this installation sends no push")
    agent = (request.headers.get("user-agent") or "")[:300] or None
    async with database.tenant(principal.tenant_id) as tx:
        device = await subscribe(tx, door.keyring, push.policy, principal, body.where(), agent, door.clock())
    return SubscribedView(id=device)


@router.delete("/push/{device_id}", status_code=status.HTTP_204_NO_CONTENT, dependencies=_LIMITED)
@audit_access("alerts.device_off", subject="alerts")
async def delete_push(device_id: int, database: Db, principal: LoggedIn) -> None:
    """Switch one of the caller's browsers off."""
    async with database.tenant(principal.tenant_id) as tx:
        await unsubscribe(tx, principal, device_id)


@router.get("/alerts", dependencies=_LIMITED)
@audit_access("alerts.read", subject="alerts")
async def get_alerts(door: Door, database: Db, principal: LoggedIn) -> AlertsView:
    """What the caller chose, and which ways there are."""
    async with database.tenant(principal.tenant_id) as tx:
        rules = await read_company_rules(tx)
        return AlertsView(
            preferences=PreferencesView.of(await read_preferences(tx, principal)),
            company=CompanyRulesView.of(rules),
            mail=door.mails,
            whatsapp=rules.template_id is not None,
        )


@router.put("/alerts", dependencies=_LIMITED)
@audit_access("alerts.set", subject="alerts")
async def put_alerts(body: PreferencesBody, database: Db, principal: LoggedIn) -> PreferencesView:
    """Save what the caller wants to hear; 422 `bad_phone`."""
    async with database.tenant(principal.tenant_id) as tx:
        return PreferencesView.of(await set_preferences(tx, principal, body.preferences()))


@router.put("/alerts/company", dependencies=_LIMITED)
@audit_access("alerts.set_company", subject="alerts")
async def put_company(
    body: CompanyRulesBody,
    database: Db,
    principal: Annotated[Principal, Depends(permit(Permission.SETTINGS_WRITE))],
) -> CompanyRulesView:
    """Save what holds for everybody; 409 `template_unavailable` for one that an alert cannot fill."""
    async with database.tenant(principal.tenant_id) as tx:
        return CompanyRulesView.of(await set_company_rules(tx, principal, body.rules()))
