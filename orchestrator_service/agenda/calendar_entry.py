"""A meeting of the team as a calendar file."""

from __future__ import annotations

from orchestrator_service.agenda.ics import CalendarEntry
from orchestrator_service.agenda.reading import AgendaEvent


def uid_of(tenant_id: int, event_id: int) -> str:
    """The same in every file of a meeting, whoever takes it."""
    return f"meeting-{tenant_id}-{event_id}@nexus"


def entry_of(event: AgendaEvent, tenant_id: int) -> CalendarEntry:
    """As the team has it: named after the person; whoever may not see that one gets the seller's time alone."""
    return CalendarEntry(
        uid=uid_of(tenant_id, event.id),
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        created_at=event.created_at,
        changed_at=event.updated_at,
        cancelled=event.status == "cancelled",
        summary=" · ".join(part for part in (event.lead_name, event.title) if part) or event.seller_name,
        organizer=event.seller_name,
        url=event.meeting_url,
    )
