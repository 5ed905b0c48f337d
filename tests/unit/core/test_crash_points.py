"""A process dies at a labelled moment only where the operator's variable was set when it started, and once."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from core.crash_points import VARIABLE

CODE = "from core.crash_points import reached; reached('taken', 'second'); print('alive')"


def run(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CODE], env=environment, capture_output=True, text=True, check=False, timeout=30
    )


@pytest.mark.parametrize("ordered", ["taken", "taken:second"])
def test_it_dies_at_the_moment_that_was_ordered_and_the_next_one_lives(tmp_path: Path, ordered: str) -> None:
    order = tmp_path / "crash"
    order.write_text(ordered)
    first = run(**{VARIABLE: str(order)})
    assert (first.returncode, first.stdout) == (-signal.SIGKILL, "")
    assert not order.exists()
    assert run(**{VARIABLE: str(order)}).stdout == "alive\n"


@pytest.mark.parametrize("ordered", ["claimed", "", "taken:first", "claimed:second"])
def test_it_lives_through_every_other_moment(tmp_path: Path, ordered: str) -> None:
    order = tmp_path / "crash"
    order.write_text(ordered)
    assert run(**{VARIABLE: str(order)}).stdout == "alive\n"
    assert order.exists()


def test_without_the_variable_no_file_does_anything(tmp_path: Path) -> None:
    (tmp_path / "crash").write_text("taken")
    assert run().stdout == "alive\n"
