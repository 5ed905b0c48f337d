"""Typed access to leads, their contacts and qualifications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

import msgspec

from core.database import TenantTransaction
from core.json_types import JsonObject
from core.phone import display
from core.statements import sibling_statements
from orchestrator_service.fields.values import CustomValues
from orchestrator_service.leads.models import Incoming, Interest, LeadFields, Qualification
from orchestrator_service.leads.searching import NEWEST, is_common
from orchestrator_service.leads.wanted import WantedLeads, conditions

SQL = sibling_statements(__file__)
SHARE: Final = 3  # of the newest leads, one in so many has to have it for a page to fill
_PHONE = 2  # the place of `phone` among the columns of a lead


class Lead(msgspec.Struct, frozen=True):
    """A row of `leads`. `score` is 0-100; `value` is in `currency` (ISO 4217).

    `stage_since` is when it came into its stage; `needs_person` whether one of its conversations waits for a person.
    `username` is WhatsApp's, told where no phone is known. `campaign` is what the team wrote, else the advertisement
    that brought the lead. `custom` is told by the company's fields (`fields/values.py`).
    """

    id: int
    full_name: str | None
    phone: str | None
    email: str | None
    company: str | None
    stage_key: str
    owner_user_id: int | None
    source: str
    campaign: str | None
    language: str | None
    interest: Interest | None
    score: int | None
    need: str | None
    value: Decimal | None
    currency: str | None
    social_links: JsonObject
    lost_reason: str | None
    custom: CustomValues
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None
    tag_ids: list[int]
    stage_since: datetime
    needs_person: bool
    username: str | None


class ShownLead(Lead, frozen=True):
    """A lead with its phone as people write it: what `LeadView` tells, to be encoded as it is (ADR 0044)."""

    phone_shown: str | None

    @classmethod
    def of_columns(cls, *columns: object) -> ShownLead:
        """From a row's columns in their order, which is that of the fields."""
        phone = columns[_PHONE]
        return cls(*columns, phone_shown=display(phone) if isinstance(phone, str) else None)  # pyright: ignore[reportArgumentType] - the statement's own columns


@dataclass(frozen=True, slots=True)
class StageSum:
    """What one currency's leads of a stage come to; `currency` and `value` are None for those without a value."""

    stage_key: str
    currency: str | None
    leads: int
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Ground:
    """The stage's kind (`open`, `won`, `lost`; None: no such stage) and the company's country (ISO 3166)."""

    kind: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class _Moved:
    id: int


@dataclass(frozen=True, slots=True)
class Contact:
    """The other side of a conversation; the two lead ids differ only until intake has linked them."""

    conversation_id: int
    lead_id: int | None
    contact_id: int
    contact_lead_id: int | None
    name: str | None
    reply_phone: str | None
    lead_has_phone: bool


@dataclass(frozen=True, slots=True)
class _Talk:
    id: int


@dataclass(frozen=True, slots=True)
class _Reworded:
    id: int


async def find_lead(tx: TenantTransaction, lead_id: int, *, binned: bool = False) -> Lead | None:
    """One lead, or None where it is missing; where it is deleted too, unless `binned`."""
    return await tx.one(SQL["find_lead"], Lead, lead_id=lead_id, binned=binned)


async def find_by_match_key(tx: TenantTransaction, match_key: str) -> int | None:
    """The id of the lead with that number."""
    return await tx.value(SQL["find_by_match_key"], int, match_key=match_key)


async def lock_contact(tx: TenantTransaction, conversation_id: int) -> Contact | None:
    """The contact of a conversation, locked: two intakes cannot make two leads of one person."""
    return await tx.one(SQL["contact_of_conversation"], Contact, conversation_id=conversation_id)


async def create_lead(
    tx: TenantTransaction,
    *,
    full_name: str | None,
    phone: str | None,
    match_key: str | None,
    source: str,
    referral: JsonObject | None = None,
) -> int | None:
    """The new lead's id, or None where its number is a lead already."""
    values = {"full_name": full_name, "phone": phone, "match_key": match_key, "source": source, "referral": referral}
    return await tx.value(SQL["create_lead"], int, **values)


async def learn_phone(tx: TenantTransaction, lead_id: int, *, phone: str, match_key: str | None) -> bool:
    """Give a lead without a phone the one that its person has; False where another lead has it. May violate its key."""
    return await tx.run(SQL["learn_phone"], lead_id=lead_id, phone=phone, match_key=match_key) > 0


async def link_contact(tx: TenantTransaction, contact_id: int, lead_id: int) -> None:
    """Say which lead a contact and all its conversations are."""
    await tx.run(SQL["link_contact"], contact_id=contact_id, lead_id=lead_id)
    await tx.run(SQL["link_conversations"], contact_id=contact_id, lead_id=lead_id)


async def update_profile(
    tx: TenantTransaction,
    lead_id: int,
    *,
    full_name: str | None = None,
    email: str | None = None,
    company: str | None = None,
    need: str | None = None,
    language: str | None = None,
) -> None:
    """Write what is given; None leaves a column as it is."""
    profile = {"full_name": full_name, "email": email, "company": company, "need": need, "language": language}
    await tx.run(SQL["update_profile"], lead_id=lead_id, **profile)


async def store_qualification(
    tx: TenantTransaction,
    qualification: Qualification,
    *,
    conversation_id: int,
    lead_id: int,
    turn_id: int | None,
    by: int | None,
) -> None:
    """Append a qualification, of the agent's in a turn or `by` somebody, and mirror it on the lead."""
    fields = qualification.model_dump(mode="json")
    whose = {"conversation_id": conversation_id, "lead_id": lead_id, "turn_id": turn_id, "qualified_by": by}
    await tx.run(SQL["store_qualification"], **whose, **fields)
    await tx.run(
        SQL["note_interest"],
        lead_id=lead_id,
        interest=qualification.interest,
        score=qualification.score,
        need=qualification.need,
    )


async def latest_qualification(tx: TenantTransaction, conversation_id: int) -> Qualification | None:
    """The conversation's newest qualification."""
    return await tx.one(SQL["latest_qualification"], Qualification, conversation_id=conversation_id)


async def advance_stage(tx: TenantTransaction, lead_id: int, stage_key: str) -> bool:
    """Move a lead forward; False where that would be back, or where it is won or lost."""
    return await tx.run(SQL["advance_stage"], lead_id=lead_id, stage_key=stage_key) > 0


async def add_task(tx: TenantTransaction, *, kind: str, conversation_id: int, lead_id: int | None, reason: str) -> None:
    """Open a task, or renew the reason of the open one of that kind."""
    await tx.run(SQL["add_task"], kind=kind, conversation_id=conversation_id, lead_id=lead_id, reason=reason)


async def call_person(tx: TenantTransaction, conversation_id: int) -> datetime | None:
    """Mark that a conversation waits for a person; since when it does."""
    return await tx.value(SQL["call_person"], datetime, conversation_id=conversation_id)


async def lock_lead(tx: TenantTransaction, lead_id: int, *, binned: bool = False) -> Lead | None:
    """One lead with its row locked, or None where it is missing; where it is deleted too, unless `binned`."""
    return await tx.one(SQL["lock_lead"], Lead, lead_id=lead_id, binned=binned)


async def stage_kind(tx: TenantTransaction, lead_id: int) -> str | None:
    """`open`, `won` or `lost`; None where the lead is missing or deleted."""
    return await tx.value(SQL["stage_kind"], str, lead_id=lead_id)


async def ground_of_lead(tx: TenantTransaction, stage_key: str) -> Ground:
    """What a lead of that stage is judged by."""
    ground = await tx.one(SQL["ground_of_lead"], Ground, stage_key=stage_key)
    assert ground is not None, "the company exists"
    return ground


async def reword_lost(tx: TenantTransaction, *, was: str, became: str) -> list[int]:
    """Give leads that are lost for a reason its new name; answers which, deleted ones too, by id."""
    return [row.id for row in await tx.all(SQL["reword_lost"], _Reworded, was=was, became=became)]


async def win_lead(tx: TenantTransaction, lead_id: int) -> bool:
    """Move a lead to won; False where it is there already or the tenant has no such stage."""
    return await tx.run(SQL["win_lead"], lead_id=lead_id) > 0


async def list_leads(
    tx: TenantTransaction, *, owner: int | None, unassigned: bool, wanted: WantedLeads, before_id: int, most: int
) -> list[ShownLead]:
    """At most `most` leads below `before_id`, newest first; of `owner`, and unassigned ones if wanted; None: all.

    What very many are likely to have is looked for among the newest first: where they fill the page, nobody collects
    the others.
    """
    asked = {"owner": owner, "unassigned": unassigned, "before_id": before_id, "most": most, **conditions(wanted)}
    if wanted.text and SHARE * most <= NEWEST and is_common(wanted.text):
        enough = most if wanted == WantedLeads(text=wanted.text, binned=wanted.binned) else NEWEST
        newest = await tx.rows(SQL["list_leads"], ShownLead.of_columns, **asked, among=NEWEST, enough=enough)
        if len(newest) >= most:
            return newest
    return await tx.rows(SQL["list_leads"], ShownLead.of_columns, **asked, among=None, enough=None)


async def summarise_leads(
    tx: TenantTransaction, *, owner: int | None, unassigned: bool, wanted: WantedLeads
) -> list[StageSum]:
    """The same leads, counted and summed by stage and currency."""
    return await tx.all(SQL["summarise_leads"], StageSum, owner=owner, unassigned=unassigned, **conditions(wanted))


async def closed_move(tx: TenantTransaction, was: str, became: str | None) -> bool:
    """Whether the pipeline lets no lead go from a stage to another (None: to won)."""
    return await tx.value(SQL["closed_move"], bool, was=was, became=became) or False


async def move_out(tx: TenantTransaction, was: str, became: str, *, user_id: int) -> list[int]:
    """Put every lead of a stage into another; the ids of those that are not deleted."""
    moved = await tx.all(SQL["move_out"], _Moved, was=was, became=became, user_id=user_id)
    return [one.id for one in moved]


async def record_change(
    tx: TenantTransaction,
    lead_id: int,
    field: str,
    *,
    was: object,
    became: object,
    user_id: int | None,
    name: str | None = None,
) -> None:
    """Keep who changed what of a lead, for its timeline; `name` says which custom field. None: nobody of the team."""
    before, after = (str(value) if value is not None else None for value in (was, became))
    await tx.run(
        SQL["record_change"], lead_id=lead_id, field=field, name=name, was=before, became=after, user_id=user_id
    )


async def insert_lead(tx: TenantTransaction, fields: LeadFields, *, match_key: str | None) -> Lead | None:
    """The new lead, or None where its number is a lead already."""
    return await tx.one(SQL["insert_lead"], Lead, match_key=match_key, **_columns(fields))


async def write_lead(tx: TenantTransaction, lead_id: int, fields: LeadFields, *, match_key: str | None) -> None:
    """Write every editable column. Raises ConstraintViolated where the number is another lead's."""
    await tx.run(SQL["write_lead"], lead_id=lead_id, match_key=match_key, **_columns(fields))


async def active_member(tx: TenantTransaction, user_id: int) -> bool:
    """Whether that user works in the company."""
    return await tx.value(SQL["active_member"], bool, user_id=user_id) or False


async def tenant_country(tx: TenantTransaction) -> str | None:
    """ISO 3166 code of the company's country."""
    return await tx.value(SQL["tenant_country"], str)


async def bin_lead(tx: TenantTransaction, lead_id: int) -> bool:
    """Delete a lead softly; False where it is deleted."""
    return await tx.run(SQL["bin_lead"], lead_id=lead_id) > 0


async def unbin_lead(tx: TenantTransaction, lead_id: int) -> bool:
    """Bring it back; False where it is not deleted. May violate the key of its number."""
    return await tx.run(SQL["unbin_lead"], lead_id=lead_id) > 0


async def talks_of_lead(tx: TenantTransaction, lead_id: int) -> list[int]:
    """Ids of the conversations with a lead."""
    return [row.id for row in await tx.all(SQL["talks_of_lead"], _Talk, lead_id=lead_id)]


async def binned_of_contact(tx: TenantTransaction, contact_id: int) -> int | None:
    """The deleted lead that a contact was, locked."""
    return await tx.value(SQL["binned_of_contact"], int, contact_id=contact_id)


async def find_by_email(tx: TenantTransaction, email: str) -> int | None:
    """The id of the oldest lead with that e-mail."""
    return await tx.value(SQL["find_by_email"], int, email=email)


async def add_custom(tx: TenantTransaction, lead_id: int, values: CustomValues) -> None:
    """Keep them where there is nothing yet."""
    await tx.run(SQL["add_custom"], lead_id=lead_id, values=values)


async def receive_new(
    tx: TenantTransaction, incoming: Incoming, *, phone: str | None, match_key: str | None, owner_user_id: int | None
) -> int | None:
    """The new lead's id, or None where its number is a lead already."""
    told = {name: getattr(incoming, name) for name in Incoming.__slots__ if name != "phone"}
    written = {"phone": phone, "match_key": match_key, "owner_user_id": owner_user_id}
    return await tx.value(SQL["receive_new"], int, **told, **written)


async def fill_blanks(tx: TenantTransaction, lead_id: int, incoming: Incoming) -> None:
    """Write what is told where nothing was known."""
    told = {name: getattr(incoming, name) for name in Incoming.__slots__ if name not in {"phone", "source"}}
    await tx.run(SQL["fill_blanks"], lead_id=lead_id, **told)


def _columns(fields: LeadFields) -> dict[str, object]:
    return {
        **fields.model_dump(exclude={"social_links"}),
        "social_links": fields.social_links.model_dump(mode="json", exclude_none=True, exclude_defaults=True),
    }
