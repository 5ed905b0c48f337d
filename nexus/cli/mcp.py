"""`nexus mcp`: an assistant that starts programs speaks to this one over stdio, and this one to Nexus over HTTP.

It holds no door to the database: whoever runs it may do what the key may, and the API judges and writes down each call
as it does for everybody (ADR 0037). Standard output belongs to the protocol; what people are told goes to the other.
"""

from __future__ import annotations

import asyncio
import os
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn

import httpx2
import mcp_types as types
import typer
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from core.secret import Secret
from nexus.cli.options import STATE, StateOption
from nexus.instance.access import running_instance

KEY_VARIABLE: Final = "NEXUS_API_KEY"
SECONDS: Final = 60

UrlOption = Annotated[
    str | None, typer.Option("--url", help="Where Nexus is; by default what runs on the state folder.")
]
KeyOption = Annotated[Path | None, typer.Option("--key-file", help=f"A file with the API key; else {KEY_VARIABLE}.")]


def command(url: UrlOption = None, key_file: KeyOption = None, state: StateOption = STATE) -> None:
    """Speak MCP on standard input and output, with the tools that an API key may use.

    Example: nexus mcp --url https://crm.example --key-file nexus.key
    """
    key = _key(key_file)
    if not key:
        _fail(
            f"There is no API key: set {KEY_VARIABLE}, or name a file with --key-file. The ceo makes keys under /keys."
        )
    address = url or _running(state)
    if address is None:
        _fail(f"Nothing runs on {state}: start it with `nexus up`, or say --url.")
    try:
        asyncio.run(_bridge(f"{address.rstrip('/')}/mcp", key))
    except BaseExceptionGroup as group:
        _fail(f"Nexus at {address} does not take this key, or does not answer: {_reason(group)}")
    except (MCPError, httpx2.HTTPError) as error:
        _fail(f"Nexus at {address} does not take this key, or does not answer: {error}")


def _reason(error: BaseException) -> str:
    """What went wrong at the bottom of a group; whatever is neither the protocol's nor the network's is raised."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]  # pyright: ignore[reportUnknownVariableType] - a group of anything
    if not isinstance(error, MCPError | httpx2.HTTPError | OSError):
        raise error
    return str(error) or type(error).__name__


def _key(key_file: Path | None) -> Secret:
    told = key_file.read_text(encoding="utf-8") if key_file else os.environ.get(KEY_VARIABLE, "")
    return Secret(told.strip())


def _running(state: Path) -> str | None:
    runtime = running_instance(state)
    return runtime.urls.get("api") if runtime else None


def _fail(reason: str) -> NoReturn:
    typer.echo(reason, err=True)
    raise typer.Exit(1)


async def _bridge(address: str, key: Secret) -> None:
    """Pass lists and calls on until standard input ends."""
    headers = {"Authorization": f"Bearer {key.reveal()}"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=SECONDS) as http,
        Client(streamable_http_client(address, http_client=http)) as nexus,
    ):
        # Before anybody listens, so that a key that opens nothing is told at once.
        await nexus.list_tools()

        async def list_tools(
            _: ServerRequestContext[Any], params: types.PaginatedRequestParams | None
        ) -> types.ListToolsResult:
            return await nexus.list_tools(cursor=params.cursor if params else None)

        async def call_tool(_: ServerRequestContext[Any], params: types.CallToolRequestParams) -> types.CallToolResult:
            return await nexus.call_tool(params.name, params.arguments)

        server = Server(
            "nexus",
            title="Nexus CRM",
            version=version("nexus-crm"),
            instructions=nexus.instructions,
            on_list_tools=list_tools,
            on_call_tool=call_tool,
        )
        async with stdio_server() as (read, write):
            await server.run(read, write, server.create_initialization_options())
