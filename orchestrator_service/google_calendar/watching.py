"""Channels by which Google tells that a calendar changed. They end by themselves: the next one opens before."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Final
from uuid import uuid4

import structlog

from core.database import Database
from core.google.outcomes import WatchChannel
from core.secret import Secret
from orchestrator_service.google_calendar import mirror
from orchestrator_service.google_calendar.door import GoogleDoor
from orchestrator_service.google_calendar.mirror import SyncState
from orchestrator_service.google_calendar.models import Connection

RENEWED_BEFORE: Final = timedelta(days=1)
_TOKEN_BYTES: Final = 32
_log = structlog.get_logger(__name__)


async def keep_watched(  # noqa: PLR0917 - whose calendar, by what, and how far it is
    database: Database, google: GoogleDoor, address: str, tenant_id: int, one: Connection, state: SyncState
) -> None:
    """Open the next channel where none is open for a day more. Google posts to https alone: else we only poll.

    The token says whose it is; only its hash is kept. A channel that could not be written down is closed again.
    """
    now = google.clock()
    open_still = state.watch_expires_at is not None and state.watch_expires_at - now > RENEWED_BEFORE
    if not address.startswith("https://") or open_still:
        return
    token = Secret(f"{tenant_id}.{secrets.token_urlsafe(_TOKEN_BYTES)}")
    opened = await one.calendar.watch(one.access, channel_id=str(uuid4()), address=address, token=token)
    if not isinstance(opened, WatchChannel):
        _log.warning("calendar_not_watched", tenant_id=tenant_id, seller_id=one.seller_id, outcome=repr(opened))
        return
    async with database.tenant(tenant_id) as tx:
        kept = await tx.run(
            mirror.SQL["store_watch"],
            seller_id=one.seller_id,
            connected_at=one.row.connected_at,
            channel_id=opened.channel_id,
            resource_id=opened.resource_id,
            token_hash=hash_of(token),
            expires_at=opened.expires_at,
        )
    if not kept:
        await one.calendar.stop(one.access, opened)
    elif state.watch_channel_id is not None and state.watch_resource_id is not None:
        old = WatchChannel(state.watch_channel_id, state.watch_resource_id, state.watch_expires_at)
        await one.calendar.stop(one.access, old)


def hash_of(token: Secret) -> bytes:
    """What is kept of a channel's token."""
    return hashlib.sha256(token.reveal().encode()).digest()
