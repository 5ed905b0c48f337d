"""From whoever writes to a lead: the one they are already, else a new one."""

from __future__ import annotations

from core.database import TenantTransaction
from core.phone import canonical_e164, match_key
from orchestrator_service.leads import repository
from orchestrator_service.leads.announce import announce_new_lead

LONGEST_NAME = 200


async def recognise_lead(tx: TenantTransaction, conversation_id: int, *, source: str = "whatsapp") -> int | None:
    """The lead of a conversation's contact; made, linked and announced where there was none.

    A person whose number is a lead already (typed by the team, imported) becomes that lead. None where the
    conversation is gone.
    """
    contact = await repository.lock_contact(tx, conversation_id)
    if contact is None:
        return None
    if contact.lead_id is not None:
        return contact.lead_id
    lead_id = contact.contact_lead_id
    if lead_id is None:
        lead_id = await _find_or_create(tx, contact, source)
    await repository.link_contact(tx, contact.contact_id, lead_id)
    return lead_id


async def _find_or_create(tx: TenantTransaction, contact: repository.Contact, source: str) -> int:
    key = match_key(contact.reply_phone) if contact.reply_phone else None
    known = await repository.find_by_match_key(tx, key) if key else None
    if known is not None:
        return known
    created = await repository.create_lead(
        tx,
        full_name=(contact.name or "").strip()[:LONGEST_NAME] or None,
        phone=canonical_e164(contact.reply_phone, whatsapp=True) or contact.reply_phone
        if contact.reply_phone
        else None,
        match_key=key,
        source=source,
    )
    if created is not None:
        await announce_new_lead(tx, created)
        return created
    assert key is not None, "only a number can be taken"
    taken = await repository.find_by_match_key(tx, key)
    assert taken is not None, "the number was taken by a lead"
    return taken
