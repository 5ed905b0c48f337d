"""`/agent/settings` (PRODUCT §8.5, §15)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.agent.schemas import SettingsBody, SettingsView
from orchestrator_service.agent.settings import change_mode, read_settings
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission

router = APIRouter(prefix="/agent", tags=["agent"])

Reader = Annotated[Principal, Depends(permit(Permission.AGENT_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.AGENT_WRITE))]


@router.get("/settings", dependencies=[Depends(rate_limit("100/minute", scope="agent.settings"))])
@audit_access("agent.settings")
async def get_settings(database: Db, principal: Reader) -> SettingsView:
    """How the company's agent works."""
    async with database.tenant(principal.tenant_id) as tx:
        return SettingsView.of(await read_settings(tx))


@router.patch("/settings", dependencies=[Depends(rate_limit("60/minute", scope="agent.settings.write"))])
@audit_access("agent.change_settings")
async def patch_settings(body: SettingsBody, database: Db, principal: Writer) -> SettingsView:
    """Let the agent answer by itself, propose drafts, or be silent, in the whole company."""
    async with database.tenant(principal.tenant_id) as tx:
        return SettingsView.of(await change_mode(tx, body.agent_mode))
