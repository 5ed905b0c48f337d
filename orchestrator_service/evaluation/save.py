"""A turn of production becomes a scenario: its world as it was, what was said, and what came of it (PRODUCT §16.5).

What names people goes (`scrub.py`). Where a live model answered, its answers are kept as they were, so that the turn is
played again without asking anybody. The world is read as it stands now, with what is newer than the turn left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Final, cast

from core.database import TenantTransaction
from core.errors import Conflict, NotFound
from core.json_types import Json, JsonObject
from core.principal import Principal
from core.system_events import record_event
from orchestrator_service.evaluation import repository
from orchestrator_service.evaluation.moments import instant, written
from orchestrator_service.evaluation.record import answers_of, expected_of, named_ids
from orchestrator_service.evaluation.repository import (
    Burst,
    Company,
    DaysOff,
    Earlier,
    Lead,
    Met,
    Offered,
    SavedScenario,
    Seller,
    Taken,
    Turn,
)
from orchestrator_service.evaluation.scenario import DAYS, Scenario
from orchestrator_service.evaluation.scrub import Scrubber

ENDED: Final = frozenset({"done", "failed", "awaiting_approval"})
LONGEST_TITLE: Final = 80


class NotReplayable(Conflict):
    """The turn is not over, gave way to another, or its model never answered: there is nothing to play again."""

    code: ClassVar[str] = "turn_not_replayable"


async def save_turn(tx: TenantTransaction, principal: Principal, turn_id: int) -> SavedScenario:
    """Keep a turn as a scenario; the same one when it is kept already. Raises NotFound, NotReplayable."""
    turn = await repository.find_turn(tx, turn_id)
    if turn is None or turn.lead_id is None:
        raise NotFound
    if turn.state not in ENDED or turn.first_message_id is None or turn.last_message_id is None:
        raise NotReplayable("The turn has said nothing.")
    scenario = await _scenario_of(tx, turn)
    body = cast("JsonObject", scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    kept = await repository.keep(
        tx,
        turn_id=turn_id,
        title=scenario.title,
        brain="demo" if turn.brain == "demo" else "live",
        body=body,
        created_by=principal.user_id,
    )
    await record_event(tx, "evaluation.scenario_saved", subject=f"turn:{turn_id}", detail={"scenario": kept.id})
    return kept


@dataclass(frozen=True, slots=True)
class _World:
    """What is read of the database for one turn."""

    turn: Turn
    company: Company
    sellers: list[Seller]
    lead: Lead
    burst: list[Burst]
    history: list[Earlier]
    offers: list[Offered]
    meetings: list[Met]
    busy: list[Taken]
    off: list[DaysOff]
    qualification: dict[str, Json] | None


async def _read_world(tx: TenantTransaction, turn: Turn) -> _World:
    company = await repository.read_company(tx)
    until = turn.started_at + timedelta(days=company.horizon_days + 1)
    return _World(
        turn,
        company,
        await repository.read_sellers(tx),
        await repository.read_lead(tx, turn),
        await repository.read_burst(tx, turn),
        await repository.read_history(tx, turn),
        await repository.read_offers(tx, turn),
        await repository.read_meetings(tx, turn),
        await repository.read_busy(tx, turn, until=until),
        await repository.read_days_off(tx, turn.started_at.date()),
        await repository.read_qualification(tx, turn),
    )


async def _scenario_of(tx: TenantTransaction, turn: Turn) -> Scenario:
    world = await _read_world(tx, turn)
    zone = world.company.zone
    ids = named_ids(world.offers, await repository.read_meeting_ids(tx, turn), zone)
    scrubber = _scrubber(world)
    personal: dict[str, Json] = {
        "sellers": [_seller(one, world) for one in world.sellers],
        "lead": _lead(world.lead),
        "before": _before(world),
        "steps": [await _step(tx, world, ids)],
    }
    scrubbed = cast("JsonObject", scrubber.whole(_present(personal)))
    first = world.burst[0].words or world.burst[0].body if world.burst else ""
    closed = [day.isoformat() for each in world.off if each.seller_id is None for day in each.days]
    whole = {
        "title": scrubber.text(" ".join(first.split()))[:LONGEST_TITLE] or "…",
        "tags": ["saved"],
        "now": _second(turn.started_at, zone),
        "company": _company(world.company, closed),
        **scrubbed,
    }
    return Scenario.model_validate(whole)


async def _step(tx: TenantTransaction, world: _World, ids: dict[str, str]) -> dict[str, Json]:
    turn = world.turn
    calls = await repository.read_calls(tx, turn.id)
    thoughts = await repository.read_thoughts(tx, turn.id)
    said = [str(turn.draft["text"])] if turn.draft else await repository.read_replies(tx, turn.id)
    live = turn.brain != "demo" and turn.verdict != "block"
    if live and not any(thought.outcome in {"ok", "rejected"} for thought in thoughts):
        raise NotReplayable("The model did not answer in this turn.")
    return {
        "says": [_message(one, ids) for one in world.burst],
        "recorded": answers_of(calls, thoughts, said, ids) if live else [],
        "expect": expected_of(turn.verdict, calls, said),
    }


def _scrubber(world: _World) -> Scrubber:
    lead = world.lead
    scrubber = Scrubber([lead.full_name or "", lead.profile or "", *(one.name for one in world.sellers)])
    for text in [*(line.text for line in world.history), *(one.words or one.body for one in world.burst)]:
        scrubber.learn_said(text)
    return scrubber


def _seller(one: Seller, world: _World) -> dict[str, Json]:
    busy: list[Json] = [
        {
            "from": written(each.starts_at, one.zone),
            "to": written(each.ends_at, one.zone),
            **({"meeting": True} if each.is_meeting else {}),
        }
        for each in world.busy
        if each.seller_id == one.id
    ]
    off: list[Json] = [day.isoformat() for each in world.off if each.seller_id == one.id for day in each.days]
    hours = _week(one)
    return {
        "name": one.name,
        "zone": one.zone,
        "hours": hours,
        "busy": busy,
        "off": off,
        "skills": list(one.skills),
        "turns": one.turns,
    }


def _lead(lead: Lead) -> dict[str, Json]:
    return {
        "name": lead.profile,
        "known_as": lead.full_name,
        "email": lead.email,
        "client": lead.is_client,
        "owner": lead.owner,
    }


def _before(world: _World) -> dict[str, Json]:
    at, zone = world.turn.started_at, world.company.zone
    return {
        "language": world.turn.language,
        "messages": [{line.role: line.text, "ago": _ago(at - line.created_at)} for line in world.history if line.text],
        "qualification": world.qualification,
        "offers": [{"seller": one.seller, "at": written(one.starts_at, zone)} for one in world.offers if one.live],
        "meetings": [
            {"seller": one.seller, "at": written(one.starts_at, zone), "status": one.status} for one in world.meetings
        ],
    }


def _second(at: datetime, zone: str) -> str:
    """To the second: an offer is judged by it."""
    return instant(at, zone).strftime("%Y-%m-%dT%H:%M:%S+00:00")


def _company(company: Company, closed: list[str]) -> dict[str, Json]:
    return {
        "name": company.name,
        "zone": company.zone,
        "country": company.country,
        "language": company.language,
        "currency": company.currency,
        "vocabulary": company.vocabulary,
        "offer": company.offer[:2000],
        "agent": {"name": company.agent_name, "disclosure": company.ai_disclosure},
        "meetings": {
            "minutes": company.meeting_minutes,
            "granularity": company.slot_granularity_minutes,
            "buffer_before": company.buffer_before_minutes,
            "buffer_after": company.buffer_after_minutes,
            "notice": company.minimum_notice_minutes,
            "horizon_days": company.horizon_days,
            "most_per_day": company.most_meetings_per_day,
            "offer_minutes": company.offer_minutes,
            "assignment": company.assignment,
            "holidays": company.holiday_country,
        },
        "prices": {"input": float(company.model_input_price), "output": float(company.model_output_price)},
        "closed": closed,
    }


def _message(one: Burst, ids: dict[str, str]) -> dict[str, Json]:
    if one.reply_id is not None and one.reply_id in ids:
        return {"tap": ids[one.reply_id]}
    if one.type == "audio":
        return {"voice": one.words or ""}
    if one.words is not None:
        return {"image": one.words, "caption": one.body}
    return {"text": one.body or f"[{one.type}]"}


def _week(seller: Seller) -> dict[str, Json]:
    hours = cast("dict[str, list[dict[str, str]]]", seller.working_hours)
    return {
        day: [f"{one['start']}-{one['end']}" for one in hours.get(str(number), [])] for number, day in enumerate(DAYS)
    }


def _ago(before: timedelta) -> str:
    return f"{max(1, int(before.total_seconds()) // 60)} minutes"


def _present(value: Json) -> Json:
    """Without what is None."""
    if isinstance(value, dict):
        return {key: _present(one) for key, one in value.items() if one is not None}
    return [_present(one) for one in value] if isinstance(value, list) else value
