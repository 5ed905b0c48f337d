"""Qualify, look at the agenda, and say the times that came back: never a time of the brain's own."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.json_types import Json
from orchestrator_service.agenda.clock_words import part_of
from orchestrator_service.agenda.date_words import When
from orchestrator_service.agent.demo_brain.decision import CallTool, Decision, Say
from orchestrator_service.agent.demo_brain.names import is_full
from orchestrator_service.agent.demo_brain.picking import Chosen
from orchestrator_service.agent.demo_brain.reading import DOWNWARD
from orchestrator_service.agent.demo_brain.replies import answers, join
from orchestrator_service.agent.demo_brain.turn import Turn, offers_in
from orchestrator_service.agent.situation import OfferView, QualificationView

LISTED = 3
SEARCH_DAYS = 6
SEARCHES = 2
LONGEST_WORDS = 500


def qualify(turn: Turn) -> CallTool | None:
    """Record the classification where it is new or knows more than the stored one; once per turn."""
    reading = turn.reading
    target, stored = reading.target, turn.situation.qualification
    worth = (
        isinstance(reading.pick, Chosen)
        or target.need
        or target.interest in {"hot", "not_interested"}
        or reading.said.signals & DOWNWARD
    )
    if not worth and not ready(turn):
        return None
    if stored and not _adds(target, stored):
        return None
    facts = {
        "need": target.need,
        "budget": target.budget,
        "timeline": target.timeline,
        "decision_maker": target.decision_maker,
    }
    arguments: dict[str, Json] = {"interest": target.interest, "score": target.score}
    arguments |= {name: fact for name, fact in facts.items() if fact}
    arguments["evidence"] = list(reading.evidence) or [line[:160] for line in turn.situation.burst[:1]]
    arguments["reasons"] = list(reading.reasons)
    return turn.once("qualify_lead", arguments)


def ready(turn: Turn) -> bool:
    """Whether the lead is worth a seller's time: hot or warm, and the need is known or was already asked for."""
    target = turn.reading.target
    return target.interest in {"hot", "warm"} and bool(target.need or turn.reading.asked_need)


def offer_times(turn: Turn) -> Decision | None:
    """Search the agenda (twice at most, wider the second time) and list what is free."""
    if not turn.qualified:
        return None
    search = turn.outcome("check_seller_availability")
    if search is None:
        first, last = _wished(turn)
        return _search(turn, first, last)
    result = turn.succeeded("check_seller_availability")
    if result is None:
        return _blind(turn)
    found = offers_in(result)
    if found:
        return Say(_listing(turn, found, _unseen(turn, result)))
    if turn.count("check_seller_availability") < SEARCHES:
        searched = date.fromisoformat(str(search.arguments["date_to"]))
        if wider := _search(turn, searched + timedelta(days=1), None):
            return wider
    return _blind(turn) if result.get("cannot_confirm") else Say(turn.text(turn.reading.wording.none_free))


def choose_shown(offers: Sequence[OfferView], when: When | None, zone: str) -> tuple[OfferView, ...]:
    """Up to three times to list: the asked hour alone where it is free, else the asked day part, else a spread."""
    local = {offer.offer_id: offer.starts_at.astimezone(ZoneInfo(zone)) for offer in offers}
    distinct = tuple({offer.starts_at: offer for offer in reversed(offers)}.values())[::-1]
    fitting = [offer for offer in distinct if when is not None and when.fits(local[offer.offer_id])]
    if when and when.time and fitting:
        return tuple(fitting[:1] if when.one_day else fitting[:LISTED])
    if when and when.time:
        wished = _minutes(when.time)
        nearest = sorted(distinct, key=lambda offer: abs(_minutes(local[offer.offer_id]) - wished))
        return tuple(sorted(nearest[:LISTED], key=lambda offer: offer.starts_at))
    pool = fitting or list(distinct)
    seen: set[tuple[date, str]] = set()
    spread: list[OfferView] = []
    for offer in pool:
        moment = local[offer.offer_id]
        if (key := (moment.date(), part_of(moment.time()))) not in seen:
            seen.add(key)
            spread.append(offer)
    rest = [offer for offer in pool if offer not in spread]
    return tuple(sorted([*spread, *rest][:LISTED], key=lambda offer: offer.starts_at))


def listed(turn: Turn, offers: Sequence[OfferView]) -> str:
    """The numbered lines of these offers; one alone has no number."""
    wording = turn.reading.wording
    lines = [
        f"{offer.label} {turn.text(wording.with_seller, seller=offer.seller_name)}"
        if offer.seller_name
        else offer.label
        for offer in offers
    ]
    return "\n".join(f"{place}. {line}" for place, line in enumerate(lines, 1)) if len(lines) > 1 else "".join(lines)


def _unseen(turn: Turn, result: Mapping[str, Json]) -> str:
    """Which sellers' calendars could not be seen, politely; their times are not among the offers."""
    named = result.get("cannot_confirm")
    names = [name for name in named if isinstance(name, str)] if isinstance(named, (list, tuple)) else []
    return turn.text(turn.reading.wording.cannot_see_some, sellers=", ".join(names)) if names else ""


def _listing(turn: Turn, found: tuple[OfferView, ...], unseen: str) -> str:
    reading, zone = turn.reading, turn.situation.zone
    wording = reading.wording
    shown = choose_shown(found, reading.when, zone)
    exact = reading.when is None or any(
        reading.when.fits(offer.starts_at.astimezone(ZoneInfo(zone))) for offer in shown
    )
    refused = any(outcome.tool == "book_sales_meeting" and outcome.refused for outcome in turn.outcomes)
    intro = wording.offer_one if len(shown) == 1 else wording.offers
    if turn.meeting:
        intro = wording.offers_move
    elif refused or turn.situation.tapped_offer_id:
        intro = wording.offers_again
    elif not exact:
        intro = wording.offers_nearest
    ask = wording.suits if len(shown) == 1 else wording.which
    ask = ask if is_full(reading.name) or turn.meeting else f"{ask} {wording.ask_name}"
    return join(*answers(turn), unseen, f"{turn.text(intro)}\n{listed(turn, shown)}", ask)


def _blind(turn: Turn) -> Decision:
    """The agenda cannot be seen: a person is told, and no time is offered."""
    human = turn.once("request_human", {"reason": "The agenda could not be confirmed"})
    wording = turn.reading.wording
    told = turn.succeeded("request_human") is not None
    return human or Say(join(wording.cannot_see, turn.text(wording.person) if told else ""))


def _search(turn: Turn, first: date, last: date | None) -> CallTool | None:
    until = last or first + timedelta(days=SEARCH_DAYS)
    arguments: dict[str, Json] = {"date_from": first.isoformat(), "date_to": until.isoformat()}
    if turn.reading.when_words and last == _wished(turn)[1] and first == _wished(turn)[0]:
        # The agenda reads them anew: of all its times it gives those that were asked for, days apart included.
        arguments["words"] = turn.reading.when_words[-LONGEST_WORDS:]
    if turn.reading.seller:
        arguments["seller"] = turn.reading.seller
    return CallTool("check_seller_availability", arguments) if turn.can("check_seller_availability") else None


def _wished(turn: Turn) -> tuple[date, date | None]:
    when, today = turn.reading.when, _today(turn)
    if when and when.date_from and when.date_to:
        return when.date_from, when.date_to
    if turn.reading.intents.other_times and turn.situation.offers:
        zone = ZoneInfo(turn.situation.zone)
        return max(offer.starts_at.astimezone(zone).date() for offer in turn.situation.offers) + timedelta(days=1), None
    return today, None


def _today(turn: Turn) -> date:
    return turn.situation.now.astimezone(ZoneInfo(turn.situation.zone)).date()


def _adds(target: QualificationView, stored: QualificationView) -> bool:
    pairs = (
        (target.need, stored.need),
        (target.budget, stored.budget),
        (target.timeline, stored.timeline),
        (target.decision_maker, stored.decision_maker),
    )
    return target.interest != stored.interest or any(new and not old for new, old in pairs)


def _minutes(moment: datetime | time) -> int:
    return moment.hour * 60 + moment.minute
