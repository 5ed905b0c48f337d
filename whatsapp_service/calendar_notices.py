"""Google's notices that a calendar changed: nothing but which one. What changed is asked for by a job (PRODUCT §11.2).

The token that we gave the channel says whose it is and proves it; only its hash is stored. Whatever is wrong with a
notice, the answer is the same 404, by which Google also learns that a channel is none of ours any more.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request, Response

from core.contracts import LEAST_URGENT, SyncCalendar, calendar_lock
from core.database import Database
from core.errors import NotFound
from core.google.addresses import NOTICES_PATH
from core.jobs import defer
from core.statements import sibling_statements

SQL = sibling_statements(__file__)
LONGEST_TOKEN: Final = 256
_OPENED: Final = "sync"

router = APIRouter()


@router.post(NOTICES_PATH, status_code=204, summary="Hear that a calendar changed")
async def receive_notice(request: Request) -> Response:
    """204 once the calendar is to be mirrored; 404 for what is no channel of ours, or has another token."""
    database: Database = request.app.state.database
    token = request.headers.get("X-Goog-Channel-Token", "")
    tenant_id = _tenant_of(token)
    async with database.tenant(tenant_id) as tx:
        channel = await tx.one(SQL["watched"], _Watched, channel_id=request.headers.get("X-Goog-Channel-ID", "")[:64])
        if channel is None or not hmac.compare_digest(_hash(token), channel.token_hash):
            raise NotFound
        # The first notice only says that the channel is open. Of many at once, the first asks for them all.
        changed = request.headers.get("X-Goog-Resource-State") != _OPENED
        if changed and await tx.run(SQL["due_now"], seller_id=channel.seller_id):
            job = SyncCalendar(tenant_id, channel.seller_id)
            await defer(tx, job, lock=calendar_lock(tenant_id, channel.seller_id), priority=LEAST_URGENT)
    return Response(status_code=204)


@dataclass(frozen=True, slots=True)
class _Watched:
    seller_id: int
    token_hash: bytes


def _tenant_of(token: str) -> int:
    digits, dot, _ = token.partition(".")
    if not dot or len(token) > LONGEST_TOKEN or not (digits.isascii() and digits.isdigit()) or len(digits) > 9:  # noqa: PLR2004 - an int of the database
        raise NotFound
    return int(digits)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
