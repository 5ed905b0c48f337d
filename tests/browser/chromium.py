"""The Chromium that is there already: found, never fetched, and kept off every network but loopback."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, async_playwright

# The shell first: the others draw a toolbar of their own, a page in itself, for every window that a test opens.
PROGRAMS: Final = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHOICE: Final = "NEXUS_CHROMIUM"
FLAGS: Final = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
)


def find_chromium(environ: Mapping[str, str] = os.environ) -> Path | None:
    """The program that NEXUS_CHROMIUM names, else the first one on PATH."""
    wanted = (environ[CHOICE],) if environ.get(CHOICE) else PROGRAMS
    found = (shutil.which(name, path=environ.get("PATH")) for name in wanted)
    return next((Path(program) for program in found if program is not None), None)


@asynccontextmanager
async def running_chromium(program: Path) -> AsyncGenerator[Browser]:
    """One browser, for all tests of a worker."""
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]  # root has no sandbox to go into
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=flags)
        try:
            yield browser
        finally:
            await browser.close()
