"""`/chat/triggers` (PRODUCT §7.7), and telling a customer of a changed meeting (§11.6)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from core.model_route import ModelRoute
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, Door, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.triggers.arrange import list_triggers, remove_step, set_trigger
from orchestrator_service.triggers.models import MOST_STEPS, Kind
from orchestrator_service.triggers.schemas import TellingView, TriggerBody, TriggersView
from orchestrator_service.triggers.tell_customer import how_to_tell, tell_customer

router = APIRouter(prefix="/chat/triggers", tags=["templates"], route_class=ModelRoute)
events_router = APIRouter(prefix="/agenda/events", tags=["agenda"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.TEMPLATES_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.TEMPLATES_WRITE))]
Planner = Annotated[Principal, Depends(permit(Permission.AGENDA_WRITE))]
Step = Annotated[int, Path(ge=0, le=MOST_STEPS)]
_LIMITED = [Depends(rate_limit("60/minute", scope="chat.triggers"))]


@router.get("", dependencies=_LIMITED)
@audit_access("triggers.list", subject="triggers")
async def get_triggers(door: Door, database: Db, principal: Reader) -> TriggersView:
    """What the company writes by itself, and how often it has."""
    async with database.tenant(principal.tenant_id) as tx:
        return TriggersView.of(await list_triggers(tx, door.clock()))


@router.put("/{kind}/{step}", dependencies=_LIMITED)
@audit_access("triggers.set", subject="trigger")
async def put_trigger(  # noqa: PLR0917 - FastAPI injects them
    kind: Kind, step: Step, body: TriggerBody, door: Door, database: Db, principal: Writer
) -> TriggersView:
    """Set one up, switch it on or off; step 0 for all but reactivations.

    409 `trigger_incomplete`, `template_unavailable`, `template_incomplete`, `unknown_field`, `step_refused`.
    """
    async with database.tenant(principal.tenant_id) as tx:
        await set_trigger(tx, body.trigger(kind, step), door.clock())
        return TriggersView.of(await list_triggers(tx, door.clock()))


@router.delete("/reactivation/{step}", dependencies=_LIMITED)
@audit_access("triggers.remove", subject="trigger")
async def delete_step(step: Step, door: Door, database: Db, principal: Writer) -> TriggersView:
    """Take the last step off the sequence of reactivations; 409 `step_refused` for another one."""
    async with database.tenant(principal.tenant_id) as tx:
        await remove_step(tx, step)
        return TriggersView.of(await list_triggers(tx, door.clock()))


@events_router.get("/{event_id}/telling", dependencies=[Depends(rate_limit("100/minute", scope="agenda.telling"))])
@audit_access("agenda.telling", subject="event")
async def get_telling(event_id: int, door: Door, database: Db, principal: Planner) -> TellingView:
    """How the customer would be told that the meeting was moved or cancelled."""
    async with database.tenant(principal.tenant_id) as tx:
        return TellingView.of(await how_to_tell(tx, principal, event_id, door.meeting_links, now=door.clock()))


@events_router.post("/{event_id}/telling", dependencies=[Depends(rate_limit("60/minute", scope="agenda.tell"))])
@audit_access("agenda.tell", subject="event")
async def post_telling(event_id: int, door: Door, database: Db, principal: Planner) -> TellingView:
    """Tell them, once for each change; 409 `not_told` with the reason in `why`."""
    async with database.tenant(principal.tenant_id) as tx:
        return TellingView.of(await tell_customer(tx, principal, event_id, door.meeting_links, now=door.clock()))
