"""The API's documentation: our own files under a policy of their own; nothing is asked of anybody else."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.async_api import Request, expect

from tests.browser.fixtures import Visit
from tests.browser.instance import Instance


async def test_it_shows_the_api_tries_it_out_and_asks_nobody_else(visit: Visit, instance: Instance) -> None:
    screen = await visit("/docs")
    page = screen.page
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    await screen.go("/docs")
    await expect(page.get_by_role("heading", name="Nexus")).to_be_visible()
    await page.locator("#operations-tag-auth").click()
    await page.locator(".opblock-summary-path", has_text="/auth/me").click()
    await page.get_by_role("button", name="Try it out").click()
    await page.get_by_role("button", name="Execute").click()
    await expect(page.locator(".live-responses-table .response-col_status").last).to_contain_text("200")
    await screen.settled()
    await screen.screenshot("api-docs")
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == {urlsplit(instance.url).netloc}
    assert any(url.endswith("/docs/swagger-ui-bundle.js") for url in asked)
    screen.no_console_errors()


async def test_the_app_itself_loads_nothing_of_it(visit: Visit) -> None:
    screen = await visit("/sessions")
    loaded: list[str] = await screen.page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    assert loaded
    assert not [name for name in loaded if "/docs" in name or "swagger" in name]
