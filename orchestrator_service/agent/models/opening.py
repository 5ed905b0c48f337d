"""The company's models behind one: each metered, reached by the egress client alone, the next where one fails.

Their addresses are the company's word. OpenAI's library is loaded with the worker, since any compatible server wants
it; the others' when a company first asks for them.
"""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Final, cast

import httpx2
from pydantic_ai.models import Model
from pydantic_ai.models.fallback import FallbackModel

from core.credential_names import ModelProvider
from core.egress import Caps, Egress
from core.egress_rules import EgressRefused
from orchestrator_service.agent.demo_brain.model import demo_model
from orchestrator_service.agent.models import openai_wire
from orchestrator_service.agent.models.book import CallBook
from orchestrator_service.agent.models.errors import BrainNotConfigured
from orchestrator_service.agent.models.metered import MeteredModel
from orchestrator_service.agent.models.plan import DemoChoice, LiveChoice, ModelPlan
from orchestrator_service.agent.models.time_left import TimeLeft
from orchestrator_service.agent.situation import Situation

LARGEST_ANSWER: Final = 1024 * 1024
_LOADED_LATER: Final[Mapping[ModelProvider, str]] = {
    "anthropic": "orchestrator_service.agent.models.anthropic_wire",
    "google": "orchestrator_service.agent.models.google_wire",
}


@asynccontextmanager
async def opened(
    plan: ModelPlan, situation: Situation | None, egress: Egress, book: CallBook, time: TimeLeft, *, is_last: bool
) -> AsyncGenerator[Model]:
    """The models from `plan.first` on, as one. `is_last` says that no other attempt follows.

    A fallback at an address that is refused is left out; BrainNotConfigured where that leaves nobody.
    """
    usable = [
        (position, choice)
        for position, choice in enumerate(plan.choices)
        if position >= plan.first and (isinstance(choice, DemoChoice) or _is_allowed(egress, choice))
    ]
    if not usable:
        raise BrainNotConfigured("The model's address was refused.")
    async with egress.client(Caps(LARGEST_ANSWER, time.seconds + 1.0)) as http:
        models = [
            MeteredModel(
                _by_rules(choice, situation) if isinstance(choice, DemoChoice) else await _live(choice, http),
                choice,
                position,
                book,
                time,
                is_last=is_last and (position, choice) == usable[-1],
            )
            for position, choice in usable
        ]
        yield models[0] if len(models) == 1 else FallbackModel(*models)


def _by_rules(choice: DemoChoice, situation: Situation | None) -> Model:
    assert situation is not None, "the demo brain answers turns alone"
    return (choice.make or demo_model)(situation)


def _is_allowed(egress: Egress, choice: LiveChoice) -> bool:
    try:
        egress.policy.target(choice.url)
    except EgressRefused:
        return False
    return True


async def _live(choice: LiveChoice, http: httpx2.AsyncClient) -> Model:
    later = _LOADED_LATER.get(choice.provider)
    if later is None:
        return openai_wire.open_model(choice, http)
    # In a thread: the worker's heart must go on beating meanwhile.
    wire = await asyncio.to_thread(importlib.import_module, later)
    open_model = cast("Callable[[LiveChoice, httpx2.AsyncClient], Model]", wire.open_model)
    return open_model(choice, http)
