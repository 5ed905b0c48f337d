"""One scenario from its company to its judgement."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import chain

from nexus.evaluation.judge import Failure, judge, laws
from nexus.evaluation.seen import Seen
from nexus.evaluation.stage import USUAL, NothingToTap, Stage
from nexus.evaluation.world import Place, make_company
from orchestrator_service.evaluation.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Named:
    """A scenario, and what a report calls it: its file without the ending, with a number where there are several."""

    name: str
    scenario: Scenario


@dataclass(frozen=True, slots=True)
class Played:
    """A step as it went. `number` counts from 1; 0 is the end."""

    number: int
    seen: Seen
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A scenario as it went."""

    name: str
    title: str
    zone: str
    tags: tuple[str, ...]
    steps: tuple[Played, ...]
    end: tuple[Failure, ...]
    seconds: float = field(default=0.0, compare=False)

    @property
    def passed(self) -> bool:
        """Whether everything was as expected."""
        return not self.end and not any(step.failures for step in self.steps)

    @property
    def cost(self) -> float:
        """US dollars by the company's prices."""
        return sum(step.seen.cost for step in self.steps)


async def play_scenario(place: Place, named: Named) -> Result:
    """Play a scenario in a company of its own. What cannot be played is a failure of its step."""
    began = time.perf_counter()
    scenario = named.scenario
    zone = scenario.company.zone
    company = await make_company(place, scenario)
    stage = Stage(place, scenario, company, scenario.starts - _first_wait(scenario))
    await stage.begin()
    steps: list[Played] = []
    for number, step in enumerate(scenario.steps, 1):
        try:
            seen = await stage.play(step)
        except NothingToTap as error:
            steps.append(Played(number, Seen(stage.now), (Failure("says", "a choice", str(error)),)))
            break
        failures = [*laws(seen, zone), *(judge(step.expect, seen, zone) if step.expect else ())]
        steps.append(Played(number, seen, tuple(failures)))
    end = judge(scenario.end, _whole(steps), zone) if scenario.end else []
    took = time.perf_counter() - began
    return Result(named.name, scenario.title, zone, scenario.tags, tuple(steps), tuple(end), took)


def _first_wait(scenario: Scenario) -> timedelta:
    """The first step begins at `now`, unless it says otherwise itself."""
    return USUAL if scenario.steps[0].after is None else timedelta(0)


def _whole(steps: list[Played]) -> Seen:
    """The last state, with what was said and done in all steps."""
    all_seen = [step.seen for step in steps]
    return replace(
        all_seen[-1],
        replies=tuple(chain.from_iterable(seen.replies for seen in all_seen)),
        calls=tuple(chain.from_iterable(seen.calls for seen in all_seen)),
        states=tuple(chain.from_iterable(seen.states for seen in all_seen)),
        rejected=tuple(chain.from_iterable(seen.rejected for seen in all_seen)),
        offered=tuple(chain.from_iterable(seen.offered for seen in all_seen)),
        cost=sum(seen.cost for seen in all_seen),
    )
