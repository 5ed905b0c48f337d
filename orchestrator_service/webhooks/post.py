"""One request to a company's endpoint: signed, by the rules of egress, and with little patience."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Final

import httpx2

from core.egress import Caps, Egress, EgressFailed
from core.egress_rules import EgressRefused
from core.wire import clean_text
from orchestrator_service.webhooks.models import LONGEST_ANSWER, Attempt

SECONDS: Final = 10.0
_CAPS: Final = Caps(seconds=SECONDS)
_AGENT: Final = "Nexus-Webhooks/1"
_NEARLY: Final = 0.95


async def post(egress: Egress, url: str, headers: Mapping[str, str], body: str, now: datetime) -> Attempt:
    """Ask once; follows no redirect, reads the first kilobyte of the answer, and never raises for the other side."""
    loop = asyncio.get_running_loop()
    begun = loop.time()

    def took() -> int:
        return round((loop.time() - begun) * 1000)

    sent = {"content-type": "application/json", "user-agent": _AGENT, **headers}
    try:
        async with egress.client(_CAPS) as client, client.stream("POST", url, content=body, headers=sent) as response:
            answer = await _first_of(response)
            retry = response.headers.get("retry-after", "")
            wait = int(retry) if retry.isascii() and retry.isdecimal() else None
            problem = None if response.is_success else "status"
            return Attempt(now, took(), response.status_code, problem, answer, wait)
    except EgressRefused:
        return Attempt(now, took(), problem="refused_address")
    except (EgressFailed, httpx2.HTTPError, httpx2.InvalidURL):
        slow = took() >= SECONDS * 1000 * _NEARLY
        return Attempt(now, took(), problem="timeout" if slow else "no_connection")


async def _first_of(response: httpx2.Response) -> str:
    """As much as the log keeps; what cannot be read of an answer does not undo its status."""
    read = b""
    try:
        async for chunk in response.aiter_raw():
            read += chunk
            if len(read) >= LONGEST_ANSWER:
                break
    except (EgressFailed, httpx2.HTTPError):
        pass
    return clean_text(read[:LONGEST_ANSWER].decode("utf-8", "replace"))
