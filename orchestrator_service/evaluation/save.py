"""A turn of production becomes a scenario: its world as it was, what was said, and what came of it (PRODUCT §16.5).

What names people goes (`scrub.py`). Where a live model answered, its answers are kept as they were, so that the turn is
played again without asking anybody. The world is read as it stands now, with what is newer than the turn left out.
"""

from __future__ import annotations

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
from orchestrator_service.evaluation.repository import Burst, Company, SavedScenario, Seller, Turn
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
        tx, turn_id=turn_id, title=scenario.title, brain=turn.brain or "demo", body=body, created_by=principal.user_id
    )
    await record_event(tx, "evaluation.scenario_saved", subject=f"turn:{turn_id}", detail={"scenario": kept.id})
    return kept


async def _scenario_of(tx: TenantTransaction, turn: Turn) -> Scenario:
    company = await repository.read_company(tx)
    at, zone = turn.started_at, company.zone
    sellers = await repository.read_sellers(tx)
    lead = await repository.read_lead(tx, turn)
    burst = await repository.read_burst(tx, turn)
    history = await repository.read_history(tx, turn)
    offers = await repository.read_offers(tx, turn)
    meetings = await repository.read_meetings(tx, turn)
    calls = await repository.read_calls(tx, turn.id)
    thoughts = await repository.read_thoughts(tx, turn.id)
    said = [str(turn.draft["text"])] if turn.draft else await repository.read_replies(tx, turn.id)
    ids = named_ids(offers, await repository.read_meeting_ids(tx, turn), zone)
    live = turn.brain == "live" and turn.verdict != "block"
    if live and not any(thought.outcome in {"ok", "rejected"} for thought in thoughts):
        raise NotReplayable("The model did not answer in this turn.")
    step: dict[str, Json] = {
        "says": [_message(one, ids) for one in burst],
        "recorded": answers_of(calls, thoughts, said, ids) if live else [],
        "expect": expected_of(turn.verdict, calls, said),
    }
    busy = await repository.read_busy(tx, turn, until=at + timedelta(days=company.horizon_days + 1))
    off = await repository.read_days_off(tx, at.date())
    scrubber = Scrubber([lead.full_name or "", lead.profile or "", *(one.name for one in sellers)])
    for line in history:
        scrubber.learn_said(line.text)
    for one in burst:
        scrubber.learn_said(one.words or one.body)
    plain: dict[str, Json] = {
        "sellers": [
            {
                "name": one.name,
                "zone": one.zone,
                "hours": _week(one),
                "busy": [
                    {"from": written(each.starts_at, one.zone), "to": written(each.ends_at, one.zone)}
                    for each in busy
                    if each.seller_id == one.id
                ],
                "off": [day.isoformat() for each in off if each.seller_id == one.id for day in each.days],
                "skills": list(one.skills),
            }
            for one in sellers
        ],
        "lead": {"name": lead.profile, "known_as": lead.full_name, "email": lead.email, "client": lead.is_client},
        "before": {
            "language": turn.language,
            "messages": [
                {line.role: line.text or "…", "ago": _ago(at - line.created_at)} for line in history if line.text
            ],
            "qualification": await repository.read_qualification(tx, turn),
            "offers": [{"seller": one.seller, "at": written(one.starts_at, zone)} for one in offers if one.live],
            "meetings": [
                {"seller": one.seller, "at": written(one.starts_at, zone), "status": one.status} for one in meetings
            ],
        },
        "steps": [step],
    }
    scrubbed = cast("JsonObject", scrubber.whole(_present(plain)))
    first = burst[0].words or burst[0].body if burst else ""
    whole = {
        "title": scrubber.text(f"{written(at, zone)}: {first}")[:LONGEST_TITLE],
        "tags": ["saved"],
        "now": _second(at, zone),
        "company": _company(company, [day.isoformat() for each in off if each.seller_id is None for day in each.days]),
        **scrubbed,
    }
    return Scenario.model_validate(whole)


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
