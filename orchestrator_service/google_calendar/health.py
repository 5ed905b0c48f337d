"""How sellers' calendars fare: written where it changes, told once where only a person can mend it (PRODUCT §11.6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from core.database import TenantTransaction
from core.google.outcomes import AccessLost, CannotConfirm
from core.json_types import JsonObject
from core.outbox import emit
from core.system_events import record_event
from orchestrator_service.google_calendar import repository
from orchestrator_service.google_calendar.access import VAULT_SHUT
from orchestrator_service.google_calendar.models import SellerCalendarRow
from orchestrator_service.notifications.models import Notice, NotificationData
from orchestrator_service.notifications.notify import notify

# A calendar that goes on being well is written down so often and no more: questions come by the second.
SEEN_AGAIN_AFTER: Final = timedelta(minutes=1)


async def tell_health(
    tx: TenantTransaction, answers: Sequence[tuple[SellerCalendarRow, object]], now: datetime
) -> None:
    """Write what changed; `answers` are outcomes of the port. In the order of sellers, so that two cannot deadlock."""
    lost: list[SellerCalendarRow] = []
    for row, answer in sorted(answers, key=lambda pair: pair[0].seller_id):
        if isinstance(answer, AccessLost):
            if await repository.note_lost(tx, row, answer.reason, now):
                lost.append(row)
            continue
        error = " ".join(filter(None, (answer.reason, answer.detail))) if isinstance(answer, CannotConfirm) else None
        stale = row.checked_at is None or now - row.checked_at >= SEEN_AGAIN_AFTER
        if error == row.last_error and not stale:
            continue
        if await repository.note_health(tx, row, error, now) and error != row.last_error:
            await announce(tx, row)
            if answer == VAULT_SHUT:
                subject = f"seller:{row.seller_id}"
                await record_event(tx, "vault.not_opened", severity="critical", subject=subject)
    for row in lost:
        await _tell_lost(tx, row)


async def announce(tx: TenantTransaction, row: SellerCalendarRow) -> None:
    """The pages that show the seller's calendar read it again."""
    await announce_seller(tx, row.seller_id, row.user_id)


async def announce_seller(tx: TenantTransaction, seller_id: int, user_id: int | None) -> None:
    """The same, of a seller whose calendar was just connected or let go."""
    payload: JsonObject = {"seller_id": seller_id}
    await emit(tx, "CALENDAR_UPDATED", payload, owner_user_id=user_id)
    await emit(tx, "CALENDAR_UPDATED", payload, owner_user_id=None, audience="agendas")


async def _tell_lost(tx: TenantTransaction, row: SellerCalendarRow) -> None:
    subject = f"seller:{row.seller_id}"
    await record_event(tx, "calendar.lost", severity="critical", subject=subject)
    await announce(tx, row)
    notice = Notice("calendar_lost", data=NotificationData(seller_id=row.seller_id))
    await notify(tx, notice, owners=(row.user_id,))
