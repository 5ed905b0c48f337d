"""The model section of the agent's settings on the wire, what was spent, and what a check found."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from core.credential_names import ModelProvider
from core.model_calls import Spending
from orchestrator_service.agent.models.settings import ModelSettings
from orchestrator_service.agent.models.shapes import MOST_FALLBACKS, BaseUrl, FallbackModel, ModelName, Price
from orchestrator_service.agent.models.spending import SpendingNow

MoneyCap: TypeAlias = Annotated[Decimal, Field(gt=0, le=1_000_000, max_digits=12, decimal_places=4)]
TokenCap: TypeAlias = Annotated[int, Field(gt=0, le=10**12)]
Finding: TypeAlias = Literal["ok", "no_key", "bad_key", "unknown_model", "unreachable", "busy", "failed"]


class ModelBody(BaseModel):
    """All of the section, saved as one. `version` names what it was changed from; None is no cap, or nobody's model.

    Prices are US dollars for a million tokens, caps US dollars or tokens; a conversation's counts thirty days.
    """

    model_config = ConfigDict(extra="forbid", protected_namespaces=())

    version: Annotated[str, StringConstraints(max_length=64)]
    brain: Literal["demo", "live"]
    provider: ModelProvider
    model: ModelName | None
    base_url: BaseUrl | None
    input_price: Price
    output_price: Price
    output_tokens: int = Field(ge=100, le=32_000)
    fallbacks: tuple[FallbackModel, ...] = Field(max_length=MOST_FALLBACKS)
    day_cost_cap: MoneyCap | None
    day_token_cap: TokenCap | None
    conversation_cost_cap: MoneyCap | None
    conversation_token_cap: TokenCap | None


class KeyView(BaseModel):
    """A key of the vault that a model is asked with, and whether it is set; never what it is."""

    name: str
    is_set: bool


class FallbackView(FallbackModel):
    """A model after the main one, with the key that it is asked with."""

    key: KeyView


class ModelView(BaseModel):
    """The section. `is_demo`: the demo brain answers, and no model is asked; only a demo company may let it."""

    model_config = ConfigDict(protected_namespaces=())

    version: str
    is_demo: bool
    may_be_demo: bool
    brain: Literal["demo", "live"]
    provider: ModelProvider
    model: str | None
    base_url: str | None
    input_price: Decimal
    output_price: Decimal
    output_tokens: int
    key: KeyView
    fallbacks: list[FallbackView]
    day_cost_cap: Decimal | None
    day_token_cap: int | None
    conversation_cost_cap: Decimal | None
    conversation_token_cap: int | None

    @classmethod
    def of(cls, settings: ModelSettings, keys: frozenset[str]) -> ModelView:
        """The settings; `keys` are the names that are set."""
        return cls(
            version=settings.version,
            is_demo=settings.is_demo,
            may_be_demo=settings.mode == "demo",
            brain=settings.brain,
            provider=settings.model_provider,
            model=settings.model_name,
            base_url=settings.model_base_url,
            input_price=settings.model_input_price,
            output_price=settings.model_output_price,
            output_tokens=settings.model_output_tokens,
            key=KeyView(name=settings.main_key, is_set=settings.main_key in keys),
            fallbacks=[
                FallbackView(
                    **one.model_dump(),
                    key=KeyView(name=settings.key_name(one), is_set=settings.key_name(one) in keys),
                )
                for one in settings.fallbacks
            ],
            day_cost_cap=settings.day_cost_cap,
            day_token_cap=settings.day_token_cap,
            conversation_cost_cap=settings.conversation_cost_cap,
            conversation_token_cap=settings.conversation_token_cap,
        )


class SpentView(BaseModel):
    """US dollars by the company's prices, and tokens."""

    cost: Decimal
    tokens: int

    @classmethod
    def of(cls, spent: Spending) -> SpentView:
        """What was spent."""
        return cls(cost=spent.cost, tokens=spent.tokens)


class SpendingView(BaseModel):
    """What was spent today and this month, in the company's zone. `paused`: until `resumes_at`, at the day's cap."""

    currency: Literal["USD"] = "USD"
    zone: str
    today: SpentView
    month: SpentView
    day_cost_cap: Decimal | None
    day_token_cap: int | None
    paused: bool
    resumes_at: AwareDatetime

    @classmethod
    def of(cls, now: SpendingNow) -> SpendingView:
        """What was spent."""
        return cls(
            zone=now.caps.zone,
            today=SpentView.of(now.today),
            month=SpentView.of(now.month),
            day_cost_cap=now.caps.day_cost_cap,
            day_token_cap=now.caps.day_token_cap,
            paused=now.paused,
            resumes_at=now.resumes_at,
        )


class CheckBody(BaseModel):
    """`POST /agent/model/check`: which of the saved models, 0 the main one."""

    model_config = ConfigDict(extra="forbid")

    position: int = Field(default=0, ge=0, le=MOST_FALLBACKS)


class CheckView(BaseModel):
    """What came of it: whether the provider takes the key and knows the model. Nothing was spent."""

    finding: Finding
    seconds: float
