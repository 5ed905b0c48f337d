"""The agent's settings on the wire."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from orchestrator_service.agent.settings import AgentMode, AgentSettings


class SettingsView(BaseModel):
    """How the company's agent works; `agent_mode` holds wherever a conversation has none of its own."""

    agent_name: str
    agent_mode: AgentMode
    takeover_hours: int

    @classmethod
    def of(cls, settings: AgentSettings) -> SettingsView:
        """The settings."""
        return cls.model_validate(settings, from_attributes=True)


class SettingsBody(BaseModel):
    """`PATCH /agent/settings`."""

    model_config = ConfigDict(extra="forbid")

    agent_mode: AgentMode
