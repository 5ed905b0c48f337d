"""What a turn's model answered and what came of it, under names that mean the same in another database. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from core.json_types import Json, JsonObject
from orchestrator_service.evaluation.moments import written

if TYPE_CHECKING:
    from orchestrator_service.evaluation.repository import Call, MeetingId, Offered, Thought

_CUT = 1000  # as the timeline keeps an answer


def named_ids(offers: Sequence[Offered], meetings: Sequence[MeetingId], zone: str) -> dict[str, str]:
    """From an offer's or a meeting's id to its seller and time."""
    named = {str(one.id): f"offer:{one.seller}@{written(one.starts_at, zone)}" for one in offers}
    return named | {str(one.id): f"meeting:{one.seller}@{written(one.starts_at, zone)}" for one in meetings}


def answers_of(
    calls: Sequence[Call], thoughts: Sequence[Thought], said: Sequence[str], ids: Mapping[str, str]
) -> list[Json]:
    """Every tool that was asked for, then each attempt's text; the last text is what was said."""
    asked: list[Json] = [{"tools": [_asked(call, ids)]} for call in calls]
    spoke = [thought for thought in thoughts if thought.outcome in {"ok", "rejected"}]
    texts: list[Json] = []
    for number, thought in enumerate(spoke):
        text = str(thought.detail.get("text", ""))
        last = number == len(spoke) - 1 and thought.outcome == "ok"
        if last and len(text) >= _CUT:
            text = "\n".join(said)
        tokens = {name: thought.detail.get(name) or 0 for name in ("input_tokens", "output_tokens")}
        texts.append({"text": text, **tokens})
    return [*asked, *texts]


def expected_of(verdict: str | None, calls: Sequence[Call], said: Sequence[str]) -> JsonObject:
    """The turn as it went is what playing it again must come to."""
    expected: dict[str, Json] = {"sequence": [call.tool for call in calls], "refused": _refused(calls)}
    expected |= {"verdict": verdict} if verdict else {}
    expected |= {"reply": "\n".join(said)} if said else {"silent": True}
    qualified = next(
        (call.result for call in reversed(calls) if call.tool == "qualify_lead" and not call.refused), None
    )
    if qualified is not None:
        score = {"at_least": qualified.get("score"), "at_most": qualified.get("score")}
        expected["qualification"] = {"interest": [qualified.get("interest")], "score": score}
    return expected


def _refused(calls: Sequence[Call]) -> list[Json]:
    return list(dict.fromkeys(call.tool for call in calls if call.refused))


def _asked(call: Call, ids: Mapping[str, str]) -> JsonObject:
    arguments = {key: _named(key, one, ids) for key, one in call.arguments.items() if one is not None}
    return {"tool": call.tool, "arguments": arguments, "refused": call.refused, "result": _all_named(call.result, ids)}


def _named(key: str, value: Json, ids: Mapping[str, str]) -> Json:
    return ids.get(str(value), value) if key.endswith("_id") else value


def _all_named(value: Json, ids: Mapping[str, str]) -> Json:
    if isinstance(value, Mapping):
        return {key: _named(key, _all_named(one, ids), ids) for key, one in value.items()}
    return [_all_named(one, ids) for one in value] if isinstance(value, (list, tuple)) else value
