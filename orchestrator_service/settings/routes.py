"""`/admin/core/settings`: what a company decides about itself, for the ceo alone (PRODUCT §5.4, §15)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.settings.change import change_section
from orchestrator_service.settings.models import AgentBasics, CompanySettings, MediaModels, MeetingRules
from orchestrator_service.settings.read import read_section
from orchestrator_service.settings.schemas import (
    AgentBody,
    AgentSection,
    CompanyBody,
    CompanySection,
    CompanySettingsView,
    MediaBody,
    MediaSection,
    MeetingsBody,
    MeetingsSection,
)

router = APIRouter(prefix="/admin/core/settings", tags=["settings"])

Reader = Annotated[Principal, Depends(permit(Permission.SETTINGS_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.SETTINGS_WRITE))]
_LIMITED = [Depends(rate_limit("60/minute", scope="admin.settings"))]


@router.get("", dependencies=_LIMITED)
@audit_access("settings.read", subject="settings")
async def get_settings(database: Db, principal: Reader) -> CompanySettingsView:
    """Every section with its version."""
    async with database.tenant(principal.tenant_id) as tx:
        return CompanySettingsView(
            company=CompanySection.of(await read_section(tx, CompanySettings)),
            agent=AgentSection.of(await read_section(tx, AgentBasics)),
            meetings=MeetingsSection.of(await read_section(tx, MeetingRules)),
            media=MediaSection.of(await read_section(tx, MediaModels)),
        )


@router.put("/company", dependencies=_LIMITED)
@audit_access("settings.write", subject="settings:company")
async def put_company(body: CompanyBody, database: Db, principal: Writer) -> CompanySection:
    """Save who the company is; 409 `settings_changed` tells the `current` values where `version` names others."""
    async with database.tenant(principal.tenant_id) as tx:
        return CompanySection.of(await change_section(tx, principal, body.values.section(), seen=body.version))


@router.put("/agent", dependencies=_LIMITED)
@audit_access("settings.write", subject="settings:agent")
async def put_agent(body: AgentBody, database: Db, principal: Writer) -> AgentSection:
    """Save how the agent behaves; 409 as above."""
    async with database.tenant(principal.tenant_id) as tx:
        return AgentSection.of(await change_section(tx, principal, body.values.section(), seen=body.version))


@router.put("/meetings", dependencies=_LIMITED)
@audit_access("settings.write", subject="settings:meetings")
async def put_meetings(body: MeetingsBody, database: Db, principal: Writer) -> MeetingsSection:
    """Save how meetings are given out; 409 as above."""
    async with database.tenant(principal.tenant_id) as tx:
        return MeetingsSection.of(await change_section(tx, principal, body.values.section(), seen=body.version))


@router.put("/media", dependencies=_LIMITED)
@audit_access("settings.write", subject="settings:media")
async def put_media(body: MediaBody, database: Db, principal: Writer) -> MediaSection:
    """Save who hears voice notes and sees pictures; 409 as above."""
    async with database.tenant(principal.tenant_id) as tx:
        return MediaSection.of(await change_section(tx, principal, body.values.section(), seen=body.version))
