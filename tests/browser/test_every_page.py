"""Every address of the app, from the router's own files: it draws, fits, is accessible and complains of nothing.

The short form of the pages' stories, which are proofs.
"""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from nexus.webbuild import ROOT
from tests.browser.fixtures import Visit

ROUTES = ROOT / "web" / "src" / "app" / "routes"
PATHS = sorted(
    {path for file in ROUTES.glob("*.tsx") for path in re.findall(r"path: '(/[^'$]*)'", file.read_text("utf-8"))}
)
SIGNED_OUT = {"/login", "/register", "/forgot", "/reset", "/invitation", "/pending"}
ELSEWHERE = {"/protect"}  # leads on at once whoever owes no second factor


@pytest.mark.parametrize("path", [path for path in PATHS if path not in ELSEWHERE])
async def test_it_draws_fits_and_is_silent(visit: Visit, path: str) -> None:
    screen = await visit(path, role=None if path in SIGNED_OUT else "ceo")
    await expect(screen.page.get_by_role("heading", level=1).first).to_be_attached()
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await screen.page.evaluate(wide) <= 0
    await screen.is_accessible()
    screen.no_console_errors()


def test_the_addresses_are_read() -> None:
    assert len(PATHS) > 30
    assert {"/inbox", "/leads", "/accounting", "/login"} <= set(PATHS)
