"""Whether a planned message may still leave. Pure: asked when it is due, by whatever is true then (PRODUCT §7.7)."""

from __future__ import annotations

from datetime import datetime

from orchestrator_service.triggers.models import LATEST, Due, Reason, Trigger


def against(due: Due, trigger: Trigger | None, now: datetime) -> Reason | None:
    """Why it must not leave any more, or None."""
    if trigger is None or not trigger.enabled:
        return "trigger_off"
    if not due.lead_is_there:
        return "lead_gone"
    if due.opted_out:
        return "opted_out"
    if due.kind in LATEST:
        return _against_meeting(due, now)
    if due.kind == "no_show" and due.event_status != "no_show":
        return "meeting_changed"
    return _against_silence(due)


def _against_meeting(due: Due, now: datetime) -> Reason | None:
    if due.event_status != "confirmed" or due.starts_at is None or due.event_starts_at != due.starts_at:
        return "meeting_changed"
    return "too_late" if due.starts_at - now < LATEST[due.kind] else None


def _against_silence(due: Due) -> Reason | None:
    """A follow-up or a reactivation stops at a reply, a booking, a lead that is done with, a person who took over."""
    if due.wrote_since:
        return "replied"
    if due.has_meeting:
        return "booked"
    if due.stage_kind != "open":
        return "closed"
    if due.interest == "not_interested":
        return "not_interested"
    return "person_has_it" if due.person_has_it else None
