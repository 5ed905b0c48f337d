"""The agent's settings on the wire."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from orchestrator_service.agent.models.schemas import ModelBody, ModelView
from orchestrator_service.agent.settings import AgentMode, AgentSettings


class SettingsView(BaseModel):
    """How the company's agent works; `agent_mode` holds wherever a conversation has none of its own."""

    agent_name: str
    agent_mode: AgentMode
    takeover_hours: int
    model: ModelView

    @classmethod
    def of(cls, settings: AgentSettings, model: ModelView) -> SettingsView:
        """The settings."""
        return cls(
            agent_name=settings.agent_name,
            agent_mode=settings.agent_mode,
            takeover_hours=settings.takeover_hours,
            model=model,
        )


class SettingsBody(BaseModel):
    """`PATCH /agent/settings`: what is given changes, the rest stays."""

    model_config = ConfigDict(extra="forbid")

    agent_mode: AgentMode | None = None
    model: ModelBody | None = None
