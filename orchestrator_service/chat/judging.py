"""What a turn's answers are held against: what its tools did, and what the lead has (PRODUCT §9.4).

How each attempt went is a step of the turn's timeline.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.clock import Clock
from core.database import Database, TenantTransaction
from core.json_types import JsonObject
from orchestrator_service.agent.brain import Answer
from orchestrator_service.agent.models.errors import BrainFailed
from orchestrator_service.chat import repository
from orchestrator_service.chat.citing import keep_citations
from orchestrator_service.chat.claims import check_claims
from orchestrator_service.chat.evidence import choices_to_tap, effects_of
from orchestrator_service.chat.gathering import Gathered
from orchestrator_service.chat.thinking import Attempt, Judged
from orchestrator_service.knowledge.citing import without_marks


@dataclass(frozen=True, slots=True)
class TurnJudge:
    """The judge of one conversation's turn, which writes the turn's timeline."""

    database: Database
    gathered: Gathered
    clock: Clock

    async def judge(self, attempt: Attempt, answer: Answer) -> Judged:
        """What the answer says that is not so, and the offered times that go with it."""
        async with self.database.tenant(self.gathered.tenant_id) as tx:
            done = await repository.effects_of_turn(tx, self.gathered.turn.id)
            effects = await effects_of(tx, self.gathered, done)
            said = without_marks(answer.text)
            untrue = [claim.text for claim in check_claims(said, effects)] if said.strip() else ["nothing said"]
            if answer.leaked:
                untrue.append("internal text")
            detail: JsonObject = {
                "model": attempt.model,
                "tools": [effect.tool for effect in done],
                "claims": [*untrue],
                "text": said[:1000],
                "spares": [*attempt.spares],
                "input_tokens": attempt.spent.input_tokens,
                "output_tokens": attempt.spent.output_tokens,
                "cost": float(attempt.spent.cost),
            }
            await self._tell(tx, attempt, "ok" if not untrue else "rejected", detail)
            if not untrue:
                knowledge = self.gathered.situation.knowledge
                await keep_citations(tx, self.gathered.turn, answer.text, knowledge, done, self.clock())
        return Judged(untrue, tuple(choices_to_tap(done, said)))

    async def failed(self, attempt: Attempt, error: BrainFailed) -> None:
        """There was no answer."""
        async with self.database.tenant(self.gathered.tenant_id) as tx:
            detail: JsonObject = {"model": attempt.model, "error": str(error), "spares": [*attempt.spares]}
            await self._tell(tx, attempt, "failed", detail)

    async def _tell(self, tx: TenantTransaction, attempt: Attempt, outcome: str, detail: JsonObject) -> None:
        name = f"think:{attempt.number + 1}"
        turn = self.gathered.turn
        await repository.record_step(tx, turn, name, started_at=attempt.began, outcome=outcome, detail=detail)
