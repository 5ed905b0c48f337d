"""`/agent/settings` (PRODUCT §8.5, §9.1, §15)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from core.database import TenantTransaction
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.agent.models.change import WantedModels, change_models, keys_of_models
from orchestrator_service.agent.models.schemas import ModelView
from orchestrator_service.agent.models.settings import read_model_settings
from orchestrator_service.agent.models.way_out import Out
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
    """How the company's agent works, and which models answer."""
    async with database.tenant(principal.tenant_id) as tx:
        return await _view(tx)


@router.patch("/settings", dependencies=[Depends(rate_limit("60/minute", scope="agent.settings.write"))])
@audit_access("agent.change_settings")
async def patch_settings(body: SettingsBody, database: Db, egress: Out, principal: Writer) -> SettingsView:
    """Let the agent answer by itself, propose drafts, or be silent, in the whole company; or other models answer.

    `model` is saved as one: 409 `settings_changed` where `version` names other values than are there.
    """
    async with database.tenant(principal.tenant_id) as tx:
        if body.model is not None:
            wanted = WantedModels(**dict(body.model))
            await change_models(tx, principal, wanted, egress.policy)
        if body.agent_mode is not None:
            await change_mode(tx, body.agent_mode)
        return await _view(tx)


async def _view(tx: TenantTransaction) -> SettingsView:
    models = ModelView.of(await read_model_settings(tx), await keys_of_models(tx))
    return SettingsView.of(await read_settings(tx), models)
