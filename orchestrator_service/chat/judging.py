"""What a turn's answers are held against: what its tools did, and what the lead has (PRODUCT §9.4).

How each attempt went is a step of the turn's timeline.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.database import Database, TenantTransaction
from core.json_types import JsonObject
from orchestrator_service.agent.brain import Answer, BrainFailed
from orchestrator_service.agent.toolbox import BOOKING, MOVING
from orchestrator_service.chat import repository
from orchestrator_service.chat.claims import check_claims
from orchestrator_service.chat.evidence import choices_of, effects_of
from orchestrator_service.chat.gathering import Gathered
from orchestrator_service.chat.repository import Spent
from orchestrator_service.chat.thinking import Attempt, Judged


@dataclass(frozen=True, slots=True)
class TurnJudge:
    """The judge of one conversation's turn, which writes the turn's timeline."""

    database: Database
    gathered: Gathered

    async def judge(self, attempt: Attempt, answer: Answer, spent: Spent) -> Judged:
        """What the answer says that is not so, and the offered times that go with it."""
        async with self.database.tenant(self.gathered.tenant_id) as tx:
            done = await repository.effects_of_turn(tx, self.gathered.turn.id)
            effects = await effects_of(tx, self.gathered, done)
            untrue = [claim.text for claim in check_claims(answer.text, effects)]
            if answer.leaked:
                untrue.append("internal text")
            detail: JsonObject = {
                "model": attempt.model,
                "tools": [effect.tool for effect in done],
                "claims": [*untrue],
                "text": answer.text[:1000],
                "input_tokens": spent.input_tokens,
                "output_tokens": spent.output_tokens,
                "cost": float(spent.cost),
            }
            await self._tell(tx, attempt, "ok" if not untrue else "rejected", detail)
        offered = [] if any(effect.tool in {BOOKING, MOVING} for effect in done) else choices_of(done)
        return Judged(untrue, tuple(offered))

    async def failed(self, attempt: Attempt, error: BrainFailed) -> None:
        """There was no answer."""
        async with self.database.tenant(self.gathered.tenant_id) as tx:
            await self._tell(tx, attempt, "failed", {"model": attempt.model, "error": str(error)})

    async def _tell(self, tx: TenantTransaction, attempt: Attempt, outcome: str, detail: JsonObject) -> None:
        name = f"think:{attempt.number + 1}"
        turn = self.gathered.turn
        await repository.record_step(tx, turn, name, started_at=attempt.began, outcome=outcome, detail=detail)
