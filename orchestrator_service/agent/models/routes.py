"""`/agent/spending` and `/agent/model`: what the models took, and whether one answers (PRODUCT §9.1)."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import APIRouter, Depends

from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.agent.models.check import check_model, read_checked
from orchestrator_service.agent.models.schemas import CheckBody, CheckView, SpendingView
from orchestrator_service.agent.models.spending import read_spending
from orchestrator_service.agent.models.way_out import Out
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Door, permit
from orchestrator_service.auth.permissions import Permission

router = APIRouter(prefix="/agent", tags=["agent"])

Reader = Annotated[Principal, Depends(permit(Permission.AGENT_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.AGENT_WRITE))]


@router.get("/spending", dependencies=[Depends(rate_limit("100/minute", scope="agent.spending"))])
@audit_access("agent.spending")
async def get_spending(door: Door, principal: Reader) -> SpendingView:
    """What the models took today and this month, and whether the day's cap is reached."""
    async with door.database.tenant(principal.tenant_id) as tx:
        return SpendingView.of(await read_spending(tx, now=door.clock()))


@router.post("/model/check", dependencies=[Depends(rate_limit("20/minute", scope="agent.model_check"))])
@audit_access("agent.check_model")
async def post_check(body: CheckBody, door: Door, egress: Out, principal: Writer) -> CheckView:
    """Ask the provider of a saved model whether it takes the key and knows the model; nothing is spent."""
    async with door.database.tenant(principal.tenant_id) as tx:
        checked = await read_checked(tx, door.keyring, body.position)
    began = time.monotonic()
    finding = await check_model(egress, checked)
    return CheckView(finding=finding, seconds=round(time.monotonic() - began, 3))
