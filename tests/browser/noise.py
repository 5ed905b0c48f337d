"""What a page complained about: console errors, exceptions, failed requests, and what its security policy blocked."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from typing import Final

from playwright.async_api import ConsoleMessage, Error, Page, Request, Response

# A lead changed between reading and writing it: the app looks again, and writes (features/leads/guarded.ts).
STALE_LEAD: Final = re.compile(r"status of 412 .*/crm/leads/\d+$")
LEFT_BY_US: Final = "net::ERR_ABORTED"  # the app gave up a request that nobody waits for any more
COUNTED: Final = frozenset({"document", "script", "stylesheet", "font", "image", "fetch", "xhr"})


@dataclass
class Noise:
    """Collects from the moment `listen` is called. Chromium tells each violation of the policy as a console error."""

    heard: list[str] = field(default_factory=list[str])
    under_way: set[Request] = field(default_factory=set[Request])
    _expected: list[re.Pattern[str]] = field(default_factory=list[re.Pattern[str]])
    _tolerated: list[re.Pattern[str]] = field(default_factory=lambda: [STALE_LEAD])
    _idle: asyncio.Event = field(default_factory=asyncio.Event)

    def listen(self, page: Page) -> None:
        """Hear everything of this page."""
        page.on("console", self._console)
        page.on("pageerror", self._error)
        page.on("request", self._began)
        page.on("response", self._answered)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._failed)
        self._idle.set()

    def expect(self, pattern: str) -> None:
        """Noise that the test itself provokes: what matches anywhere is no complaint, and must have been heard."""
        self._expected.append(re.compile(pattern))

    def tolerate(self, pattern: str) -> None:
        """Noise that may or may not be heard, since it depends on who is faster."""
        self._tolerated.append(re.compile(pattern))

    def complaints(self) -> list[str]:
        """What nobody expected, and what was expected in vain."""
        known = (*self._expected, *self._tolerated)
        unexpected = [line for line in self.heard if not any(pattern.search(line) for pattern in known)]
        silent = [known.pattern for known in self._expected if not any(known.search(line) for line in self.heard)]
        return unexpected + [f"expected, but not heard: {pattern}" for pattern in silent]

    async def quiet(self) -> None:
        """Until no request is under way."""
        await self._idle.wait()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.heard.append(f"{message.type}: {message.text} {message.location.get('url', '')}".rstrip())

    def _error(self, error: Error) -> None:
        self.heard.append(f"exception: {error}")

    def _began(self, request: Request) -> None:
        if request.resource_type in COUNTED:
            self.under_way.add(request)
            self._idle.clear()

    def _answered(self, response: Response) -> None:
        """A refusal is over with its status: whoever reads no body would leave it open for ever."""
        if not response.ok:
            self._ended(response.request)

    def _ended(self, request: Request) -> None:
        self.under_way.discard(request)
        if not self.under_way:
            self._idle.set()

    def _failed(self, request: Request) -> None:
        self._ended(request)
        if request.failure != LEFT_BY_US:
            self.heard.append(f"failed request: {request.method} {request.url} {request.failure}")
