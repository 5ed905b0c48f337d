"""A scenario file is read as YAML 1.2, and whatever is wrong in it is told with file, line and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import BadInput
from nexus.cli.eval import OURS
from nexus.evaluation.run import load
from orchestrator_service.evaluation.files import ScenarioInvalid, parse_scenarios, write_scenario

LEAST = "title: t\nnow: 2026-11-23 10:00\nsteps: [{says: Hola, expect: {silent: true}}]\n"


def test_ours_are_many_in_three_languages_and_survive_being_written() -> None:
    ours = load(OURS)
    by_language = [sum(one.name.startswith(language) for one in ours) for language in ("es/", "pt/", "en/")]
    assert by_language[0] >= 36
    assert min(by_language[1:]) >= 12
    assert len({one.scenario.title for one in ours}) == len(ours)
    for one in ours:
        assert parse_scenarios(write_scenario(one.scenario), name="again") == [one.scenario]


def test_words_that_old_yaml_takes_for_something_else_are_texts() -> None:
    (one,) = parse_scenarios(LEAST.replace("Hola", "[no, sí, 10:30, 12, 2026-11-23, on]"), name="f")
    assert [message.text for message in one.steps[0].says] == ["no", "sí", "10:30", "12", "2026-11-23", "on"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (LEAST + "colour: red\n", "f:4: colour: Extra inputs are not permitted (t)"),
        (LEAST.replace("silent", "silence"), "f:3: steps.0.expect.silence: Extra inputs"),
        (LEAST.replace("2026-11-23 10:00", "tomorrow"), "f:2: now: is written"),
        (LEAST.replace("says: Hola, ", ""), "f:3: steps.0: has neither says nor after"),
        (LEAST.replace("{silent: true}", "{}"), "f:3: steps.0.expect: demands nothing"),
        (LEAST.replace(", expect: {silent: true}", ""), "f:1: the scenario: demands nothing"),
        (LEAST.replace("Hola", "{voice: a, text: b}"), "has exactly one of text, voice"),
        (LEAST + "title: u\n", "f:4: title stands there twice."),
        (LEAST + "sellers: [{name: Ana, hours: {lunes: 9-18}}]\n", "f:4: sellers.0.hours: lunes: the days are"),
        (LEAST + "company: {zone: Marte}\n", "f:4: company.zone: 'Marte' is no IANA zone"),
        (LEAST + "before: {meetings: [{seller: Ana, at: 2026-11-24 10:00}]}\n", "'Ana' is none of the sellers"),
        (LEAST.replace("silent: true", "calls: fly"), "f:3: steps.0.expect.calls.0: Input should be"),
        (LEAST + "x: [", "f:4: is no YAML"),
        ("", "f: is empty."),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, told: str) -> None:
    with pytest.raises(ScenarioInvalid) as raised:
        parse_scenarios(text, name="f")
    assert told in str(raised.value)


def test_a_folder_without_scenarios_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds no scenario"):
        load(tmp_path)
