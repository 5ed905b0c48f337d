"""What a run comes to: the JSON that a machine reads, and what a person reads of a failing scenario."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import msgspec

from core.json_types import Json, JsonObject
from nexus.evaluation.judge import Failure
from nexus.evaluation.play import Played, Result
from nexus.evaluation.seen import Called, Spoken

_WHO = {"customer": "Customer", "agent": "Agent", "teammate": "Teammate"}


@dataclass(frozen=True, slots=True)
class Report:
    """A run. Two runs of the same scenarios on the same code differ in `seconds` alone."""

    results: Sequence[Result]
    seconds: float
    brain: str

    @property
    def passed(self) -> int:
        """How many scenarios came out as expected."""
        return sum(result.passed for result in self.results)

    def as_json(self) -> JsonObject:
        """`{scenarios, passed, failed: [...], seconds}`, with what it took."""
        return {
            "scenarios": len(self.results),
            "passed": self.passed,
            "failed": [failed_json(result) for result in self.results if not result.passed],
            "brain": self.brain,
            "cost": round(sum(result.cost for result in self.results), 6),
            "seconds": round(self.seconds, 2),
        }

    def as_text(self) -> bytes:
        """The JSON as bytes."""
        return msgspec.json.encode(self.as_json())


def failed_json(result: Result) -> JsonObject:
    """A scenario that failed, with its conversation."""
    return {
        "name": result.name,
        "title": result.title,
        "failures": failures_json(result),
        "conversation": conversation_json(result),
    }


def failures_json(result: Result) -> list[Json]:
    """What was not as expected."""
    return [
        {"step": number, "what": one.what, "expected": one.expected, "got": one.got}
        for number, one in _failures(result)
    ]


def conversation_json(result: Result) -> list[Json]:
    """Every step with what was said and which tools were called."""
    return [_step_json(step, result.zone) for step in result.steps]


def _step_json(step: Played, zone: str) -> JsonObject:
    seen = step.seen
    said: list[Json] = [
        {"who": one.who, "text": one.text, "choices": list(one.choices)} for one in (*seen.heard, *seen.replies)
    ]
    tools: list[Json] = [
        {"tool": one.tool, "arguments": one.arguments, "refused": one.refused, "result": one.result}
        for one in seen.calls
    ]
    return {
        "step": step.number,
        "at": seen.at.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes"),
        "said": said,
        "tools": tools,
        "verdict": seen.verdict,
        "qualification": f"{seen.qualification.interest} {seen.qualification.score}" if seen.qualification else None,
        "tokens": seen.tokens,
        "cost": round(seen.cost, 6),
    }


def _failures(result: Result) -> Iterator[tuple[int, Failure]]:
    for step in result.steps:
        for failure in step.failures:
            yield step.number, failure
    for failure in result.end:
        yield 0, failure


def told(result: Result) -> Iterator[str]:
    """A failing scenario for a person: each expectation that was not met, then the conversation."""
    yield f"✗ {result.name}: {result.title}"
    for number, failure in _failures(result):
        yield f"    {f'step {number}' if number else 'at the end'}, {failure.what}"
        yield f"      expected: {failure.expected}"
        yield f"      got:      {failure.got}"
    for step in result.steps:
        local = step.seen.at.astimezone(ZoneInfo(result.zone))
        yield f"    -- step {step.number}, {local:%a %Y-%m-%d %H:%M}"
        yield from _lines(step.seen.heard)
        yield from (f"       · {call_line(call)}" for call in step.seen.calls)
        yield from _lines(step.seen.replies)


def _lines(spoken: Sequence[Spoken]) -> Iterator[str]:
    for one in spoken:
        first, *rest = one.text.splitlines() or [""]
        yield f"    {_WHO[one.who]:>9}: {first}"
        yield from (f"               {line}" for line in rest)
        if one.choices:
            yield f"               [{'] ['.join(one.choices)}]"


def call_line(call: Called) -> str:
    """A tool call on one line."""
    arguments = ", ".join(
        f"{name}={value}" for name, value in call.arguments.items() if value is not None and value != ""
    )
    refused = call.result.get("refused") or call.result.get("missing")
    return f"{call.tool}({arguments})" + (f" refused: {refused}" if refused else "")
