"""Offers that hold their time while the customer decides, where the company wants that (PRODUCT §9.2).

To everybody else a held time is taken; it expires by itself. A conversation holds few at once, of its last offers only.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from core.database import TenantTransaction
from core.database_errors import Collided, ConstraintViolated
from core.json_types import JsonObject
from core.outbox import emit
from orchestrator_service.agenda import pending
from orchestrator_service.agenda.repository import EXCLUSION, StoredOffer
from orchestrator_service.sellers.calendar import lock_seller

MOST_HOLDS: Final = 3


async def release_holds(tx: TenantTransaction, conversation_id: int, seller_ids: Sequence[int]) -> list[int]:
    """What the conversation held is free again; these sellers and those whose time it held are locked, in order.

    Whose time it held is answered, for `announce_holds`.
    """
    holding = await pending.holding_sellers(tx, conversation_id)
    for seller_id in sorted({*holding, *seller_ids}):
        await lock_seller(tx, seller_id)
        if seller_id in holding:
            await pending.drop_holds_of(tx, conversation_id, seller_id)
    return holding


async def announce_holds(tx: TenantTransaction, seller_ids: Collection[int]) -> None:
    """The agendas that are being looked at read again what is held in those of the sellers."""
    for seller_id, user_id in (await pending.users_of_sellers(tx, sorted(seller_ids)) if seller_ids else {}).items():
        payload: JsonObject = {"seller_id": seller_id}
        await emit(tx, "CALENDAR_UPDATED", payload, owner_user_id=user_id)
        await emit(tx, "CALENDAR_UPDATED", payload, owner_user_id=None, audience="agendas")


async def hold_offers(tx: TenantTransaction, offers: Sequence[StoredOffer], until: datetime) -> list[StoredOffer]:
    """Hold the first few of the offers, whose sellers are locked; the offers without those that are taken already."""
    kept: list[StoredOffer] = []
    held = 0
    for offer in offers:
        if held < MOST_HOLDS:
            await pending.drop_expired_holds(tx, offer.seller_id, offer.created_at)
            try:
                async with tx.savepoint():
                    await pending.hold_offer(tx, offer, min(until, offer.expires_at))
            except (ConstraintViolated, Collided) as error:
                if isinstance(error, ConstraintViolated) and error.constraint != EXCLUSION:
                    raise
                continue
            held += 1
        kept.append(offer)
    return kept
