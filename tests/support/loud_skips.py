"""Says at the end of a run which browser tests were skipped and why: one letter among hundreds is easily missed."""

from __future__ import annotations

from collections import Counter
from typing import cast

import pytest

PLACE = "tests/browser/"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each reason."""
    skipped = cast("list[pytest.TestReport]", terminalreporter.stats.get("skipped", []))
    for reason, count in reasons(skipped).items():
        terminalreporter.write_line(f"NOT TESTED IN A BROWSER: {count} tests, {reason}", yellow=True, bold=True)


def reasons(reports: list[pytest.TestReport]) -> Counter[str]:
    """How often each reason was given, of the browser tests alone."""
    return Counter(
        str(report.longrepr[2]).removeprefix("Skipped: ")
        for report in reports
        if report.nodeid.startswith(PLACE) and isinstance(report.longrepr, tuple)
    )
