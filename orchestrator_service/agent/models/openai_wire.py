"""Chat completions: OpenAI itself, and whoever speaks as it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider
from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

from orchestrator_service.agent.models.addresses import PROVIDER_URLS

if TYPE_CHECKING:
    import httpx2
    from pydantic_ai.models import Model

    from orchestrator_service.agent.models.plan import LiveChoice


def open_model(choice: LiveChoice, http: httpx2.AsyncClient) -> Model:
    """The model, reached by `http` alone. What only OpenAI's own address takes is not sent elsewhere."""
    key = choice.key.reveal()
    if choice.url == PROVIDER_URLS["openai"]:
        own = OpenAIProvider(base_url=choice.url, api_key=key, http_client=http)
        return OpenAIChatModel(choice.model, provider=own)
    other = OpenAICompatibleProvider("company", base_url=choice.url, api_key=key, http_client=http)
    return OpenAIChatModel(choice.model, provider=other)
