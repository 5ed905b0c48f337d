"""Typed access to a company's settings."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import TypeVar

from core.database import TenantTransaction
from core.errors import NotFound
from core.statements import sibling_statements
from orchestrator_service.settings.models import (
    NAMES,
    AgentBasics,
    CompanySettings,
    MediaModels,
    MeetingRules,
    Section,
)

SQL = sibling_statements(__file__)
Kind = TypeVar("Kind", CompanySettings, AgentBasics, MeetingRules, MediaModels)


async def read(tx: TenantTransaction, kind: type[Kind]) -> Kind:
    """One section. Raises NotFound where the company has no settings."""
    found = await tx.one(SQL[f"read_{NAMES[kind]}"], kind)
    if found is None:
        raise NotFound
    return found


async def lock(tx: TenantTransaction) -> None:
    """Wait for whoever changes settings of the company."""
    await tx.value(SQL["lock_settings"], int)


async def write(tx: TenantTransaction, section: Section) -> None:
    """Replace a section."""
    values = asdict(section)
    if isinstance(section, CompanySettings):
        words = {name: values.pop(name) for name in ("vocabulary", "vocabulary_words")}
        await tx.run(SQL["write_vocabulary"], **words)
        await tx.run(SQL["write_tenant"], **values)
    elif isinstance(section, AgentBasics):
        exact = {name: Decimal(str(values[name])) for name in ("quiet_seconds", "maximum_wait_seconds")}
        await tx.run(SQL["write_agent"], **(values | exact))
    elif isinstance(section, MeetingRules):
        await tx.run(SQL["write_meetings"], **values)
    else:
        await tx.run(SQL["write_media"], **values)
