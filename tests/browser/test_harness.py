"""Controls: what the browser tests would catch, and that they catch it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.async_api import Error

from tests.browser.axe import axe
from tests.browser.chromium import CHOICE, find_chromium
from tests.browser.fixtures import Visit, lacking
from tests.browser.noise import Noise
from tests.browser.screen import Screen
from tests.support.loud_skips import reasons

SCRIPT = (
    "(text) => { const one = document.createElement('script'); one.textContent = text; document.body.append(one); }"
)


async def login_page(visit: Visit) -> Screen:
    return await visit("/login", role=None)


def taken(noise: Noise) -> str:
    """What was heard so far, and no longer counts against the test."""
    heard = "\n".join(noise.heard)
    noise.heard.clear()
    return heard


async def test_a_field_without_a_name_is_a_violation(visit: Visit) -> None:
    screen = await login_page(visit)
    assert await axe(screen.page) == []
    await screen.page.evaluate("document.querySelector('form').append(document.createElement('input'))")
    found = await axe(screen.page)
    assert [(violation.id, violation.impact) for violation in found] == [("label", "critical")]
    with pytest.raises(AssertionError, match="critical label"):
        await screen.is_accessible()


@pytest.mark.parametrize(
    ("doing", "heard"),
    [
        ("console.error('control')", "error: control"),
        ("setTimeout(() => { throw new Error('control') })", "exception: control"),
        ("fetch('/auth/me')", "status of 401"),
        ("fetch('https://nexus.example/').catch(() => null)", "violates the following Content Security Policy"),
    ],
)
async def test_a_noise_is_heard(visit: Visit, doing: str, heard: str) -> None:
    screen = await login_page(visit)
    screen.no_console_errors()
    await screen.page.evaluate(f"() => {{ {doing}; }}")
    await screen.settled()
    with pytest.raises(AssertionError, match=heard):
        screen.no_console_errors()
    taken(screen.noise)


async def test_an_inline_script_is_blocked_and_the_block_is_heard(visit: Visit) -> None:
    screen = await login_page(visit)
    await screen.page.evaluate(SCRIPT, "window.entered = true")
    await screen.settled()
    assert await screen.page.evaluate("window.entered") is None
    assert "Executing inline script violates" in taken(screen.noise)


async def test_an_expected_noise_must_be_heard(visit: Visit) -> None:
    screen = await login_page(visit)
    screen.noise.expect("never said")
    with pytest.raises(AssertionError, match="not heard: never said"):
        screen.no_console_errors()
    await screen.page.evaluate("console.error('never said')")
    await screen.settled()
    screen.no_console_errors()


async def test_nothing_but_loopback_is_reached(visit: Visit) -> None:
    """Past the policy too: names of the outside are not even looked up."""
    screen = await visit("/login", role=None)
    outside = await screen.page.context.new_page()
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        await outside.goto("https://nexus.example/")


def test_the_browser_is_the_one_on_the_path_or_the_one_named(tmp_path: Path) -> None:
    for name in ("google-chrome", "chromium", "other"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    path = {"PATH": str(tmp_path)}
    assert find_chromium(path) == tmp_path / "chromium"
    assert find_chromium(path | {CHOICE: str(tmp_path / "other")}) == tmp_path / "other"
    assert find_chromium({"PATH": str(tmp_path / "nothing")}) is None
    assert find_chromium(path | {CHOICE: str(tmp_path / "nothing")}) is None


def test_what_lacks_skips_and_in_ci_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no Chromium"):
        lacking("no Chromium")
    monkeypatch.setitem(os.environ, "CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no Chromium"):
        lacking("no Chromium")


def test_the_reasons_of_skipped_browser_tests_are_counted() -> None:
    def skipped(nodeid: str, reason: str) -> pytest.TestReport:
        longrepr = ("x.py", 1, f"Skipped: {reason}")
        return pytest.TestReport(nodeid, ("x.py", 1, ""), {}, "skipped", longrepr, "setup")

    reports = [skipped("tests/browser/test_inbox.py::one", "no Chromium")] * 2
    assert reasons([*reports, skipped("tests/unit/one.py::two", "other")]) == {"no Chromium": 2}
