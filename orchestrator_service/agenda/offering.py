"""Times that are really free, Google included: asked outside of any transaction, offered inside one (PRODUCT §11.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from core.database import Database
from orchestrator_service.agenda.labels import Language
from orchestrator_service.agenda.live import DATABASE_ALONE, Live, ask_live
from orchestrator_service.agenda.offers import question_of
from orchestrator_service.google_calendar.door import GoogleDoor


@dataclass(frozen=True, slots=True)
class Days:
    """What is looked for: days of `zone` (IANA), both included, of a named seller or of whoever has time."""

    date_from: date
    date_to: date
    seller_name: str | None
    zone: str
    language: Language


async def look_in_google(database: Database, google: GoogleDoor, tenant_id: int, days: Days, *, now: datetime) -> Live:
    """What `make_offers` has to know for these days. Every seller is asked at once; one who is silent is unknown."""
    async with database.tenant(tenant_id) as tx:
        asked = await question_of(
            tx,
            date_from=days.date_from,
            date_to=days.date_to,
            seller_name=days.seller_name,
            now=now,
            zone=days.zone,
        )
    if asked is None or not asked.seller_ids:
        return DATABASE_ALONE if asked is None else Live()
    return await ask_live(database, google, tenant_id, asked.seller_ids, asked.start, asked.end)
