"""One page of the app in one browser window: open, settled, judged, photographed."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

import pytest
from playwright.async_api import Browser, BrowserContext, Page

from nexus.webbuild import ROOT
from orchestrator_service.auth.tokens import LOOPBACK_COOKIE
from tests.browser.axe import COLOURS, EVERYTHING, axe
from tests.browser.noise import Noise

SCREENS: Final = ROOT / ".artefacts" / "screens"
SETTLE_SECONDS: Final = 20
PHONE_BELOW: Final = 768
LANGUAGE_KEY: Final = "['nexus.language']"  # a choice of the person, so that the company's does not replace it
ZONE: Final = "America/Argentina/Buenos_Aires"
LOCALES: Final = {"es": "es-AR", "en": "en-US", "pt": "pt-BR"}
# Two frames let React draw what has just arrived; what is busy says so, and what still moves is measured wrongly.
STILL: Final = """async () => {
  await document.fonts.ready;
  for (let frame = 0; frame < 2; frame++) await new Promise((next) => requestAnimationFrame(next));
  return document.body.innerText.trim() !== ""
    && document.querySelector('[aria-busy="true"], .mantine-Skeleton-root, .mantine-Loader-root') === null
    && document.getAnimations().every((one) => one.playState !== "running");
}"""

SMALL: Final = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), small = new Set();
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const box = text.parentElement, style = getComputedStyle(box);
    const seen = text.data.trim() && box.checkVisibility({ visibilityProperty: true }) && box.offsetWidth > 1;
    if (seen && parseFloat(style.fontSize) < 12) small.add(`${style.fontSize} ${text.data.trim().slice(0, 40)}`);
  }
  return [...small];
}"""

Scheme = Literal["light", "dark"]
Language = Literal["es", "en", "pt"]
_visitors = itertools.count(1)


@dataclass(frozen=True)
class Look:
    """How the app is looked at."""

    width: int = 1280
    scheme: Scheme = "light"
    language: Language = "es"

    @property
    def phone(self) -> bool:
        return self.width < PHONE_BELOW

    def __str__(self) -> str:
        return f"{self.scheme}-{self.width}"


LAPTOP: Final = Look()
PHONE: Final = Look(390)
LOOKS: Final = (LAPTOP, pytest.param(PHONE, marks=pytest.mark.pages))  # each is judged in both schemes


@dataclass
class Screen:
    """`page` is Playwright's own; `noise` what it complained about so far."""

    page: Page
    look: Look
    url: str
    noise: Noise = field(default_factory=Noise)
    worn: bool = False

    async def stop_time(self) -> None:
        """The page's clock moves only by `page.clock` from now on; its window is of no use to another test."""
        self.worn = True
        await self.page.clock.install()

    async def go(self, path: str) -> None:
        """Open an address of the app and wait until it stands still."""
        await self.page.goto(self.url + path, wait_until="commit")
        await self.settled()

    async def settled(self) -> None:
        """Until nothing is being fetched, no skeleton is left, fonts are there and nothing moves."""
        async with asyncio.timeout(SETTLE_SECONDS):
            while True:
                await self.noise.quiet()
                still = await self.page.evaluate(STILL)
                if still and not self.noise.under_way:
                    return

    async def is_accessible(self, rules: tuple[str, ...] = EVERYTHING) -> None:
        """Fails on a serious or critical violation (WCAG 2.2 AA)."""
        found = await axe(self.page, rules)
        assert not found, "\n".join(map(str, found))

    def no_console_errors(self) -> None:
        """Fails on console errors and warnings, exceptions, failed requests and violations of the policy."""
        complaints = self.noise.complaints()
        assert not complaints, "\n".join(complaints)

    async def screenshot(self, name: str, scheme: Scheme | None = None) -> Path:
        """A picture for people, `<name>-<scheme>-<width>.png`."""
        path = SCREENS / f"{name}-{scheme or self.look.scheme}-{self.look.width}.png"
        await self.page.screenshot(path=path)
        return path

    async def judged(self, name: str) -> None:
        """What every page must pass in both schemes: settled, photographed, not too wide, no tiny text, axe, silent."""
        await self.settled()
        await self.screenshot(name)
        await self._is_readable()
        await self.is_accessible()
        async with self._in_the_other_scheme() as scheme:
            await self.screenshot(name, scheme)
            await self.is_accessible(COLOURS)
        self.no_console_errors()

    async def judged_without_script(self, name: str) -> None:
        """The same for the pages that strangers are shown, which follow the system's scheme by their CSS alone."""
        schemes: tuple[Scheme, ...] = ("light", "dark")
        for scheme in schemes:
            await self.page.emulate_media(color_scheme=scheme)
            await self.settled()
            await self.screenshot(name, scheme)
            await self.is_accessible()
        await self.page.emulate_media(color_scheme=self.look.scheme)
        await self._is_readable()
        self.no_console_errors()

    async def _is_readable(self) -> None:
        wide = await self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{wide} px wider than the screen"
        small = await self.page.evaluate(SMALL)
        assert not small, f"text under 12 px: {small}"

    @contextlib.asynccontextmanager
    async def _in_the_other_scheme(self) -> AsyncGenerator[Scheme]:
        """The app follows its system's scheme at once, and back."""
        other: Scheme = "light" if self.look.scheme == "dark" else "dark"
        await self.page.emulate_media(color_scheme=other)
        await self.settled()
        shown = await self.page.evaluate("document.documentElement.dataset.mantineColorScheme")
        assert shown == other, f"shown {shown} in a system that is {other}"
        try:
            yield other
        finally:
            await self.page.emulate_media(color_scheme=self.look.scheme)


@dataclass
class Windows:
    """A worker's windows. One that a test has closed is emptied and used again: what it has fetched and compiled of the
    app stays, as it does for a person, and a cold start for each test was most of their time.
    """

    browser: Browser
    url: str
    _free: dict[Look, list[BrowserContext]] = field(default_factory=dict[Look, list[BrowserContext]])

    @contextlib.asynccontextmanager
    async def window(self, look: Look, session: str | None) -> AsyncGenerator[Screen]:
        """A window of one's own; with a session, signed in already. Nothing is opened in it yet."""
        free = self._free.setdefault(look, [])
        context = free.pop() if free else await self._made(look)
        await context.set_extra_http_headers({"X-Forwarded-For": _address()})
        if session is not None:
            cookie = {"name": LOOPBACK_COOKIE, "value": session, "url": self.url, "httpOnly": True}
            await context.add_cookies([cookie])  # pyright: ignore[reportArgumentType] - a dictionary of that shape
        screen = Screen(await context.new_page(), look, self.url)
        screen.noise.listen(screen.page)
        try:
            yield screen
        finally:
            if screen.worn:
                await context.close()
            else:
                await _emptied(context, screen.page, self.url)
                free.append(context)

    async def _made(self, look: Look) -> BrowserContext:
        context = await self.browser.new_context(
            viewport={"width": look.width, "height": 844 if look.phone else 800},
            is_mobile=look.phone,
            has_touch=look.phone,
            color_scheme=look.scheme,
            reduced_motion="reduce",
            locale=LOCALES[look.language],
            timezone_id=ZONE,
            service_workers="block",
        )
        await context.add_init_script(f"localStorage{LANGUAGE_KEY} ??= '{look.language}'")
        return context


async def _emptied(context: BrowserContext, page: Page, url: str) -> None:
    """No page, no session and nothing remembered: only what any visitor would have fetched."""
    debugger = await context.new_cdp_session(page)
    await debugger.send(
        "Storage.clearDataForOrigin", {"origin": url, "storageTypes": "local_storage,indexeddb,cookies"}
    )
    for opened in context.pages:
        await opened.close()
    await context.clear_cookies()
    await context.clear_permissions()


def _address() -> str:
    """An address of its own (of the block for documentation), so that no test uses up another one's login limit."""
    return f"2001:db8:{os.getpid() & 0xFFFF:x}:{next(_visitors):x}::1"
