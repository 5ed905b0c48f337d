"""The company's models as they are set: the main one, those after it, their prices, and the caps (PRODUCT §9.1)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import msgspec

from core.credential_names import MODEL_KEY, ModelProvider, fallback_key_name
from core.database import TenantTransaction
from core.errors import NotFound
from core.json_types import Json
from core.statements import sibling_statements
from orchestrator_service.agent.models.addresses import address_of
from orchestrator_service.agent.models.shapes import FALLBACKS, FallbackModel

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """As stored. Without a model name nobody has set a model up yet; prices are US dollars for a million tokens."""

    mode: Literal["demo", "live"]
    zone: str
    brain: Literal["demo", "live"]
    model_provider: ModelProvider
    model_name: str | None
    model_base_url: str | None
    model_input_price: Decimal
    model_output_price: Decimal
    model_output_tokens: int
    fallback_models: list[Json]
    day_cost_cap: Decimal | None
    day_token_cap: int | None
    conversation_cost_cap: Decimal | None
    conversation_token_cap: int | None

    @property
    def is_demo(self) -> bool:
        """Whether the demo brain answers: only in a demo company, and never in place of a model (PRODUCT §1.5)."""
        return self.mode == "demo" and self.brain == "demo"

    @property
    def fallbacks(self) -> tuple[FallbackModel, ...]:
        """The models after the main one, in order."""
        return FALLBACKS.validate_python(self.fallback_models)

    @property
    def main_key(self) -> str:
        """The vault's name for the main model's key."""
        return MODEL_KEY

    @property
    def version(self) -> str:
        """Names these values: saved over others than were read, the section is refused."""
        return hashlib.sha256(msgspec.json.encode(self, order="deterministic")).hexdigest()[:16]

    @property
    def addresses(self) -> dict[str, str]:
        """Where each key goes: the vault's name, and the address that it is sent to."""
        found = {MODEL_KEY: f"{self.model_provider} {address_of(self.model_provider, self.model_base_url)}"}
        for one in self.fallbacks:
            found.setdefault(self.key_name(one), f"{one.provider} {address_of(one.provider, one.base_url)}")
        return found

    def key_name(self, model: FallbackModel) -> str:
        """Whose key a fallback is asked with: the main one goes to the main model's own address alone."""
        main = (self.model_provider, address_of(self.model_provider, self.model_base_url))
        own = (model.provider, address_of(model.provider, model.base_url))
        return MODEL_KEY if own == main else fallback_key_name(model.provider)


async def read_model_settings(tx: TenantTransaction) -> ModelSettings:
    """The company's models. Raises NotFound where it has no settings."""
    settings = await tx.one(SQL["model_settings"], ModelSettings)
    if settings is None:
        raise NotFound
    return settings
