"""Who is logged in, and with which sessions."""

from __future__ import annotations

from datetime import datetime

from core.database import Database
from core.errors import NotFound
from core.principal import Principal
from orchestrator_service.auth import repository
from orchestrator_service.auth.models import Profile, Session


async def read_profile(database: Database, principal: Principal) -> Profile:
    """The caller's account and company."""
    async with database.tenant(principal.tenant_id) as tx:
        profile = await repository.find_profile(tx, principal.user_id)
    if profile is None:
        raise NotFound
    return profile


async def list_sessions(database: Database, principal: Principal, now: datetime) -> list[Session]:
    """The caller's own living sessions, newest first."""
    async with database.tenant(principal.tenant_id) as tx:
        return await repository.list_sessions(tx, principal.user_id, now)
