"""From whoever writes to a lead: the one they are already, else a new one."""

from __future__ import annotations

from core.database import TenantTransaction
from core.database_errors import ConstraintViolated
from core.json_types import JsonObject
from core.phone import canonical_e164, match_key
from orchestrator_service.leads import repository
from orchestrator_service.leads.announce import announce_lead_change, announce_new_lead
from orchestrator_service.leads.edit import DuplicatePhone
from orchestrator_service.leads.referral import SOURCE
from orchestrator_service.leads.remove import bring_back

LONGEST_NAME = 200


async def recognise_lead(
    tx: TenantTransaction, conversation_id: int, *, source: str = "whatsapp", referral: JsonObject | None = None
) -> int | None:
    """The lead of a conversation's contact; made, linked and announced where there was none.

    `referral` is what brought them (`leads/referral.py`): a new lead's source and campaign, nothing to a known one.
    A person whose number is a lead already (typed by the team, imported) becomes that lead. One whose lead was deleted
    brings it back, with its owner and its history: a person is one lead, and what the team took off its lists is of use
    again once its person writes. Who must be gone for good is erased, and unknown from then on. None where the
    conversation is gone.
    """
    contact = await repository.lock_contact(tx, conversation_id)
    if contact is None:
        return None
    if contact.lead_id is not None:
        await _learn_phone(tx, contact.lead_id, contact)
        return contact.lead_id
    lead_id, created = contact.contact_lead_id, False
    if lead_id is None:
        lead_id = await _come_back(tx, contact)
    if lead_id is None:
        lead_id, created = await _find_or_create(tx, contact, source if referral is None else SOURCE, referral)
    await repository.link_contact(tx, contact.contact_id, lead_id)
    if created:
        await announce_new_lead(tx, lead_id)
    return lead_id


async def _come_back(tx: TenantTransaction, contact: repository.Contact) -> int | None:
    """The deleted lead of somebody who writes again; None where there is none, or another lead has its number."""
    lead_id = await repository.binned_of_contact(tx, contact.contact_id)
    if lead_id is None:
        return None
    try:
        await bring_back(tx, lead_id, by=None)
    except DuplicatePhone:
        return None
    return lead_id


async def _learn_phone(tx: TenantTransaction, lead_id: int, contact: repository.Contact) -> None:
    """A person whom WhatsApp first told without a number has shown it; one that is another lead's stays theirs."""
    if contact.lead_has_phone or contact.reply_phone is None:
        return
    phone = canonical_e164(contact.reply_phone, whatsapp=True) or contact.reply_phone
    try:
        async with tx.savepoint():
            learned = await repository.learn_phone(tx, lead_id, phone=phone, match_key=match_key(contact.reply_phone))
    except ConstraintViolated:  # somebody typed a lead with that number at this very moment
        return
    if learned:
        await announce_lead_change(tx, lead_id, "phone")


async def _find_or_create(
    tx: TenantTransaction, contact: repository.Contact, source: str, referral: JsonObject | None
) -> tuple[int, bool]:
    """The lead's id, and whether it was made."""
    key = match_key(contact.reply_phone) if contact.reply_phone else None
    known = await repository.find_by_match_key(tx, key) if key else None
    if known is not None:
        return known, False
    created = await repository.create_lead(
        tx,
        full_name=(contact.name or "").strip()[:LONGEST_NAME] or None,
        phone=canonical_e164(contact.reply_phone, whatsapp=True) or contact.reply_phone
        if contact.reply_phone
        else None,
        match_key=key,
        source=source,
        referral=referral,
    )
    if created is not None:
        return created, True
    assert key is not None, "only a number can be taken"
    taken = await repository.find_by_match_key(tx, key)
    assert taken is not None, "the number was taken by a lead"
    return taken, False
