"""Tools that change leads and leave notes. Each is rehearsed by the same use case, in a transaction that is undone."""

from __future__ import annotations

from typing import Annotated, Final, Self

from pydantic import StringConstraints, model_validator

from core.database import TenantTransaction
from core.json_types import JsonObject
from core.undone import undone
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.chat.schemas import MessageView
from orchestrator_service.chat.writing import write_note
from orchestrator_service.leads.edit import create_lead, edit_lead
from orchestrator_service.leads.schemas import LeadBody, LeadView, NewLeadBody
from orchestrator_service.mcp.models import Arguments, Caller, Tool
from orchestrator_service.mcp.reading_tools import RowId, shown


class NewLead(NewLeadBody, Arguments):
    """A lead has a name, a phone or an e-mail; value and currency go together."""


class LeadChange(LeadBody, Arguments):
    """What is named is written, null empties; the stage is moved by `move_stage`."""

    lead_id: RowId

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.named():
            raise ValueError("name what to change")
        return self

    def changes(self) -> dict[str, object]:
        """The fields of the lead that were sent."""
        return {name: value for name, value in self.given().items() if name != "lead_id"}

    def named(self) -> list[str]:
        """What of the lead is another value afterwards."""
        reason = ["lost_reason"] if self.lost_reason_other is not None else []
        return [*self.changes(), *reason, *(["custom"] if self.custom else [])]


class StageMove(Arguments):
    """The stage by its key, as `pipeline_summary` lists them; a reason goes with a lost lead.

    `lost_reason` is one of the company's list, `lost_reason_other` says it in other words.
    """

    lead_id: RowId
    stage_key: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    lost_reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)] | None = None
    lost_reason_other: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)] | None = (
        None
    )

    def changes(self) -> dict[str, object]:
        """As the lead is edited."""
        told: dict[str, object] = {"stage_key": self.stage_key}
        return told if self.lost_reason is None else told | {"lost_reason": self.lost_reason}

    def named(self) -> list[str]:
        """What of the lead is another value afterwards."""
        return [*self.changes(), *(["lost_reason"] if self.lost_reason_other is not None else [])]


class Note(Arguments):
    """A note for the team; the customer never sees it."""

    conversation_id: RowId
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


async def add_lead(caller: Caller, wanted: NewLead) -> JsonObject:
    """The new lead."""
    async with caller.database.tenant(caller.principal.tenant_id) as tx:
        return shown(
            LeadView.of(await create_lead(tx, caller.principal, wanted.fields(), other_reason=wanted.lost_reason_other))
        )


async def rehearse_lead(caller: Caller, wanted: NewLead) -> JsonObject:
    """The lead that would be made; it has no number yet."""
    async with undone(caller.database, caller.principal.tenant_id) as tx:
        lead = shown(
            LeadView.of(await create_lead(tx, caller.principal, wanted.fields(), other_reason=wanted.lost_reason_other))
        )
    return {"create": {name: value for name, value in lead.items() if name != "id"}}


async def change_lead(caller: Caller, wanted: LeadChange | StageMove) -> JsonObject:
    """The lead as it is now."""
    async with caller.database.tenant(caller.principal.tenant_id) as tx:
        return await _changed(tx, caller, wanted)


async def rehearse_change(caller: Caller, wanted: LeadChange | StageMove) -> JsonObject:
    """What would be another value, before and after."""
    async with undone(caller.database, caller.principal.tenant_id) as tx:
        return await _difference(tx, caller, wanted)


async def _difference(tx: TenantTransaction, caller: Caller, wanted: LeadChange | StageMove) -> JsonObject:
    # Whoever may write a lead without reading any is told only what they sent themselves.
    after = await _changed(tx, caller, wanted)
    return {"lead_id": wanted.lead_id, "change": {name: after[name] for name in wanted.named()}}


async def _changed(tx: TenantTransaction, caller: Caller, wanted: LeadChange | StageMove) -> JsonObject:
    custom = wanted.custom if isinstance(wanted, LeadChange) else None
    lead = await edit_lead(
        tx, caller.principal, wanted.lead_id, wanted.changes(), custom, other_reason=wanted.lost_reason_other
    )
    return shown(LeadView.of(lead))


async def add_note(caller: Caller, wanted: Note) -> JsonObject:
    """The note as it is kept."""
    async with caller.database.tenant(caller.principal.tenant_id) as tx:
        return shown(
            MessageView.of(await write_note(tx, caller.principal, wanted.conversation_id, wanted.text, key=None))
        )


async def rehearse_note(caller: Caller, wanted: Note) -> JsonObject:
    """What would be written where."""
    async with undone(caller.database, caller.principal.tenant_id) as tx:
        await write_note(tx, caller.principal, wanted.conversation_id, wanted.text, key=None)
    return {"conversation_id": wanted.conversation_id, "note": wanted.text}


_LEAD: Final = ("lead", "lead_id")
WRITING: Final = (
    Tool("create_lead", "Create a lead.", Permission.LEADS_WRITE, NewLead, add_lead, rehearse_lead),
    Tool("update_lead", "Change fields of a lead.", Permission.LEADS_WRITE, LeadChange, change_lead, rehearse_change,
         record=_LEAD),
    Tool("move_stage", "Move a lead to another stage of the pipeline.", Permission.LEADS_WRITE, StageMove, change_lead,
         rehearse_change, record=_LEAD),
    Tool("add_note", "Leave a note for the team in a conversation; the customer does not see it.",
         Permission.CONVERSATIONS_WRITE, Note, add_note, rehearse_note, record=("conversation", "conversation_id")),
)  # fmt: skip
