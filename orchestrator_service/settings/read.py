"""Reading one section of the settings."""

from __future__ import annotations

from typing import TypeVar

from core.database import TenantTransaction
from orchestrator_service.settings import repository
from orchestrator_service.settings.models import AgentBasics, CompanySettings, MediaModels, MeetingRules

Kind = TypeVar("Kind", CompanySettings, AgentBasics, MeetingRules, MediaModels)


async def read_section(tx: TenantTransaction, kind: type[Kind]) -> Kind:
    """The company's values. Raises NotFound where it has none."""
    return await repository.read(tx, kind)
