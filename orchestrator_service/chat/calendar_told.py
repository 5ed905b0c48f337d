"""The job behind every change of a meeting that Google must hear of: it goes on where somebody died or got no answer.

A customer who was told "I am confirming" is told how it ended, in the transaction that ends it; where the agent may not
speak, or the company's people must do something, they are called.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from core.contracts import CalendarPending
from core.customer_links import CustomerLinks
from core.database import Database, TenantTransaction
from core.jobs import defer
from orchestrator_service.agenda.labels import label_of
from orchestrator_service.agenda.pending import PendingEvent, claim_pending, moved_in_chat, read_pending
from orchestrator_service.agenda.reading import read_event
from orchestrator_service.agenda.settling import Settled, settle
from orchestrator_service.chat import repository
from orchestrator_service.chat.wording import BOOKED, MOVED, NOT_BOOKED, NOT_MOVED, in_language
from orchestrator_service.conversion.rule import convert_if_ready
from orchestrator_service.db import NewMessage
from orchestrator_service.google_calendar.door import GoogleDoor
from orchestrator_service.leads.tasks import add_task
from orchestrator_service.meeting_links.change import tell_late_move
from orchestrator_service.messaging.send import send_message

REASON: Final = "refused"
_TEXTS: Final = {(False, True): BOOKED, (False, False): NOT_BOOKED, (True, True): MOVED, (True, False): NOT_MOVED}
SHORTEST: Final = timedelta(seconds=5)
LONGEST: Final = timedelta(hours=1)


async def tell_calendar(database: Database, google: GoogleDoor, links: CustomerLinks, job: CalendarPending) -> None:
    """Bring one meeting to its end in Google, if nobody else is at it; again later where there is no answer."""
    now = google.clock()
    async with database.tenant(job.tenant_id) as tx:
        claim = await claim_pending(tx, job.event_id, now)
        if claim is None:
            other = await read_pending(tx, job.event_id)
            if other is not None:
                await defer(tx, job, at=other.claimed_until)
            return
    await settle(database, google, job.tenant_id, job.event_id, claim, closing=partial(_tell_people, google, links))
    async with database.tenant(job.tenant_id) as tx:
        left = await read_pending(tx, job.event_id)
        if left is not None:
            await defer(tx, job, at=left.claimed_until or google.clock() + pause(left.attempts))


def pause(attempts: int) -> timedelta:
    """How long to wait before Google is asked once more."""
    return min(SHORTEST * 2 ** min(attempts, 20), LONGEST)


async def _tell_people(google: GoogleDoor, links: CustomerLinks, tx: TenantTransaction, settled: Settled) -> None:
    event, now = settled.event, google.clock()
    if event is None or settled.outcome in {"unknown", "overtaken"}:
        return
    done = settled.outcome == "done"
    if event.pending == "book" and done and event.lead_id is not None:
        await convert_if_ready(tx, lead_id=event.lead_id, now=now)
    if event.pending == "move" and done:
        await tell_late_move(tx, event, links, now=now)
    if event.conversation_id is None or (done and not await _was_promised(tx, event)):
        return
    if event.pending in {"book", "move"}:
        await _tell_customer(tx, event, event.conversation_id, done=done, now=now)
    if not done:
        await add_task(tx, "calendar_conflict", event.conversation_id, event.lead_id, REASON)


async def _was_promised(tx: TenantTransaction, event: PendingEvent) -> bool:
    """Whether the customer waits to hear that it is done: who moved it otherwise has told them, or chose not to."""
    return event.pending == "book" or (event.pending == "move" and await moved_in_chat(tx, event))


async def _tell_customer(
    tx: TenantTransaction, event: PendingEvent, conversation_id: int, *, done: bool, now: datetime
) -> None:
    context = await repository.turn_context(tx, conversation_id)
    if context is None or context.agent_mode == "off":
        return
    if context.agent_paused_until is not None and context.agent_paused_until > now:
        return
    language = context.language or context.tenant_language
    stands = await read_event(tx, event.id)
    texts = _TEXTS[event.pending == "move", done]
    label = label_of(stands.starts_at, context.zone, language)
    body = in_language(texts, language).format(seller=stands.seller_name, label=label)
    message = NewMessage(
        conversation_id=conversation_id,
        direction="out",
        author="agent",
        type="text",
        body=body,
        origin_key=f"meeting:{event.id}:{event.pending}:{event.claim}",
        status="queued",
    )
    await send_message(tx, message, now=now)
