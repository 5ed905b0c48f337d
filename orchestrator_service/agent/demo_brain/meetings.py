"""Booking, converting, and everything about a meeting that already exists: said only when a tool did it."""

from collections.abc import Mapping

from core.json_types import Json
from orchestrator_service.agent.demo_brain.decision import CallTool, Decision, Say
from orchestrator_service.agent.demo_brain.names import is_full
from orchestrator_service.agent.demo_brain.offering import listed, offer_times
from orchestrator_service.agent.demo_brain.picking import Ambiguous, Chosen, Missed
from orchestrator_service.agent.demo_brain.replies import answers, join, unanswered
from orchestrator_service.agent.demo_brain.turn import Turn, string
from orchestrator_service.agent.situation import MeetingView

MAX_REASON = 200
CONFIRMING = "confirming"


def book(turn: Turn) -> Decision | None:
    """Book the chosen offer, convert, and confirm exactly what the tool booked; after a refusal offer again."""
    outcome = turn.outcome("book_sales_meeting")
    booked = turn.succeeded("book_sales_meeting")
    if booked is not None and booked.get("status") in {"confirmed", CONFIRMING}:
        return _told(turn, booked)
    if outcome:
        return offer_times(turn) or Say(turn.text(turn.reading.wording.none_free))
    match turn.reading.pick:
        case Chosen(offer):
            reason = (turn.reading.target.need or "Sales meeting asked for in the chat")[:MAX_REASON]
            call = turn.once("book_sales_meeting", {"offer_id": offer.offer_id, "reason": reason})
            return call or _hand_over_choice(turn)
        case Ambiguous(offers):
            wording = turn.reading.wording
            intro = wording.which_of if len(offers) > 1 else turn.text(wording.offer_one)
            return Say(
                join(
                    *answers(turn),
                    f"{intro}\n{listed(turn, offers[:3])}",
                    wording.which if len(offers) > 1 else wording.suits,
                )
            )
        case Missed():
            return offer_times(turn)
        case None:
            return None


def _told(turn: Turn, booked: Mapping[str, Json]) -> Decision:
    if booked.get("status") == CONFIRMING:
        return Say(_checking(turn, booked))
    return convert(turn) or Say(_confirmation(turn, booked))


def convert(turn: Turn) -> CallTool | None:
    """Convert once per turn, when the full name is known and the lead is no client yet."""
    if turn.situation.is_client or not is_full(turn.reading.name):
        return None
    return turn.once("convert_to_client", {})


def attend(turn: Turn) -> Decision | None:
    """Serve a lead who already has a meeting: move it, cancel it, or show it; never book a second one."""
    meeting = turn.meeting
    if meeting is None:
        return None
    if turn.reading.intents.cancel:
        return _cancel(turn, meeting)
    if turn.reading.moving or turn.reading.intents.move:
        moved = _move(turn, meeting)
        if moved:
            return moved
    return convert(turn) or Say(_shown(turn, meeting))


def _confirmation(turn: Turn, booked: Mapping[str, Json]) -> str:
    wording = turn.reading.wording
    said = turn.text(wording.booked, seller=string(booked, "seller"), label=string(booked, "label"))
    return join(said, _still_missing(turn))


def _checking(turn: Turn, asked: Mapping[str, Json]) -> str:
    """Neither booked nor refused: the seller's calendar has not answered yet."""
    return turn.text(turn.reading.wording.confirming, seller=string(asked, "seller"), label=string(asked, "label"))


def _cancel(turn: Turn, meeting: MeetingView) -> Decision:
    reason = "Asked for by the customer in the chat"
    call = turn.once("cancel_meeting", {"meeting_id": meeting.meeting_id, "reason": reason})
    if call:
        return call
    if turn.succeeded("cancel_meeting") is not None:
        return Say(turn.text(turn.reading.wording.cancelled))
    return _to_person(turn, "The customer wants to cancel the meeting")


def _move(turn: Turn, meeting: MeetingView) -> Decision | None:
    if "reschedule_meeting" not in turn.situation.tools:
        return _to_person(turn, "The customer wants to move the meeting")
    if moved := turn.succeeded("reschedule_meeting"):
        return Say(_moved(turn, moved, meeting))
    chosen = turn.reading.pick
    if isinstance(chosen, Chosen) and turn.reading.moving:
        arguments: dict[str, Json] = {"meeting_id": meeting.meeting_id, "offer_id": chosen.offer.offer_id}
        if call := turn.once("reschedule_meeting", arguments):
            return call
        return offer_times(turn)
    asks = turn.reading.intents.move or turn.reading.intents.other_times or isinstance(chosen, Missed)
    if isinstance(chosen, Ambiguous):
        wording = turn.reading.wording
        return Say(join(f"{wording.offers_move}\n{listed(turn, chosen.offers[:3])}", wording.which))
    return offer_times(turn) if asks else None


def _moved(turn: Turn, moved: Mapping[str, Json], meeting: MeetingView) -> str:
    if moved.get("status") == CONFIRMING:
        return _checking(turn, moved)
    seller = string(moved, "seller") or meeting.seller_name
    return turn.text(turn.reading.wording.moved, seller=seller, label=string(moved, "label"))


def _to_person(turn: Turn, reason: str) -> Decision:
    wording = turn.reading.wording
    told = turn.succeeded("request_human") is not None
    return turn.once("request_human", {"reason": reason}) or Say(
        turn.text(wording.person if told else wording.person_later)
    )


def _hand_over_choice(turn: Turn) -> Decision:
    wording = turn.reading.wording
    call = turn.once("request_human", {"reason": "The customer chose a time that could not be booked in this turn"})
    told = turn.succeeded("request_human") is not None
    return call or Say(join(wording.cannot_book, turn.text(wording.person) if told else wording.person_later))


def _shown(turn: Turn, meeting: MeetingView) -> str:
    reading = turn.reading
    wording = reading.wording
    shown = turn.text(wording.meeting, seller=meeting.seller_name, label=turn.when_written(meeting.starts_at))
    thanks = turn.text(wording.welcome_back) if reading.intents.thanks or reading.facts.name else ""
    answered = answers(turn)
    open_question = unanswered(turn, answered) and not reading.intents.own_meeting
    return join(*answered, wording.unknown if open_question else "", thanks, shown, _still_missing(turn))


def _still_missing(turn: Turn) -> str:
    """The question that keeps the lead from becoming a client: the full name, or a contact."""
    wording = turn.reading.wording
    if turn.situation.is_client:
        return ""
    if not is_full(turn.reading.name):
        return wording.ask_name_client
    outcome = turn.outcome("convert_to_client")
    missing = outcome.result.get("missing") if outcome and isinstance(outcome.result, Mapping) else None
    named = " ".join(str(each) for each in missing) if isinstance(missing, (list, tuple)) else ""
    if "name" in named:
        return wording.ask_name_client
    return wording.ask_contact if "contact" in named and not turn.situation.has_contact else ""
