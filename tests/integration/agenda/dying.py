"""A process that books, moves or enters one meeting, and dies on the way at the moment that the test ordered.

`python -m tests.integration.agenda.dying` reads its errand as JSON from stdin.
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime, timedelta

from core.database import open_database
from core.egress import Egress
from core.google.addresses import GoogleAddresses
from core.google.client import GoogleCalendarClient
from core.google.consent import GoogleConsentClient
from core.google.transport import reaching
from core.principal import Principal, TenantId, UserId
from orchestrator_service.agenda.book import Wish, book
from orchestrator_service.agenda.change_meeting import Move
from orchestrator_service.agenda.create_meeting import EnteredMeeting
from orchestrator_service.agenda.move import enter, move
from orchestrator_service.google_calendar.door import GoogleDoor
from tests.support.factories import KEYRING


async def run(errand: dict[str, str]) -> None:
    addresses = GoogleAddresses.at(errand["google"])
    now, start = datetime.fromisoformat(errand["now"]), datetime.fromisoformat(errand["start"]).astimezone(UTC)
    end = start + timedelta(minutes=30)
    tenant_id, subject = int(errand["tenant"]), int(errand["subject"])
    principal = Principal(TenantId(tenant_id), UserId(int(errand["user"])), "ceo")
    database = await open_database(errand["database"], application="dying", most_connections=2)
    async with reaching(Egress(), addresses) as http:
        calendar, consent = GoogleCalendarClient(http, addresses), GoogleConsentClient(http, addresses)
        google = GoogleDoor(calendar, consent, KEYRING, lambda: now, local=True)
        if errand["what"] == "book":
            wish = Wish(int(errand["conversation"]), int(errand["lead"]), errand["offer"], "Wants a demo")
            await book(database, google, tenant_id, wish, now=now)
        elif errand["what"] == "move":
            await move(database, google, principal, subject, Move(start, end), now=now)
        else:
            wanted = EnteredMeeting(subject, start, end, None, "Visit")
            await enter(database, google, principal, wanted, now=now)


if __name__ == "__main__":
    asyncio.run(run(json.load(sys.stdin)))
