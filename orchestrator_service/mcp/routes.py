"""`POST /mcp`: streamable HTTP, for API keys alone (PRODUCT §15). What a key may do there is each tool's permission."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from core.errors import Forbidden
from core.principal import Principal
from core.rate_limit import parse_rule
from orchestrator_service.auth.dependencies import Door, current_principal

router = APIRouter(tags=["mcp"], include_in_schema=False)
PER_KEY = parse_rule("120/minute", "mcp")


class KeyRequired(Forbidden):
    """A session's cookie opens no MCP: a browser can be made to send one."""

    code = "api_key_required"
    title = "API Key Required"

    def __init__(self) -> None:
        super().__init__("send an API key as a bearer token")


class _Spoken(Response):
    """The transport writes the answer itself."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await scope["app"].state.mcp.handle(scope, receive, send)


async def by_key(door: Door, principal: Annotated[Principal, Depends(current_principal)]) -> Principal:
    """Whom a key speaks for, within the key's own measure. Raises KeyRequired, TooManyRequests."""
    if principal.key_id is None:
        raise KeyRequired
    await door.limiter.check_limits(PER_KEY, f"{principal.tenant_id}:{principal.key_id}")
    return principal


@router.post("/mcp", dependencies=[Depends(by_key)])
async def post_mcp() -> Response:
    """One message of the protocol; each call of a tool is a line of the audit log."""
    return _Spoken()
