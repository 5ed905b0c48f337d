"""Writing, changing and forgetting notes on a lead (PRODUCT §12.1): by its author, in sight of whoever sees the lead.

A mention is a notification, so only those who may see the lead can be mentioned.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.database import TenantTransaction
from core.errors import Conflict, Forbidden, NotFound
from core.principal import Principal, UserId
from core.resilience import optional
from orchestrator_service.auth.permissions import Permission, visible
from orchestrator_service.leads.announce import announce_lead_change
from orchestrator_service.leads.edit import read_lead, seen
from orchestrator_service.leads.lock import lock_lead
from orchestrator_service.leads.words import refresh_words
from orchestrator_service.notes import repository
from orchestrator_service.notes.repository import Note
from orchestrator_service.notifications.models import Notice
from orchestrator_service.notifications.notify import notify


class CannotSee(Conflict):
    """Somebody mentioned does not work here, or may not see the lead."""

    code = "mentioned_cannot_see"
    title = "Mentioned Cannot See"


async def list_notes(
    tx: TenantTransaction, principal: Principal, lead_id: int, *, before_id: int, most: int
) -> list[Note]:
    """At most `most` notes of a lead of the caller's scope, newest first. Raises NotFound."""
    await read_lead(tx, principal, lead_id)

    async def query() -> list[Note]:
        return await repository.list_notes(tx, lead_id, before_id=before_id, most=most)

    return await optional(tx, query, missing=[])


async def write_note(
    tx: TenantTransaction, principal: Principal, lead_id: int, body: str, mentions: Sequence[int]
) -> Note:
    """Add a note and tell whoever is mentioned. Raises NotFound, CannotSee."""
    lead = seen(principal, await lock_lead(tx, lead_id), Permission.LEADS_WRITE)
    named = await _checked(tx, principal, mentions, lead.owner_user_id)
    note = await repository.add_note(tx, lead_id, principal.user_id, body, named)
    await _told(tx, principal, lead_id, named)
    return note


async def change_note(
    tx: TenantTransaction, principal: Principal, note_id: int, body: str, mentions: Sequence[int]
) -> Note:
    """Put one's own note in other words; who is mentioned anew is told. Raises NotFound, Forbidden, CannotSee."""
    before, owner = await _own(tx, principal, note_id)
    named = await _checked(tx, principal, mentions, owner)
    after = await repository.change_note(tx, note_id, body, named)
    assert after is not None, "it is locked"
    await _told(tx, principal, before.lead_id, [each for each in named if each not in before.mentions])
    return after


async def forget_note(tx: TenantTransaction, principal: Principal, note_id: int) -> None:
    """Remove one's own note. Raises NotFound, Forbidden."""
    note, _owner = await _own(tx, principal, note_id)
    await repository.remove_note(tx, note_id)
    await _told(tx, principal, note.lead_id, [])


async def _own(tx: TenantTransaction, principal: Principal, note_id: int) -> tuple[Note, int | None]:
    """A note of the caller's on a lead that they may write, and that lead's owner."""
    note = await repository.find_note(tx, note_id)
    if note is None:
        raise NotFound
    lead = seen(principal, await lock_lead(tx, note.lead_id), Permission.LEADS_WRITE)
    if note.author_user_id != principal.user_id:
        raise Forbidden("a note is changed by whoever wrote it")
    return note, lead.owner_user_id


async def _checked(
    tx: TenantTransaction, principal: Principal, mentions: Sequence[int], owner: int | None
) -> list[int]:
    named = sorted(set(mentions))
    whose = UserId(owner) if owner is not None else None
    seeing = {
        one.id
        for one in await repository.colleagues(tx, named)
        if visible(Principal(principal.tenant_id, UserId(one.id), one.role), Permission.LEADS_READ, whose)
    }
    if not seeing.issuperset(named):  # who, is not said: a stranger's id reads as one that is nobody's
        raise CannotSee("somebody mentioned may not see this lead")
    return named


async def _told(tx: TenantTransaction, principal: Principal, lead_id: int, named: Sequence[int]) -> None:
    await refresh_words(tx, [lead_id])
    await announce_lead_change(tx, lead_id, "notes")
    if named:
        await notify(tx, Notice("mention", lead_id=lead_id), owners=named, caused_by=principal.user_id)
