"""The book of one turn's calls: asks for room before each, writes down what each took, and adds it up."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from core.clock import Clock
from core.database import Database
from core.database_errors import ModuleMissing
from core.model_calls import ModelCall, Purpose, Took, begin_call, end_call
from orchestrator_service.agent.models.errors import BrainFailed
from orchestrator_service.agent.models.plan import DemoChoice, LiveChoice


@dataclass(frozen=True, slots=True)
class CallTold:
    """One call as a turn's story tells it; `model` is None for the demo brain."""

    position: int
    model: str | None
    outcome: str
    seconds: float


@dataclass(slots=True)
class CallBook:
    """For whom is asked, and what was spent so far. `turn_id` and `conversation_id` are None in a playground."""

    database: Database
    clock: Clock
    tenant_id: int
    purpose: Purpose
    turn_id: int | None = None
    conversation_id: int | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    cost: Decimal = Decimal(0)
    calls: list[CallTold] = field(default_factory=list[CallTold])

    async def begin(self, choice: DemoChoice | LiveChoice, estimated_tokens: int) -> tuple[int, ModelCall]:
        """Write a call down before it is made. Raises CapReached; BrainFailed where there is no book to write it in."""
        call = ModelCall(
            self.purpose,
            choice.provider,
            choice.model,
            choice.prices,
            estimated_tokens,
            self.turn_id,
            self.conversation_id,
        )
        try:
            async with self.database.tenant(self.tenant_id) as tx:
                return await begin_call(tx, call, now=self.clock()), call
        except ModuleMissing as error:
            raise BrainFailed("The book of calls is missing.") from error

    async def end(self, position: int, call_id: int, call: ModelCall, took: Took) -> None:
        """Write down what came of it."""
        async with self.database.tenant(self.tenant_id) as tx:
            cost = await end_call(tx, call_id, call, took)
        self.input_tokens += took.input_tokens
        self.output_tokens += took.output_tokens
        self.cost += cost
        shown = None if call.provider == "demo" else call.model
        self.calls.append(CallTold(position, shown, took.outcome, took.seconds))
