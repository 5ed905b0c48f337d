"""Saved scenarios and their runs on the wire."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Literal, Self

from pydantic import BaseModel, JsonValue

from orchestrator_service.evaluation.files import write_scenario
from orchestrator_service.evaluation.repository import Run, SavedScenario, WholeRun, WholeScenario
from orchestrator_service.evaluation.scenario import Scenario


class ScenarioView(BaseModel):
    """A saved scenario. `brain` is who answered the turn; `turn_id` is null where the turn is gone."""

    id: int
    turn_id: int | None
    title: str
    brain: Literal["demo", "live"]
    created_at: datetime

    @classmethod
    def of(cls, scenario: SavedScenario) -> Self:
        """The scenario without its body."""
        return cls.model_validate(scenario, from_attributes=True)


class WholeScenarioView(ScenarioView):
    """With its body as YAML, as `nexus eval --dir` reads it."""

    yaml: str

    @classmethod
    def whole(cls, scenario: WholeScenario) -> Self:
        """The scenario with its body."""
        text = write_scenario(Scenario.model_validate(scenario.body))
        return cls(**ScenarioView.of(scenario).model_dump(), yaml=text)


class EvaluationView(BaseModel):
    """A run of the company's scenarios. `problem` says why a failed one could not be played."""

    id: int
    state: Literal["waiting", "done", "failed"]
    scenarios: int
    passed: int
    seconds: Decimal | None
    problem: str | None
    created_at: datetime
    finished_at: datetime | None

    @classmethod
    def of(cls, run: Run) -> Self:
        """The run with its figures."""
        return cls.model_validate(run, from_attributes=True)


class PlayedFailureView(BaseModel):
    """What was not as expected; step 0 is the end."""

    step: int
    what: str
    expected: str
    got: str


class PlayedMessageView(BaseModel):
    """A message of the conversation as it was played."""

    who: Literal["customer", "agent", "teammate"]
    text: str
    choices: list[str]


class PlayedToolView(BaseModel):
    """A tool that was called as it was played."""

    tool: str
    arguments: dict[str, JsonValue]
    refused: bool
    result: dict[str, JsonValue]


class PlayedStepView(BaseModel):
    """One step as it was played; `at` by the company's clock."""

    step: int
    at: str
    said: list[PlayedMessageView]
    tools: list[PlayedToolView]
    verdict: str | None
    qualification: str | None
    tokens: int
    cost: float


class ScenarioResultView(BaseModel):
    """A scenario as it went. `expected_reply` is what was said in production."""

    scenario_id: int
    title: str
    passed: bool
    expected_reply: str | None
    failures: list[PlayedFailureView]
    conversation: list[PlayedStepView]


class WholeEvaluationView(EvaluationView):
    """With every scenario as it went."""

    results: list[ScenarioResultView]

    @classmethod
    def whole(cls, run: WholeRun) -> Self:
        """The run with its results."""
        results = [ScenarioResultView.model_validate(one) for one in run.results]
        return cls(**EvaluationView.of(run).model_dump(), results=results)
