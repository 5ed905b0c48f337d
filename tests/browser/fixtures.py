"""What a browser test asks for: `visit` opens pages, `customer` writes to the company, `instance` is what runs."""

from __future__ import annotations

import itertools
import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import AbstractContextManager, AsyncExitStack
from inspect import iscoroutinefunction
from pathlib import Path
from typing import NoReturn, Protocol, cast

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect
from rich.console import Console

from core.principal import Role
from nexus.demo.phone import Phone
from nexus.webbuild import ensure_built
from tests.browser.chromium import CHOICE, find_chromium, running_chromium
from tests.browser.instance import Instance, shared_instance
from tests.browser.screen import LAPTOP, Look, Screen, Windows

HERE = Path(__file__).parent
# Every page is opened in the default tier, and what everybody meets first is used; the rest is `pages`.
SMOKE = frozenset({"test_every_page.py", "test_inbox.py", "test_newcomer.py"})
PROOFS = frozenset({"test_first_load.py", "test_harness.py", "test_login.py"})
FIRST_USE_SECONDS = 300  # the web app may have to be built first
PATIENCE_MS = 15_000  # two workers share two cores
_customers = itertools.count(1)


class Visit(Protocol):
    """Opens an address in a window of its own, signed in as `role`; None is somebody who is not."""

    def __call__(self, path: str, *, role: Role | None = "ceo", look: Look = LAPTOP) -> Awaitable[Screen]: ...


class _Capture(Protocol):
    """The part of pytest's capture manager that is used."""

    def global_and_fixture_disabled(self) -> AbstractContextManager[None]: ...


Customer = Callable[[str], Phone]


@pytest.hookimpl(tryfirst=True)  # before -m looks at the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests share their worker's browser, and so its event loop; most are stories of one page.

    One that fails is run once more, in windows of its own, and named in the summary as run again: the company that they
    share is busy and so are both cores. A defect fails twice.
    """
    for item in items:
        if not item.path.is_relative_to(HERE) or not isinstance(item, pytest.Function):
            continue
        if iscoroutinefunction(cast("object", item.function)):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
        item.add_marker(pytest.mark.flaky(reruns=1))
        if item.path.name not in SMOKE and item.get_closest_marker("pages") is None:
            item.add_marker(pytest.mark.proof if item.path.name in PROOFS else pytest.mark.pages)
        if item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(FIRST_USE_SECONDS))


def lacking(what: str) -> NoReturn:
    """Skip, and in CI fail: there it may not be lacking."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def chromium_program() -> Path:
    """The browser's program."""
    program = find_chromium()
    if program is None:
        lacking(f"no Chromium: install `chromium-headless-shell` or `chromium`, or name one in {CHOICE}")
    return program


@pytest.fixture(scope="session")
def instance(
    chromium_program: Path, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Instance]:
    """The run's Nexus with the web app of this checkout and the demo company, filled."""
    del chromium_program  # without a browser nothing is built or started
    capture = cast("_Capture", request.config.pluginmanager.getplugin("capturemanager"))
    with capture.global_and_fixture_disabled():
        console = Console(stderr=True)
        built = ensure_built(console, tools=True)
        if built.state == "built":
            console.print(f"\nBuilt the web app in {built.seconds:.0f} s.")
    if built.reason is not None:
        lacking(f"no web app: {built.reason}")
    own = tmp_path_factory.getbasetemp()
    run = own.parent if hasattr(request.config, "workerinput") else own
    with shared_instance(run / "browser") as running:
        yield running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium_program: Path) -> AsyncGenerator[Browser]:
    """One Chromium per worker."""
    expect.set_options(timeout=PATIENCE_MS)
    async with running_chromium(chromium_program) as running:
        yield running


@pytest.fixture(scope="session")
def windows(browser: Browser, instance: Instance) -> Windows:
    """The windows of this worker."""
    return Windows(browser, instance.url)


@pytest_asyncio.fixture(loop_scope="session")
async def visit(windows: Windows, instance: Instance) -> AsyncGenerator[Visit]:
    """At the end of the test no window may have complained."""
    screens: list[Screen] = []
    async with AsyncExitStack() as open_windows:

        async def opened(path: str, *, role: Role | None = "ceo", look: Look = LAPTOP) -> Screen:
            session = instance.logins[role].session if role is not None else None
            screen = await open_windows.enter_async_context(windows.window(look, session))
            screens.append(screen)
            await screen.go(path)
            return screen

        yield opened
        complaints = [line for screen in screens for line in screen.noise.complaints()]
    assert not complaints, "\n".join(complaints)


@pytest_asyncio.fixture(loop_scope="session")
async def customer(instance: Instance) -> AsyncGenerator[Customer]:
    """Somebody new who writes on WhatsApp: `await customer("Ana").write("Hola")`."""
    async with httpx.AsyncClient(base_url=instance.simulator_url, trust_env=False) as http:

        def made(name: str) -> Phone:
            worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
            return Phone(http, instance.simulator_token, f"+5491155{worker:02d}{next(_customers):04d}", name)

        yield made
