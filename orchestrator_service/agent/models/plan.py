"""Which models a turn asks, in order, with their keys and prices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal

from pydantic_ai.models import Model

from core.channels import read_credential
from core.credential_names import MODEL_KEY, ModelProvider
from core.credentials import Keyring
from core.database import TenantTransaction
from core.model_calls import Prices
from core.secret import Secret
from orchestrator_service.agent.models.addresses import address_of
from orchestrator_service.agent.models.errors import BrainNotConfigured
from orchestrator_service.agent.models.settings import ModelSettings, read_model_settings
from orchestrator_service.agent.situation import Situation

DEMO_BRAIN: Final = "demo-brain"


@dataclass(frozen=True, slots=True)
class DemoChoice:
    """The demo brain, at whatever price the company pretends to pay; `make` makes a recorded model in its place."""

    prices: Prices
    make: Callable[[Situation], Model] | None = field(default=None, repr=False)
    provider: Literal["demo"] = "demo"
    model: str = DEMO_BRAIN


@dataclass(frozen=True, slots=True)
class LiveChoice:
    """One model of a provider. `url` has no slash at its end."""

    provider: ModelProvider
    model: str
    url: str
    prices: Prices
    key: Secret = field(repr=False)


@dataclass(frozen=True, slots=True)
class ModelPlan:
    """Models in the order in which they are asked, at least one; `output_tokens` is the most that one answer has."""

    choices: tuple[DemoChoice | LiveChoice, ...]
    output_tokens: int
    first: int = 0

    def after(self, position: int | None) -> int:
        """Where a second attempt begins: behind the model that failed last, or anew where none is behind it."""
        if position is None or position + 1 >= len(self.choices):
            return 0
        return position + 1


async def read_plan(
    tx: TenantTransaction, keyring: Keyring, recorded: Callable[[Situation], Model] | None = None
) -> ModelPlan:
    """The company's models, or the `recorded` one in their place.

    A fallback without a key is left out; BrainNotConfigured where the main one has none.
    """
    settings = await read_model_settings(tx)
    prices = Prices(settings.model_input_price, settings.model_output_price)
    if settings.is_demo or recorded is not None:
        return ModelPlan((DemoChoice(prices, recorded),), settings.model_output_tokens)
    key = await read_credential(tx, keyring, MODEL_KEY)
    if settings.model_name is None or key is None:
        raise BrainNotConfigured("The company has no model or no key for it.")
    url = address_of(settings.model_provider, settings.model_base_url)
    main = LiveChoice(settings.model_provider, settings.model_name, url, prices, key)
    return ModelPlan((main, *await _fallbacks(tx, keyring, settings)), settings.model_output_tokens)


async def _fallbacks(tx: TenantTransaction, keyring: Keyring, settings: ModelSettings) -> list[LiveChoice]:
    found: list[LiveChoice] = []
    for one in settings.fallbacks:
        key = await read_credential(tx, keyring, settings.key_name(one))
        if key is not None:
            url = address_of(one.provider, one.base_url)
            prices = Prices(Decimal(one.input_price), Decimal(one.output_price))
            found.append(LiveChoice(one.provider, one.model, url, prices, key))
    return found
