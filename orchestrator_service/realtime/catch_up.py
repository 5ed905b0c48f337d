"""`catch_up(since)`: what a client missed while it was away (PRODUCT §13).

The answer is `{"events": [{"name", "payload"}], "seq"}` in the order of the numbers, or `{"reset": true, "seq"}` where
the outbox cannot tell: the client then loads its page anew. `seq` is the number to ask from the next time.
"""

from __future__ import annotations

from typing import Final

from core.database import Database
from core.json_types import JsonObject
from core.principal import Principal
from core.system_events import log_security_event
from orchestrator_service.realtime.publication import publication
from orchestrator_service.realtime.repository import events_after, last_seq
from orchestrator_service.realtime.rooms import rooms_of_principal

MOST_EVENTS: Final = 1000


async def catch_up(database: Database, principal: Principal, since: object) -> JsonObject:
    """The events after number `since` that the principal's rooms heard.

    `since` is the client's and anything but a number that the tenant has reached means a reset, as does a number whose
    followers are no longer all kept, or of which there are more than 1000. What was told is written down first.
    """
    async with database.tenant(principal.tenant_id) as tx:
        newest = await last_seq(tx)
        if isinstance(since, bool) or not isinstance(since, int) or not 0 <= since <= newest:
            return {"reset": True, "seq": newest}
        missed = await events_after(tx, since, newest, MOST_EVENTS)
    if len(missed) != newest - since:  # numbers have no gaps: some are pruned, or they are too many
        return {"reset": True, "seq": newest}
    rooms = set(rooms_of_principal(principal))
    outgoing = (publication(principal.tenant_id, event) for event in missed)
    events = [{"name": event.name, "payload": event.payload} for event in outgoing if rooms.intersection(event.rooms)]
    if events:
        detail: JsonObject = {"since": since, "events": len(events)}
        await log_security_event(
            database,
            "realtime.catch_up",
            tenant_id=principal.tenant_id,
            severity="info",
            user_id=principal.user_id,
            detail=detail,
        )
    return {"events": events, "seq": newest}


async def tell_opened(database: Database, principal: Principal) -> None:
    """Write down that somebody hears live from now on; raises where that cannot be, and the socket is refused."""
    await log_security_event(
        database, "realtime.opened", tenant_id=principal.tenant_id, severity="info", user_id=principal.user_id
    )
