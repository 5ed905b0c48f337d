"""The shape of `tenant_settings.fallback_models` (JSONB): a list of these, tried in order after the main model."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Final, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from core.credential_names import ModelProvider

MOST_FALLBACKS: Final = 4
LARGEST_PRICE: Final = Decimal(100_000)

Price: TypeAlias = Annotated[Decimal, Field(ge=0, le=LARGEST_PRICE, max_digits=12, decimal_places=4)]
ModelName: TypeAlias = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[!-~]+$")]
BaseUrl: TypeAlias = Annotated[str, Field(min_length=1, max_length=500)]


class FallbackModel(BaseModel):
    """One model; prices are US dollars for a million tokens. Without `base_url` it is the provider's own address."""

    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=())

    provider: ModelProvider
    model: ModelName
    base_url: BaseUrl | None = None
    input_price: Price = Decimal(0)
    output_price: Price = Decimal(0)


FALLBACKS: Final = TypeAdapter(tuple[FallbackModel, ...])
