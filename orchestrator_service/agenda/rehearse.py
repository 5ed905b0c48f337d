"""What entering or moving a meeting would come to: looked at as in earnest, Google too, and never committed."""

from __future__ import annotations

from datetime import datetime

from core.database import Database
from core.principal import Principal
from core.undone import undone
from orchestrator_service.agenda.change_meeting import Move, move_event
from orchestrator_service.agenda.create_meeting import EnteredMeeting
from orchestrator_service.agenda.enter_meeting import enter_meeting
from orchestrator_service.agenda.move import look_before_entering, look_before_moving
from orchestrator_service.agenda.reading import AgendaEvent, read_event
from orchestrator_service.google_calendar.door import GoogleDoor


async def rehearse_entering(
    database: Database, google: GoogleDoor, principal: Principal, wanted: EnteredMeeting, *, now: datetime
) -> AgendaEvent:
    """The meeting as it would stand. Raises as `enter`, but for what Google says of the writing itself."""
    live = await look_before_entering(database, google, principal, wanted, now=now)
    async with undone(database, principal.tenant_id) as tx:
        entered = await enter_meeting(tx, principal, wanted, now=now, live=live)
        return await read_event(tx, entered.id)


async def rehearse_moving(
    database: Database, google: GoogleDoor, principal: Principal, event_id: int, wanted: Move, *, now: datetime
) -> AgendaEvent:
    """The event where it would be. Raises as `move`, but for what Google says of the writing itself."""
    live = await look_before_moving(database, google, principal, event_id, wanted, now=now)
    async with undone(database, principal.tenant_id) as tx:
        return (await move_event(tx, principal, event_id, wanted, now=now, live=live)).event
