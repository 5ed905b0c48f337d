"""How a person saves a section: with what was just read, but for what changes."""

from __future__ import annotations

import httpx

PATH = "/admin/core/settings"


async def save(browser: httpx.AsyncClient, section: str, **changed: object) -> httpx.Response:
    seen = (await browser.get(PATH)).json()[section]
    return await browser.put(f"{PATH}/{section}", json={**seen, "values": {**seen["values"], **changed}})
