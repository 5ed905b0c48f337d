"""`nexus eval` on our own scenarios: a handful by default, all of them twice as a proof."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest

from nexus.cli.eval import OURS
from nexus.evaluation.html import page
from nexus.evaluation.report import Report, told
from nexus.evaluation.run import load, play_all
from tests.support import servers as support

HANDFUL = ("es/reservas#1", "es/reservas#6", "es/charla#12", "es/ataques#1", "pt/conversas#12", "en/conversations#5")
FALSE = """
title: expects what does not come
now: 2026-11-23 10:00
steps: [{says: Hola, expect: {contains: adiós para siempre}}]
"""


async def test_a_handful_passes_and_is_reported(database: support.Database) -> None:
    chosen = [one for one in load(OURS) if one.name in HANDFUL]
    assert len(chosen) == len(HANDFUL)
    results = await play_all(database.app_url, chosen, lambda _: None)
    assert [line for result in results if not result.passed for line in told(result)] == []
    report = Report(results, 1.0, "demo")
    assert {**report.as_json(), "seconds": 0} == {
        "scenarios": 6, "passed": 6, "failed": [], "brain": "demo", "cost": 0.0, "seconds": 0,
    }  # fmt: skip
    html = page(report)
    assert "default-src 'none'" in html
    assert "http" not in html.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")


async def test_a_failing_scenario_says_what_came_instead(database: support.Database, tmp_path: Path) -> None:
    (tmp_path / "false.yaml").write_text(FALSE)
    (result,) = await play_all(database.app_url, load(tmp_path), lambda _: None)
    lines = list(told(result))
    assert lines[:2] == ["✗ false: expects what does not come", "    step 1, contains"]
    assert lines[2] == "      expected: adiós para siempre"
    assert any("Customer: Hola" in line for line in lines)


def test_the_only_door_to_the_scenarios_is_their_name() -> None:
    assert {one.name.split("#")[0] for one in load(OURS, "ataques")} == {"es/ataques"}
    assert load(OURS, "no such name") == []


def _run(*arguments: str) -> tuple[int, dict[str, object]]:
    command = [sys.executable, "-m", "nexus.cli.main", "eval", "--json", *arguments]
    done = subprocess.run(command, capture_output=True, check=False, timeout=300)
    return done.returncode, cast("dict[str, object]", json.loads(done.stdout))


@pytest.mark.proof
@pytest.mark.timeout(300)
def test_all_of_ours_pass(tmp_path: Path) -> None:
    html = tmp_path / "report.html"
    code, report = _run("--html", str(html))
    assert code == 0, report["failed"]
    assert cast("int", report["scenarios"]) >= 60
    assert html.stat().st_size > 10_000


@pytest.mark.parametrize(
    "only", [pytest.param("es/ataques", marks=pytest.mark.proof), pytest.param("*", marks=pytest.mark.slow)]
)
@pytest.mark.timeout(600)
def test_two_runs_are_the_same(only: str) -> None:
    first, second = _run("--only", only), _run("--only", only)
    for _, report in (first, second):
        assert report["scenarios"], "nothing was played"
        report["seconds"] = 0
    assert first == second


@pytest.mark.proof
def test_the_exit_code_tells_of_a_failure(tmp_path: Path) -> None:
    (tmp_path / "false.yaml").write_text(FALSE)
    code, report = _run("--dir", str(tmp_path))
    assert (code, report["passed"]) == (1, 0)
