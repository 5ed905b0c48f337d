"""Google's Gemini API. Imported when a company first asks for it: its library costs a second and 30 MB (ADR 0023)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic_ai.models.google import GoogleModel
from pydantic_ai.providers.google import GoogleProvider

if TYPE_CHECKING:
    import httpx2
    from pydantic_ai.models import Model

    from orchestrator_service.agent.models.plan import LiveChoice


def open_model(choice: LiveChoice, http: httpx2.AsyncClient) -> Model:
    """The model, reached by `http` alone."""
    provider = GoogleProvider(api_key=choice.key.reveal(), base_url=choice.url, http_client=http)
    return GoogleModel(choice.model, provider=provider)
