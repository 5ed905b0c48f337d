"""Nothing works for somebody without its row of `rows.py`, and no moment is labelled that no death is tried at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

from core.contracts import JOBS
from core.crash_points import Moment
from tests.architecture.foundation import ROOT
from tests.faults import rows
from tests.integration.whatsapp.webhooks import settings_for
from tests.isolation.test_access import PUBLIC
from tests.support.live_routes import live_routes
from whatsapp_service.main import create_app

MOMENTS = frozenset(get_args(Moment))
# The tests in which processes die.
DEATHS = (*(ROOT / "tests" / "faults").glob("test_killed_*.py"), ROOT / "tests" / "faults" / "test_crash_matrix.py",
    ROOT / "tests" / "integration" / "agenda" / "test_killed_bookings.py")  # fmt: skip


def labelled() -> set[str]:
    """Every moment that code reaches."""
    places = ("core", "orchestrator_service", "whatsapp_service")
    texts = (file.read_text() for place in places for file in (ROOT / place).rglob("*.py"))
    return {name for text in texts for name in re.findall(r'^ *reached\("(\w+)"', text, re.MULTILINE)}


def tried(files: Iterable[Path]) -> set[str]:
    """Every moment that a test names."""
    return {name for file in files for name in re.findall(r'"(\w+)"', file.read_text())} & MOMENTS


def entered() -> set[str]:
    """Every moment that a row names."""
    named = (row for row in (*rows.JOBS.values(), *rows.DOORS.values()) if isinstance(row, tuple))
    return {moment for row in named for moment in row} | set(rows.ELSEWHERE)


def test_every_job_says_where_it_may_die() -> None:
    assert rows.JOBS.keys() == set(JOBS)


def test_every_door_of_strangers_says_where_it_may_die() -> None:
    service = create_app(settings_for("postgresql://nobody@127.0.0.1:1/none", "redis://127.0.0.1:1"))
    theirs = {route.key for route in live_routes(service) if route.method != "GET"}
    assert rows.DOORS.keys() == theirs | {key for key in PUBLIC if key[0] != "GET"}


def test_every_moment_is_labelled_entered_and_tried() -> None:
    assert labelled() == MOMENTS
    assert entered() == MOMENTS
    assert tried(DEATHS) == MOMENTS


def test_control_a_moment_that_no_test_names_is_found() -> None:
    assert "alert_taken" not in tried(file for file in DEATHS if file.name != "test_killed_jobs.py")
