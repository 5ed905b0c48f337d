"""What a first visit fetches of each page that people begin with."""

from __future__ import annotations

from typing import Final

import pytest

from tests.browser.figures import note_figure
from tests.browser.fixtures import Visit

FIRST_LOAD_BYTES: Final = 300_000
SCRIPTS: Final = """() => Object.fromEntries(performance.getEntriesByType("resource")
  .filter(({ name }) => new URL(name).pathname.endsWith(".js"))
  .map(({ name, encodedBodySize }) => [new URL(name).pathname, encodedBodySize]))"""


@pytest.mark.parametrize("path", ["/login", "/", "/inbox", "/leads", "/pipeline"])
async def test_the_first_load_is_light(visit: Visit, path: str) -> None:
    """PRODUCT's budget: 300 kB of compressed script, all that a first visit fetches."""
    screen = await visit(path, role=None if path == "/login" else "ceo")
    weights = await screen.page.evaluate(SCRIPTS)
    note_figure(f"bytes of script at the first load of {path}", sum(weights.values()))
    assert 0 < sum(weights.values()) <= FIRST_LOAD_BYTES
