"""The slots that are left when one seller is to get the meeting: the lead's owner, else by the company's rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.database import TenantTransaction
from orchestrator_service.agenda import repository
from orchestrator_service.agenda.assignment import Assignment, Standing, caught_up, needed_skills, order, skilled
from orchestrator_service.agenda.availability_facts import Slot
from orchestrator_service.agenda.spread import one_seller_each
from orchestrator_service.leads.need import need_of
from orchestrator_service.leads.owner import owner_of
from orchestrator_service.sellers.models import Seller


@dataclass(frozen=True, slots=True)
class Assigned:
    """One slot for each start, in order of time; `note` is English for the model, where the rule could not be kept."""

    slots: tuple[Slot, ...]
    note: str | None = None


async def assign(
    tx: TenantTransaction,
    slots: Sequence[Slot],
    sellers: Sequence[Seller],
    rule: Assignment,
    *,
    conversation_id: int,
    now: datetime,
) -> Assigned:
    """Choose the seller of each start among `slots` of `sellers`: the lead's owner where they have any, else by `rule`.

    Round robin decides one conversation after the other, until the transaction ends.
    """
    lead_id = await repository.lead_of_conversation(tx, conversation_id)
    owner = await owner_of(tx, lead_id)
    owners = {seller.id for seller in sellers if owner is not None and seller.user_id == owner}
    if own := [slot for slot in slots if slot.seller_id in owners]:
        return Assigned(one_seller_each(own, {}))
    standings = await _standings(tx, sellers, rule, conversation_id=conversation_id, now=now)
    if rule != "skill":
        chosen = one_seller_each(slots, order(rule, standings))
        if rule == "round_robin":
            for seller_id, turns in caught_up(standings, {slot.seller_id for slot in chosen}).items():
                await repository.move_cursor(tx, seller_id, turns)
        return Assigned(chosen)
    needed = needed_skills(await need_of(tx, lead_id), {skill for one in standings.values() for skill in one.skills})
    fitting = skilled(needed, standings)
    kept = [slot for slot in slots if slot.seller_id in fitting]
    return Assigned(
        one_seller_each(kept or slots, order(rule, standings)), None if kept or not slots else _note(needed)
    )


async def _standings(
    tx: TenantTransaction, sellers: Sequence[Seller], rule: Assignment, *, conversation_id: int, now: datetime
) -> dict[int, Standing]:
    pending: dict[int, int] = {}
    minutes: dict[int, int] = {}
    turns = {seller.id: seller.turns for seller in sellers}
    if rule == "round_robin":
        await repository.lock_rotation(tx)
        turns |= await repository.turns(tx)  # those before whoever held the lock are old
        pending = await repository.pending_turns(tx, conversation_id, now)
    else:
        minutes = await repository.minutes_ahead(tx, now)
    return {
        one.id: Standing(turns[one.id], pending.get(one.id, 0), minutes.get(one.id, 0), tuple(one.skills))
        for one in sellers
    }


def _note(needed: frozenset[str]) -> str:
    if not needed:
        return "What the lead needs names no seller's skill: these are the times of all sellers."
    return f"Nobody with the skill {', '.join(sorted(needed))} is free then: these are the times of all sellers."
