"""Anthropic's messages. Imported when a company first asks for it: its library costs seconds and 37 MB (ADR 0023)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic_ai.models.anthropic import AnthropicModel
from pydantic_ai.providers.anthropic import AnthropicProvider

if TYPE_CHECKING:
    import httpx2
    from pydantic_ai.models import Model

    from orchestrator_service.agent.models.plan import LiveChoice


def open_model(choice: LiveChoice, http: httpx2.AsyncClient) -> Model:
    """The model, reached by `http` alone."""
    provider = AnthropicProvider(api_key=choice.key.reveal(), base_url=choice.url, http_client=http)
    return AnthropicModel(choice.model, provider=provider)
