"""How a company's agent works: its name, and whether it answers, proposes or is silent (PRODUCT §8.5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from core.database import TenantTransaction
from core.errors import NotFound
from core.outbox import emit
from core.statements import sibling_statements

SQL = sibling_statements(__file__)

AgentMode: TypeAlias = Literal["autopilot", "draft", "off"]


@dataclass(frozen=True, slots=True)
class AgentSettings:
    """`takeover_hours`: for how long the agent is silent after a person has answered."""

    agent_name: str
    agent_mode: AgentMode
    takeover_hours: int


async def read_settings(tx: TenantTransaction) -> AgentSettings:
    """The company's settings. Raises NotFound where it has none."""
    settings = await tx.one(SQL["read_settings"], AgentSettings)
    if settings is None:
        raise NotFound
    return settings


async def brain_of(tx: TenantTransaction) -> Literal["demo", "live"]:
    """Who answers: the rules of a demo company, or a model. Raises NotFound where the company has no settings."""
    brain = await tx.value(SQL["brain_of"], str)
    if brain is None:
        raise NotFound
    return "demo" if brain == "demo" else "live"


async def change_mode(tx: TenantTransaction, mode: AgentMode) -> AgentSettings:
    """Let the agent answer, propose or be silent from its next turns on; everyone of the company hears of it."""
    changed = await tx.run(SQL["set_agent_mode"], agent_mode=mode)
    settings = await read_settings(tx)
    if changed:
        told = {"agent_name": settings.agent_name, "agent_mode": settings.agent_mode}
        await emit(tx, "AGENT_UPDATED", told, owner_user_id=None, audience="everyone")
    return settings
