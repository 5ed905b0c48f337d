"""Where the providers are, as our clients take it: the address before the path of a request."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.credential_names import ModelProvider

PROVIDER_URLS: Final[Mapping[ModelProvider, str]] = MappingProxyType(
    {
        "openai": "https://api.openai.com/v1",
        "anthropic": "https://api.anthropic.com",
        "google": "https://generativelanguage.googleapis.com",
    }
)


def address_of(provider: ModelProvider, base_url: str | None) -> str:
    """The address of a model, without a slash at its end."""
    return (base_url or PROVIDER_URLS[provider]).rstrip("/")
