"""Step 2 of a turn: what a burst says in voice and shows in pictures is waited for, a while (PRODUCT §8.1).

Nothing is held meanwhile: the turn's row says `transcribing`, and a job looks again every second. What does not come in
time is told as such: the turn goes on, and says that it could not hear.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

from core.contracts import TakeTurn, fair_priority
from core.database import TenantTransaction
from core.jobs import defer
from core.json_types import JsonObject
from orchestrator_service.chat import repository
from orchestrator_service.chat.announce import announce_turn
from orchestrator_service.chat.media import person_was_called
from orchestrator_service.chat.repository import TurnContext, TurnRow, Unanswered
from orchestrator_service.chat.situations import AUDIO

LONGEST_WAIT: Final = timedelta(seconds=20)
LONGEST_LISTENING: Final = timedelta(seconds=60)
LOOK_AGAIN: Final = timedelta(seconds=1)
LISTENING: Final = "transcribing"

Unheard: TypeAlias = Literal["none", "some", "all"]


@dataclass(frozen=True, slots=True)
class Heard:
    """What could not be heard of a burst: some of it, or all; `told` says that a person has been called already."""

    unheard: Unheard = "none"
    told: bool = False


NOTHING_MISSED: Final = Heard()


def must_wait(burst: Sequence[Unanswered], turn: TurnRow | None, now: datetime) -> bool:
    """Whether words of the burst are still to come: 20 seconds after their file did, a minute in all at most. Pure."""
    if turn is not None and turn.state == LISTENING and turn.started_at and now >= turn.started_at + LONGEST_LISTENING:
        return False
    pending = [message.file_at for message in burst if message.words_state == "waiting" and message.file_at]
    return any(now < came + LONGEST_WAIT for came in pending)


async def go_on_listening(  # noqa: PLR0917 - one caller, which has just gathered them
    tx: TenantTransaction,
    job: TakeTurn,
    context: TurnContext,
    turn: TurnRow | None,
    burst: Sequence[Unanswered],
    now: datetime,
) -> None:
    """Leave the turn open as `transcribing`, and look again in a second; no worker and no lock waits."""
    first, last = burst[0].id, burst[-1].id
    began = turn is None or turn.state != LISTENING
    if turn is None:
        turn = await repository.create_turn(
            tx, context.conversation_id, first=first, last=last, brain=context.brain, state=LISTENING
        )
    elif began:
        await repository.set_turn_state(tx, turn.id, LISTENING)
    if began:
        await announce_turn(tx, turn.id, context.conversation_id, context.lead_id, LISTENING)
    again = TakeTurn(job.tenant_id, job.conversation_id, listening=True)
    lock = f"conversation:{job.tenant_id}:{job.conversation_id}"
    priority = fair_priority(await repository.turns_waiting(tx, job.conversation_id))
    await defer(tx, again, at=now + LOOK_AGAIN, lock=lock, priority=priority)


async def tell_what_was_heard(
    tx: TenantTransaction, conversation_id: int, turn: TurnRow, burst: Sequence[Unanswered], *, began: datetime
) -> Heard:
    """Write the step into the timeline, where there was anything to hear or see; answer what is missing."""
    files = [message for message in burst if message.words_state not in {None, "none"}]
    if not files:
        return NOTHING_MISSED
    late = sum(message.words_state == "waiting" for message in files)
    failed = sum(message.words_state == "failed" for message in files)
    detail: JsonObject = {"files": len(files), "failed": failed, "late": late, "seconds": _seconds(files)}
    outcome = "late" if late else "unheard" if failed else "ok"
    await repository.record_step(tx, turn, "transcribe", started_at=began, outcome=outcome, detail=detail)
    unheard = sum(message.type == AUDIO and not message.words for message in burst)
    if not unheard:
        return NOTHING_MISSED
    return Heard("all" if unheard == len(burst) else "some", await person_was_called(tx, conversation_id))


def _seconds(files: Sequence[Unanswered]) -> float:
    """How long it took from the message until the last of its words were known."""
    taken = [(one.words_at - one.file_at).total_seconds() for one in files if one.words_at and one.file_at]
    return round(max(taken, default=0.0), 1)
