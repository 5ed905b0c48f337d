"""What a reply may speak of: the effects of its turn, the lead's meetings, the figures it was given (PRODUCT §9.4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from core.database import TenantTransaction
from orchestrator_service.agenda.booking import meetings_of_lead
from orchestrator_service.agent.situation import Situation
from orchestrator_service.agent.toolbox import AVAILABILITY, BOOKING, MOVING
from orchestrator_service.chat.claims import Effects
from orchestrator_service.chat.gathering import Gathered
from orchestrator_service.chat.replying import Choice
from orchestrator_service.chat.repository import Effect


async def effects_of(tx: TenantTransaction, gathered: Gathered, done: list[Effect]) -> Effects:
    """The evidence for one reply; times in the zone in which the lead is spoken to."""
    meetings = await meetings_of_lead(tx, lead_id=gathered.lead_id, now=gathered.situation.now)
    return evidence(gathered.situation, [(meeting.starts_at, meeting.status) for meeting in meetings], done)


def evidence(situation: Situation, meetings: Iterable[tuple[datetime, str]], done: list[Effect]) -> Effects:
    """What speaks for a reply: the lead's meetings as they are now (start and status), and what the turn has done."""
    zone = ZoneInfo(situation.zone)
    standing = list(meetings)
    booked, moved = (_stands(done, tool) for tool in (BOOKING, MOVING))
    # What the customer said is no source: "50 % de descuento, ¿sí?" must not become a promise.
    given = [situation.offer_summary, *situation.knowledge]
    given += [msgspec.json.encode(effect.result).decode() for effect in done]
    return Effects(
        booked=tuple(moment.astimezone(zone) for moment in booked),
        rescheduled=tuple(moment.astimezone(zone) for moment in moved),
        cancelled=any(status == "cancelled" for _, status in standing),
        existing_meetings=tuple(starts.astimezone(zone) for starts, status in standing if status == "confirmed"),
        quoted_figures=frozenset(given),
    )


def _stands(done: list[Effect], tool: str) -> list[datetime]:
    """When the meetings are that the tool has made or moved; one that nobody has confirmed yet is none."""
    results = [effect.result for effect in done if effect.tool == tool]
    return [datetime.fromisoformat(str(one["starts_at"])) for one in results if one.get("status") == "confirmed"]


def choices_to_tap(done: list[Effect], said: str) -> list[Choice]:
    """Those of the turn's last look at the agenda that the answer names; all where it names none.

    A list of more times than the answer numbers would make "the third" mean two things. None where the turn booked.
    """
    if any(effect.tool in {BOOKING, MOVING} for effect in done):
        return []
    looks = [effect.result for effect in done if effect.tool == AVAILABILITY]
    offers = looks[-1].get("offers") if looks else None
    if not isinstance(offers, list | tuple):
        return []
    found = [
        Choice(str(offer["offer_id"]), str(offer["label"]), str(offer["seller"]))
        for offer in offers
        if isinstance(offer, dict)
    ]
    return [choice for choice in found if choice.title in said] or found
