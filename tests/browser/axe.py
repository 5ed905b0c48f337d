"""axe-core, the judge of accessibility, run inside a page without loosening the page's security policy.

The source enters by the debugger's protocol, as every `evaluate` does, so no script element is needed.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import msgspec
from playwright.async_api import Frame, Page

from nexus.webbuild import ROOT

SOURCE: Final = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
EVERYTHING: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS: Final = ("color-contrast",)
RUN: Final = """async (runOnly) => {
  const { violations } = await axe.run(document, { runOnly, resultTypes: ["violations"], iframes: false });
  return JSON.stringify(violations.map(({ id, impact, help, nodes }) =>
    ({ id, impact, help, where: nodes.map((node) => node.target.join(" ")) })));
}"""
BAD: Final = frozenset({"serious", "critical"})


class Violation(msgspec.Struct, frozen=True):
    """One rule that the page breaks, and the selectors of the elements that do."""

    id: str
    impact: str | None
    help: str
    where: list[str]

    def __str__(self) -> str:
        return f"{self.impact} {self.id}: {self.help} at {'; '.join(self.where)}"


async def axe(page: Page | Frame, rules: tuple[str, ...] = EVERYTHING) -> list[Violation]:
    """The serious and critical violations of WCAG 2.2 AA and axe's own good practices.

    `rules` are tags or single rules. A frame of another origin is judged by itself: the page's own scripts may not
    look into it.
    """
    if not await page.evaluate("typeof axe === 'object'"):
        await page.evaluate(_source())
    found = msgspec.json.decode(await page.evaluate(RUN, [*rules]), type=list[Violation])
    return [violation for violation in found if violation.impact in BAD]


@cache
def _source() -> str:
    return SOURCE.read_text(encoding="utf-8")
