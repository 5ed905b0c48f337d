"""A lead that came by itself (a form, another system, an advertisement): the one they are already, else a new one.

Whoever writes into a form is a stranger: what is known of a lead stays as it is, and only blanks are filled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.contracts import LeadEdited
from core.database import TenantTransaction
from core.database_errors import ConstraintViolated
from core.errors import NexusError
from core.jobs import defer
from core.phone import canonical_e164, match_key
from orchestrator_service.fields.keep import list_fields
from orchestrator_service.fields.values import read_value
from orchestrator_service.leads import repository
from orchestrator_service.leads.announce import announce_lead_change, announce_new_lead
from orchestrator_service.leads.models import Incoming
from orchestrator_service.leads.repository import Lead

_FILLED: Final = ("full_name", "email", "company", "need", "language")
_OF_CONVERSION: Final = frozenset({"full_name", "phone", "email"})


class NoContact(NexusError):
    """Neither a phone number nor an e-mail: nobody could answer them."""

    status = 422
    code = "no_contact"
    title = "No Contact"


@dataclass(frozen=True, slots=True)
class ReceivedLead:
    """Which lead it is, and whether it was made."""

    lead_id: int
    made: bool


async def readable_phone(tx: TenantTransaction, raw: str | None) -> str | None:
    """The number in its canonical form, read as one of the company's country; None where it is none."""
    country = await repository.tenant_country(tx) if raw else None
    return canonical_e164(raw, region=country) if raw else None


async def fill_custom(tx: TenantTransaction, lead_id: int, texts: Mapping[str, str]) -> None:
    """What a stranger answered for the company's own fields, where nothing is known and it is of the field's type."""
    fields = {field.key: field for field in await list_fields(tx) if not field.archived}
    read = {key: read_value(fields[key], text) for key, text in texts.items() if key in fields}
    lead = await repository.lock_lead(tx, lead_id)
    new = {key: value for key, value in read.items() if lead and value is not None and key not in lead.custom}
    if new:
        await repository.add_custom(tx, lead_id, new)
        await announce_lead_change(tx, lead_id, "custom")


async def receive_lead(
    tx: TenantTransaction, incoming: Incoming, *, owners: Sequence[int] = (), turn: int = 0
) -> ReceivedLead:
    """Store it and announce it, as NEW_LEAD or LEAD_UPDATED. Raises NoContact.

    A new lead's owner is the next of `owners` who works here, `turn` counting up; a known lead keeps its own.
    """
    if incoming.email is not None:  # in small letters, as every door writes it: imports look for what is equal
        incoming = replace(incoming, email=incoming.email.lower())
    phone = await readable_phone(tx, incoming.phone)
    key = match_key(phone) if phone else None
    if key is None and incoming.email is None:
        raise NoContact
    known = await _known(tx, key, incoming.email)
    if known is None:
        owner = await _next_of(tx, owners, turn)
        made = await repository.receive_new(tx, incoming, phone=phone, match_key=key, owner_user_id=owner)
        if made is not None:
            await announce_new_lead(tx, made)
            return ReceivedLead(made, made=True)
        known = await _known(tx, key, incoming.email)
    assert known is not None, "its number was taken by a lead"
    await _fill(tx, known, incoming, phone, key)
    return ReceivedLead(known, made=False)


async def _known(tx: TenantTransaction, key: str | None, email: str | None) -> int | None:
    """By its number; by its e-mail where it tells no number, or nobody has that number."""
    found = await repository.find_by_match_key(tx, key) if key else None
    if found is not None or email is None:
        return found
    by_email = await repository.find_by_email(tx, email)
    lead = await repository.find_lead(tx, by_email) if by_email is not None else None
    same = lead is not None and (key is None or lead.phone is None)  # another number: somebody else at that address
    return by_email if same else None


async def _next_of(tx: TenantTransaction, owners: Sequence[int], turn: int) -> int | None:
    for place in range(len(owners)):
        owner = owners[(turn + place) % len(owners)]
        if await repository.active_member(tx, owner):
            return owner
    return None


async def _fill(tx: TenantTransaction, lead_id: int, incoming: Incoming, phone: str | None, key: str | None) -> None:
    lead = await repository.lock_lead(tx, lead_id)
    if lead is None:  # deleted at this very moment; what was sent is kept with its source
        return
    changed = [name for name in _FILLED if getattr(lead, name) is None and getattr(incoming, name) is not None]
    await repository.fill_blanks(tx, lead_id, incoming)
    if lead.phone is None and phone is not None and await _learned(tx, lead, phone, key):
        changed.append("phone")
    await announce_lead_change(tx, lead_id, *changed, "received")
    if not _OF_CONVERSION.isdisjoint(changed):
        await defer(tx, LeadEdited(int(tx.tenant_id), lead_id))


async def _learned(tx: TenantTransaction, lead: Lead, phone: str, key: str | None) -> bool:
    try:
        async with tx.savepoint():
            return await repository.learn_phone(tx, lead.id, phone=phone, match_key=key)
    except ConstraintViolated:  # taken by another lead at this very moment
        return False
