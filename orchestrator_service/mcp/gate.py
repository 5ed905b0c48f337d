"""The door to the SDK's server, which is loaded when the first assistant comes: most processes never need its 18 MB."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Final

from orchestrator_service.mcp.confirming import Confirmations

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
    from starlette.types import Receive, Scope, Send

_SERVER: Final = "orchestrator_service.mcp.server"


@dataclass(slots=True)
class McpGate:
    """One per process; `run` is its work for the life of the process. `origins` are the app's own."""

    origins: tuple[str, ...]
    confirmations: Confirmations
    _asked: asyncio.Event = field(default_factory=asyncio.Event)
    _opened: asyncio.Future[StreamableHTTPSessionManager] = field(default_factory=asyncio.Future)

    async def run(self) -> None:
        """Wait for the first request, load the server beside the loop, and serve until cancelled."""
        await self._asked.wait()
        server = await asyncio.to_thread(import_module, _SERVER)
        manager: StreamableHTTPSessionManager = server.open_mcp(self.origins)
        async with manager.run():
            self._opened.set_result(manager)
            await asyncio.Event().wait()

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, once the server is there."""
        self._asked.set()
        manager = await asyncio.shield(self._opened)
        await manager.handle_request(scope, receive, send)
