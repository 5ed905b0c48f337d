"""One file from its provider into our store (PRODUCT §7.5): once, bounded, and whatever its link leads to.

No transaction is open while bytes travel. The row is the state: run again, the job finds it stored and does nothing,
and a worker that dies in between costs one download.
"""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

import structlog

from core.channels import find_channel
from core.contracts import FetchMedia, MediaChanged, PutIntoWords, words_lock
from core.database import TenantTransaction
from core.errors import Unavailable
from core.jobs import defer
from core.media_sniff import FileRefused, sniff
from core.media_store import FileMissing
from core.statements import sibling_statements
from core.whatsapp import Media, MediaContent, MediaResult, Refused, Unknown, WhatsAppProvider
from whatsapp_service.media.tools import MediaTools

SQL = sibling_statements(__file__)
MOST_BYTES: Final = 16 * 1024 * 1024
MOST_ATTEMPTS: Final = 10
LONGEST_WAIT_SECONDS: Final = 600
# What a model can put into words.
WORDED: Final = ("audio/", "image/", "application/pdf")

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _File:
    channel_id: int
    provider_media_id: str | None
    link: str | None
    declared_type: str | None
    filename: str | None
    attempts: int
    words_state: str


async def fetch_media(tools: MediaTools, job: FetchMedia) -> None:
    """Fetch a file; running it again after an outcome does nothing."""
    async with tools.database.tenant(job.tenant_id) as tx:
        file = await tx.one(SQL["file_to_fetch"], _File, media_id=job.media_id)
        if file is None:
            return
        try:
            provider = await tools.provider_of(tx, await find_channel(tx, file.channel_id))
        except Unavailable:
            await _try_later(tools, tx, job, file, Unknown("not_configured"))
            return
    result = await _download(provider, job, file)
    if isinstance(result, MediaContent):
        await _keep(tools, job, file, result)
        return
    async with tools.database.tenant(job.tenant_id) as tx:
        match result:
            case Refused(retryable=False, code="gone"):
                await _give_up(tx, job, "gone", "gone")
            case Refused(retryable=False, code=code):
                _log.warning("media_refused", tenant_id=job.tenant_id, media_id=job.media_id, code=code)
                await _give_up(tx, job, "refused", code)
            case _:
                await _try_later(tools, tx, job, file, result)


async def _download(provider: WhatsAppProvider, job: FetchMedia, file: _File) -> MediaResult:
    media = Media(file.provider_media_id, file.link, file.declared_type, None, None, file.filename)
    return await provider.media(media, most_bytes=MOST_BYTES, tenant_id=job.tenant_id)


async def _keep(tools: MediaTools, job: FetchMedia, file: _File, got: MediaContent) -> None:
    """Judge the bytes by themselves, store them, and ask for their words where somebody waits for those."""
    try:
        kind = await asyncio.to_thread(sniff, got.content, file.declared_type or got.mime_type)
        stored = await tools.store.put(job.tenant_id, got.content)
    except FileRefused as refused:
        async with tools.database.tenant(job.tenant_id) as tx:
            await _give_up(tx, job, "refused", refused.reason)
        return
    except FileMissing as error:
        async with tools.database.tenant(job.tenant_id) as tx:
            await _try_later(tools, tx, job, file, Unknown(str(error)))
        return
    async with tools.database.tenant(job.tenant_id) as tx:
        words = await tx.value(
            SQL["file_stored"],
            str,
            media_id=job.media_id,
            sniffed_type=kind,
            size_bytes=stored.size,
            sha256=stored.sha256,
            storage_key=stored.key,
            worded=kind.startswith(WORDED),
        )
        if words is None:
            return
        if words == "waiting":
            lock = words_lock(job.tenant_id, job.media_id)
            await defer(tx, PutIntoWords(job.tenant_id, job.media_id), lock=lock)
        await defer(tx, MediaChanged(job.tenant_id, job.media_id))


async def _give_up(tx: TenantTransaction, job: FetchMedia, state: Literal["refused", "gone"], reason: str) -> None:
    if await tx.value(SQL["file_not_to_be_had"], int, media_id=job.media_id, state=state, reason=reason):
        await defer(tx, MediaChanged(job.tenant_id, job.media_id))


async def _try_later(
    tools: MediaTools, tx: TenantTransaction, job: FetchMedia, file: _File, result: Refused | Unknown
) -> None:
    """Again after 2, 4, 8 … seconds, at most ten minutes, with jitter; ten attempts take about an hour."""
    attempt = file.attempts + 1
    if attempt >= MOST_ATTEMPTS:
        _log.warning("media_given_up", tenant_id=job.tenant_id, media_id=job.media_id)
        await _give_up(tx, job, "refused", "unreachable")
        return
    wait = min(2**attempt, LONGEST_WAIT_SECONDS) * random.uniform(0.75, 1.25)  # noqa: S311 - jitter, no secret
    if isinstance(result, Refused) and result.retry_after_seconds:
        wait = max(wait, min(result.retry_after_seconds, LONGEST_WAIT_SECONDS))
    await tx.run(SQL["fetch_later"], media_id=job.media_id)
    await defer(tx, job, at=tools.clock() + timedelta(seconds=wait))
