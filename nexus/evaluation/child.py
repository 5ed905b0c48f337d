"""The process that plays saved scenarios: JSON in, JSON out (`python -m nexus.evaluation.child`)."""

from __future__ import annotations

import logging
import sys

import msgspec
from pydantic import TypeAdapter

from core.json_types import JsonObject
from core.logging import configure_logging
from nexus.evaluation.play import Named, Result
from nexus.evaluation.report import conversation_json, failures_json
from nexus.evaluation.run import run_on_own_servers
from orchestrator_service.evaluation.scenario import Scenario

_GIVEN: TypeAdapter[list[tuple[int, Scenario]]] = TypeAdapter(list[tuple[int, Scenario]])


def main() -> int:
    """Read, play, write. The parent reads standard output and the exit code."""
    configure_logging(logging.ERROR)
    given = _GIVEN.validate_json(sys.stdin.buffer.read())
    scenarios = [Named(str(number), scenario) for number, scenario in given]
    results = run_on_own_servers(scenarios, lambda _: None)
    told = [_told(named, result) for named, result in zip(scenarios, results, strict=True)]
    sys.stdout.buffer.write(msgspec.json.encode(told))
    return 0


def _told(named: Named, result: Result) -> JsonObject:
    last = named.scenario.steps[-1].expect
    return {
        "scenario_id": int(named.name),
        "title": result.title,
        "passed": result.passed,
        "expected_reply": last.reply if last else None,
        "failures": failures_json(result),
        "conversation": conversation_json(result),
    }


if __name__ == "__main__":
    raise SystemExit(main())
