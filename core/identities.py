"""Who is writing: from what a provider reports to a contact and its conversation (PRODUCT §7.4).

A person is known by a user id (BSUID) and by a match key made of the phone number; either finds the contact. What else
was seen (the raw id, E.164, the username) is filed beside them but never decides: usernames change hands.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from core.database import TenantTransaction
from core.phone import canonical_e164, match_key
from core.statements import sibling_statements
from core.whatsapp import ConsentChange, IdentityChange, NumberChange, Sender

SQL = sibling_statements(__file__)
# Far above WhatsApp's 35, and far below what the index of identities takes.
LONGEST_USERNAME: Final = 200
CACHED: Final = 4_000  # numbers of people who write again and again: 12 µs each to read, about 3 MB in all
DECIDING: Final = frozenset({"user_id", "match_key"})


@dataclass(frozen=True, slots=True)
class Identity:
    """One way in which a person is known."""

    kind: str
    value: str


def identities_of(sender: Sender, change: NumberChange | None = None) -> list[Identity]:
    """Every identity that the provider reported, the deciding ones included, each once and in a fixed order."""
    found: set[Identity] = set()
    for user_id in (sender.user_id, change.previous_user_id if change else None):
        if user_id:
            found.add(Identity("user_id", user_id))
    for phone in (sender.phone, change.new_phone if change else None):
        if phone:
            found |= _identities_of_phone(phone)
    if sender.username and len(sender.username) <= LONGEST_USERNAME:
        found.add(Identity("username", sender.username.lower()))
    return sorted(found, key=lambda identity: (identity.kind, identity.value))


@lru_cache(maxsize=CACHED)
def _identities_of_phone(phone: str) -> frozenset[Identity]:
    readings = {"wa_raw": phone, "match_key": match_key(phone), "e164": canonical_e164(phone, whatsapp=True)}
    return frozenset(Identity(kind, value) for kind, value in readings.items() if value)


async def resolve_conversation(
    tx: TenantTransaction,
    channel_id: int,
    sender: Sender,
    *,
    wrote: bool = True,
    change: NumberChange | None = None,
) -> int | None:
    """The id of the sender's conversation on the channel, with its contact made where it is new.

    `wrote` is False where the person is only spoken of (an echo, imported history): the address from which they last
    wrote to us stays the one that is answered. `change` is the person's own new address: it is filed with them, so the
    first message from there finds them.
    None where the provider reported nobody. Two first messages at once agree on one contact: whoever comes second waits
    for the first one's transaction.
    """
    previous = NumberChange(None, change.previous_user_id) if change else None
    keys = [each for each in identities_of(sender, previous) if each.kind in DECIDING]
    if not keys:
        return None
    deciding = {"kinds": [key.kind for key in keys], "values": [key.value for key in keys]}
    contact_id = await tx.value(SQL["find_contact_by_keys"], int, **deciding)
    if contact_id is None:
        for key in keys:
            await tx.run(SQL["lock_identity"], key=f"{tx.tenant_id}:{key.kind}:{key.value}")
        contact_id = await tx.value(SQL["find_contact_by_keys"], int, **deciding)
    about = {
        "name": sender.name,
        "username": sender.username,
        "reply_phone": sender.phone,
        "reply_user_id": sender.user_id,
    }
    if contact_id is None:
        contact_id = await tx.value(SQL["create_contact"], int, **about)
    else:
        await tx.run(SQL["refresh_contact"], contact_id=contact_id, wrote=wrote, **about)
    known = identities_of(sender, change)
    kinds, values = [each.kind for each in known], [each.value for each in known]
    await tx.run(SQL["add_identities"], contact_id=contact_id, kinds=kinds, values=values)
    return await tx.value(SQL["open_conversation"], int, channel_id=channel_id, contact_id=contact_id)


async def apply_identity_change(tx: TenantTransaction, told: IdentityChange) -> None:
    """File a person's new user id or number with what is known of them; who is not known has nothing to link.

    Replies go to the new address from now on. One that is somebody else's already stays theirs.
    """
    keys = [each for each in identities_of(told.sender, told.change) if each.kind in DECIDING]
    deciding = {"kinds": [key.kind for key in keys], "values": [key.value for key in keys]}
    contact_id = await tx.value(SQL["find_contact_by_keys"], int, **deciding) if keys else None
    if contact_id is None:
        return
    about = {"name": None, "username": None, "reply_phone": told.sender.phone, "reply_user_id": told.sender.user_id}
    await tx.run(SQL["refresh_contact"], contact_id=contact_id, wrote=True, **about)
    known = identities_of(told.sender, told.change)
    kinds, values = [each.kind for each in known], [each.value for each in known]
    await tx.run(SQL["add_identities"], contact_id=contact_id, kinds=kinds, values=values)


async def apply_consent(tx: TenantTransaction, change: ConsentChange) -> None:
    """Respect a withdrawal of consent at once; one that is about marketing alone leaves conversations allowed.

    A number that we do not know has nothing to withdraw from.
    """
    key = match_key(change.phone) if change.phone else None
    if key is not None:
        statement = "set_marketing_opt_out" if change.marketing_only else "set_opt_out"
        await tx.run(SQL[statement], match_key=key, allowed=change.allowed)
