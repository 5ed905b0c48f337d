"""Says at the end of a run what was not tested and why, of tests that need a browser or Node: a letter is missed."""

from __future__ import annotations

from collections import Counter
from typing import cast

import pytest

PLACES = {
    "tests/browser/": "NOT TESTED IN A BROWSER",
    "tests/integration/google/test_emulator.py": "NOT TESTED AGAINST AN EMULATOR",
}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each reason."""
    skipped = cast("list[pytest.TestReport]", terminalreporter.stats.get("skipped", []))
    for place, says in PLACES.items():
        for reason, count in reasons(skipped, place).items():
            terminalreporter.write_line(f"{says}: {count} tests, {reason}", yellow=True, bold=True)


def reasons(reports: list[pytest.TestReport], place: str = "tests/browser/") -> Counter[str]:
    """How often each reason was given, of the tests of one place alone."""
    return Counter(
        str(report.longrepr[2]).removeprefix("Skipped: ")
        for report in reports
        if report.nodeid.startswith(place) and isinstance(report.longrepr, tuple)
    )
