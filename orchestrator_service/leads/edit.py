"""Leads as the team types and edits them: within one's scope, one lead per phone number, every change announced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from core.contracts import LeadEdited
from core.database import TenantTransaction
from core.database_errors import ConstraintViolated
from core.errors import BadInput, Conflict, NotFound
from core.jobs import defer
from core.phone import canonical_e164, match_key
from core.principal import Principal, UserId
from core.resilience import optional
from orchestrator_service.auth.permissions import OwnerFilter, Permission, owner_filter, require, visible
from orchestrator_service.fields.keep import list_fields
from orchestrator_service.fields.values import CustomValue, merged
from orchestrator_service.leads import repository
from orchestrator_service.leads.announce import announce_lead, announce_lead_change, announce_lead_gone
from orchestrator_service.leads.merged import refuse_missing
from orchestrator_service.leads.models import LeadFields, SocialLinks
from orchestrator_service.leads.repository import Lead, ShownLead, StageSum
from orchestrator_service.leads.wanted import WantedLeads
from orchestrator_service.pipeline.reasons import own_words, reason_in_use

PHONE_KEY: Final = "leads_by_match_key"
_REMEMBERED: Final = ("stage_key", "owner_user_id", "lost_reason", "source", "campaign")
_OF_CONVERSION: Final = frozenset({"stage_key", "full_name", "phone", "email"})


class DuplicatePhone(Conflict):
    """The number is a lead already; `extra.lead_id` names it where the caller may see it."""

    code = "duplicate_phone"
    title = "Duplicate Phone"


class UnknownStage(Conflict):
    """The company's pipeline has no such stage."""

    code = "unknown_stage"
    title = "Unknown Stage"


class MoveClosed(Conflict):
    """The pipeline lets no lead go from the one stage to the other; `extra` names both."""

    code = "stage_move_closed"
    title = "Stage Move Closed"


class ReasonWanted(Conflict):
    """Nobody is given up without a reason."""

    code = "lost_reason_wanted"
    title = "Lost Reason Wanted"


class BadPhone(BadInput):
    """Text that is no possible phone number."""

    code = "bad_phone"


async def read_lead(tx: TenantTransaction, principal: Principal, lead_id: int) -> Lead:
    """One lead of the caller's scope. Raises NotFound, and LeadMerged where it is part of another one."""
    lead = await repository.find_lead(tx, lead_id)
    if lead is None:
        raise await refuse_missing(tx, principal, lead_id)
    return seen(principal, lead, Permission.LEADS_READ)


async def list_leads(
    tx: TenantTransaction, principal: Principal, wanted: WantedLeads, *, before_id: int, most: int
) -> list[ShownLead]:
    """At most `most` leads of the caller's scope below `before_id`, newest first.

    Deleted ones are seen by whoever may delete.
    """
    scope: OwnerFilter = owner_filter(principal, Permission.LEADS_WRITE if wanted.binned else Permission.LEADS_READ)

    async def query() -> list[ShownLead]:
        return await repository.list_leads(
            tx, owner=scope.owner, unassigned=scope.unassigned, wanted=wanted, before_id=before_id, most=most
        )

    # Only whoever asks for tasks needs their table (PRODUCT §2.5).
    return await (query() if wanted.open_task is None else optional(tx, query, missing=[]))


async def summarise_leads(tx: TenantTransaction, principal: Principal, wanted: WantedLeads) -> list[StageSum]:
    """The leads that `list_leads` pages through, counted and summed by stage and currency."""
    scope: OwnerFilter = owner_filter(principal, Permission.PIPELINE_READ)

    async def query() -> list[StageSum]:
        return await repository.summarise_leads(tx, owner=scope.owner, unassigned=scope.unassigned, wanted=wanted)

    return await (query() if wanted.open_task is None else optional(tx, query, missing=[]))


async def create_lead(
    tx: TenantTransaction, principal: Principal, fields: LeadFields, *, other_reason: str | None = None
) -> Lead:
    """Store a lead and announce it. Without an owner it is the caller's, where the caller sees own records only.

    `other_reason`: why it is lost, in words that the company's list need not have.
    Raises DuplicatePhone, BadPhone, UnknownStage, ReasonWanted, UnknownReason, of an edit MoveClosed; NotFound for an
    owner who is not of the company; Forbidden for an owner other than oneself without the right to assign.
    """
    scope = owner_filter(principal, Permission.LEADS_WRITE)
    if fields.owner_user_id is None and scope.owner is not None:
        fields = fields.model_copy(update={"owner_user_id": int(scope.owner)})
    if fields.custom:
        fields = fields.model_copy(update={"custom": merged({}, fields.custom, await list_fields(tx))})
    fields = await _reasoned(tx, fields, other_reason, was=None)
    fields, key = await _checked(tx, principal, fields, before=None)
    created = await repository.insert_lead(tx, fields, match_key=key)
    if created is None:
        assert key is not None, "only a number can be taken"
        raise await duplicate(tx, principal, key)
    await announce_lead(tx, created)
    return created


async def edit_lead(
    tx: TenantTransaction,
    principal: Principal,
    lead_id: int,
    changes: dict[str, object],
    custom: Mapping[str, CustomValue | None] | None = None,
    *,
    other_reason: str | None = None,
) -> Lead:
    """Write what `changes` names of `LeadFields`, and `custom` of the company's fields, and announce it.

    Raises as `create_lead` does, and LeadMerged. The answer is the lead as it is now, also where the change has moved
    it out of the caller's scope.
    """
    found = await repository.lock_lead(tx, lead_id)
    if found is None:
        raise await refuse_missing(tx, principal, lead_id)
    lead = seen(principal, found, Permission.LEADS_WRITE)
    before = _fields_of(lead)
    after = before.model_copy(update=changes)
    if custom:
        after = after.model_copy(update={"custom": merged(before.custom, custom, await list_fields(tx))})
    after = await _reasoned(tx, after, other_reason, was=before.lost_reason)
    after, key = await _checked(tx, principal, after, before=before)
    changed = [name for name in LeadFields.model_fields if getattr(before, name) != getattr(after, name)]
    if not changed:
        return lead
    if key is not None:
        known = await repository.find_by_match_key(tx, key)
        if known not in {None, lead_id}:
            raise await duplicate(tx, principal, key)
    try:
        await repository.write_lead(tx, lead_id, after, match_key=key)
    except ConstraintViolated as error:
        if error.constraint == PHONE_KEY:  # taken between the look and the write
            raise DuplicatePhone("that number is a lead already") from error
        raise
    await _remember(tx, principal, lead_id, before, after)
    if before.owner_user_id != after.owner_user_id:
        await announce_lead_gone(tx, lead_id, was=before.owner_user_id, owner=after.owner_user_id)
    await announce_lead_change(tx, lead_id, *changed)
    if not _OF_CONVERSION.isdisjoint(changed):
        await defer(tx, LeadEdited(int(tx.tenant_id), lead_id))
    edited = await repository.find_lead(tx, lead_id)
    assert edited is not None, "it is locked"
    return edited


async def _remember(
    tx: TenantTransaction, principal: Principal, lead_id: int, before: LeadFields, after: LeadFields
) -> None:
    """Keep what changed of where it stands and what the company asks, for the timeline."""
    for name in _REMEMBERED:
        was, became = getattr(before, name), getattr(after, name)
        if was != became:
            await repository.record_change(tx, lead_id, name, was=was, became=became, user_id=principal.user_id)
    for key in sorted(before.custom.keys() | after.custom.keys()):
        was, became = _told(before.custom.get(key)), _told(after.custom.get(key))
        if was != became:
            await repository.record_change(
                tx, lead_id, "custom", name=key, was=was, became=became, user_id=principal.user_id
            )


def _told(value: CustomValue | None) -> CustomValue | None:
    """As JSON writes it."""
    return str(value).lower() if isinstance(value, bool) else value


def seen(principal: Principal, lead: Lead | None, permission: Permission) -> Lead:
    """The lead, where the permission reaches it. Raises NotFound."""
    owner = UserId(lead.owner_user_id) if lead and lead.owner_user_id is not None else None
    if lead is None or not visible(principal, permission, owner):
        raise NotFound
    return lead


async def _checked(
    tx: TenantTransaction, principal: Principal, fields: LeadFields, *, before: LeadFields | None
) -> tuple[LeadFields, str | None]:
    """The fields with the phone in its canonical form, and its match key."""
    if fields.owner_user_id != (before.owner_user_id if before else None):
        await _check_owner(tx, principal, fields.owner_user_id)
    new_stage = before is None or fields.stage_key != before.stage_key
    new_phone = before is None or fields.phone != before.phone
    ground = await repository.ground_of_lead(tx, fields.stage_key) if new_stage or new_phone else None
    if ground is not None and new_stage:
        await _check_move(tx, before.stage_key if before else None, fields, kind=ground.kind)
    if fields.phone is None:
        return fields, None
    if ground is None or not new_phone:
        return fields, match_key(fields.phone)
    country = ground.country
    phone, key = canonical_e164(fields.phone, region=country), match_key(fields.phone, region=country)
    if phone is None or key is None:
        raise BadPhone("that is no phone number")
    return fields.model_copy(update={"phone": phone}), key


async def _reasoned(tx: TenantTransaction, fields: LeadFields, other: str | None, *, was: str | None) -> LeadFields:
    """With the reason as the company writes it; one that the lead had before stays, whatever the list says by now."""
    if other is not None:
        return fields.model_copy(update={"lost_reason": await own_words(tx, other)})
    if fields.lost_reason is None or fields.lost_reason == was:
        return fields
    return fields.model_copy(update={"lost_reason": await reason_in_use(tx, fields.lost_reason)})


async def _check_move(tx: TenantTransaction, was: str | None, fields: LeadFields, *, kind: str | None) -> None:
    """Say why before the database refuses the move (`keep_stage_moves`); None: the lead is new, there is no stage."""
    if kind is None:
        raise UnknownStage("the pipeline has no such stage")
    if was is not None and await repository.closed_move(tx, was, fields.stage_key):
        raise MoveClosed(
            "the pipeline lets no lead go from that stage to the other", extra={"from": was, "to": fields.stage_key}
        )
    if fields.lost_reason is None and kind == "lost":
        raise ReasonWanted("say why the lead is lost")


async def _check_owner(tx: TenantTransaction, principal: Principal, owner: int | None) -> None:
    if owner != principal.user_id:
        require(principal, Permission.LEADS_ASSIGN)
    if owner is not None and not await repository.active_member(tx, owner):
        raise NotFound


async def duplicate(tx: TenantTransaction, principal: Principal, key: str) -> DuplicatePhone:
    """The refusal of a number that is a lead already, named where the caller may see it."""
    known = await repository.find_by_match_key(tx, key)
    lead = await repository.find_lead(tx, known) if known is not None else None
    owner = UserId(lead.owner_user_id) if lead and lead.owner_user_id is not None else None
    if lead is None or not visible(principal, Permission.LEADS_READ, owner):
        return DuplicatePhone("that number is a lead already")
    return DuplicatePhone("that number is a lead already", extra={"lead_id": lead.id})


def _fields_of(lead: Lead) -> LeadFields:
    shared = {name: getattr(lead, name) for name in LeadFields.model_fields if name != "social_links"}
    return LeadFields.model_construct(**shared, social_links=SocialLinks.model_validate(lead.social_links))
