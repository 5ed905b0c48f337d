"""An AI assistant as a test needs one: it posts the protocol's messages and reads the answers."""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from core.json_types import Json, JsonObject
from tests.support.api import ORIGIN, Api, fresh_address

HEADERS = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-06-18"}


@dataclass(frozen=True)
class Assistant:
    """Comes in with a key; `more` are headers instead of the usual ones."""

    api: Api
    key: str

    async def post(self, body: JsonObject, **more: str) -> httpx.Response:
        transport = httpx.ASGITransport(self.api.app, client=(fresh_address(), 4711))
        headers = {**HEADERS, "Authorization": f"Bearer {self.key}", **more}
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=headers) as client:
            return await client.post("/mcp", json=body)

    async def tools(self) -> set[str]:
        answer = await self.post({"jsonrpc": "2.0", "id": 1, "method": "tools/list"})
        return {tool["name"] for tool in answer.json()["result"]["tools"]}

    async def call(self, tool: str, **arguments: object) -> JsonObject:
        """What the call came to, refused ones included."""
        params = {"name": tool, "arguments": arguments}
        answer = await self.post({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params})  # pyright: ignore[reportArgumentType] - a test's own JSON
        assert answer.status_code == 200, answer.text
        result = answer.json()["result"]
        assert result["isError"] is ("error" in result["structuredContent"])
        told: JsonObject = result["structuredContent"]
        return told

    async def done(self, tool: str, **arguments: object) -> JsonObject:
        """The call after its dry run."""
        rehearsed = await self.call(tool, **arguments)
        assert rehearsed.get("done") is False, rehearsed
        return await self.call(tool, **arguments, confirmation_id=rehearsed["confirmation_id"])


def code_of(told: JsonObject) -> str:
    error = told["error"]
    assert isinstance(error, dict)
    return str(error["code"])


def id_of(told: JsonObject) -> int:
    """The number of what a confirmed call made."""
    result = told["result"]
    assert isinstance(result, dict)
    number = result["id"]
    assert isinstance(number, int)
    return number


def items_of(told: JsonObject) -> list[Json]:
    items = told["items"]
    assert isinstance(items, list)
    return items
