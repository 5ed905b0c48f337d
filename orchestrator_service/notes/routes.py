"""`/crm/leads/{id}/notes` and `/crm/notes/{id}` (PRODUCT §12.1)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, status
from starlette.requests import Request

from core.model_route import ModelRoute
from core.paging import Page, id_before, id_cursor, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.notes.schemas import NoteBody, NotesQuery, NoteView
from orchestrator_service.notes.write import change_note, forget_note, list_notes, write_note

router = APIRouter(prefix="/crm", tags=["leads"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.LEADS_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.LEADS_WRITE))]
_LIMITED = [Depends(rate_limit("100/minute", scope="crm.notes"))]


@router.get("/leads/{lead_id}/notes", dependencies=_LIMITED)
@audit_access("notes.list", subject="lead")
async def get_notes(
    lead_id: int, database: Db, principal: Reader, wanted: Annotated[NotesQuery, Query()]
) -> Page[NoteView]:
    """A lead's notes, newest first."""
    before = id_before(wanted.cursor)
    async with database.tenant(principal.tenant_id) as tx:
        notes = await list_notes(tx, principal, lead_id, before_id=before, most=wanted.limit + 1)
    return page(notes, wanted.limit, show=NoteView.of, cursor=lambda note: id_cursor(note.id))


@router.post("/leads/{lead_id}/notes", status_code=status.HTTP_201_CREATED, dependencies=_LIMITED)
@audit_access("notes.create", subject="lead")
async def post_note(request: Request, lead_id: int, body: NoteBody, database: Db, principal: Writer) -> NoteView:
    """Write a note; who is mentioned is told. 409 `mentioned_cannot_see`."""
    async with database.tenant(principal.tenant_id) as tx:
        note = await write_note(tx, principal, lead_id, body.text, body.mentions)
    name_subject(request, f"lead:{lead_id}")
    return NoteView.of(note)


@router.patch("/notes/{note_id}", dependencies=_LIMITED)
@audit_access("notes.edit", subject="note")
async def patch_note(note_id: int, body: NoteBody, database: Db, principal: Writer) -> NoteView:
    """Put one's own note in other words; 403 for another's."""
    async with database.tenant(principal.tenant_id) as tx:
        return NoteView.of(await change_note(tx, principal, note_id, body.text, body.mentions))


@router.delete("/notes/{note_id}", status_code=status.HTTP_204_NO_CONTENT, dependencies=_LIMITED)
@audit_access("notes.delete", subject="note")
async def delete_note(note_id: int, database: Db, principal: Writer) -> None:
    """Forget one's own note; 403 for another's."""
    async with database.tenant(principal.tenant_id) as tx:
        await forget_note(tx, principal, note_id)
