"""What the demo brain does about a meeting: claimed only when made, shown, moved and cancelled, never doubled."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from orchestrator_service.agent.demo_brain.decide import CallTool, Say, decide
from orchestrator_service.agent.demo_brain.reading import WORDINGS
from orchestrator_service.agent.situation import Line, MeetingView, QualificationView, ToolOutcome
from tests.unit.demo_brain.demo_host import SUNDAY, TOOLS, ZONE, FakeHost, offer, situation

CLAIM = re.compile(r"confirmad|confirmed|cancelad|cancelled|reservad|agendad|booked|scheduled", re.IGNORECASE)
WARM = QualificationView("warm", 50, "ordenar los turnos")
MEETING = MeetingView(7, SUNDAY + timedelta(days=2), "Laura Gómez", "confirmed")
TUESDAY = datetime(2026, 11, 24, 10, 30, tzinfo=ZoneInfo(ZONE))


def test_a_meeting_is_confirmed_only_by_the_tool_that_made_it() -> None:
    start = situation(("martes 10:30",), qualification=WARM, offers=(offer("a", TUESDAY),), lead_name="Ana Ruiz")
    arguments = {"offer_id": "a", "reason": "x"}
    for result in ({"refused": "offer_expired"}, {}, {"status": "pending"}, "error", None):
        outcome = ToolOutcome("book_sales_meeting", arguments, result, refused=False)
        searched = decide(start, (outcome,))
        assert isinstance(searched, CallTool), result
        assert searched.name == "check_seller_availability", result
        silent = decide(replace(start, is_client=True, tools=frozenset[str]()), (outcome,))
        assert isinstance(silent, Say), result
        assert not CLAIM.search(silent.text), result
    done = {"status": "confirmed", "label": "mar 24 nov, 10:30", "seller": "Laura Gómez"}
    decision = decide(
        replace(start, is_client=True), (ToolOutcome("book_sales_meeting", arguments, done, refused=False),)
    )
    assert isinstance(decision, Say)
    assert CLAIM.search(decision.text)


@pytest.mark.parametrize("text", ["¿cuándo es mi reunión?", "el primero", "martes 10:30", "quiero agendar una reunión"])
def test_who_has_a_meeting_is_shown_it_and_books_no_second(text: str) -> None:
    start = situation(
        (text,),
        qualification=WARM,
        meetings=(MEETING,),
        offers=(offer("a", TUESDAY),),
        is_client=True,
        lead_name="Ana Ruiz",
    )
    said = decide(start, ())
    assert isinstance(said, Say)
    assert "mar 24 nov, 12:00" in said.text


def test_a_past_or_cancelled_meeting_does_not_stand() -> None:
    gone = (replace(MEETING, status="cancelled"), replace(MEETING, starts_at=SUNDAY - timedelta(days=1)))
    start = situation(("Hola",), qualification=WARM, meetings=gone)
    assert isinstance(decide(start, ()), CallTool)


def test_a_superseded_booking_is_still_told_and_not_repeated() -> None:
    start = situation(
        ("martes 10:30", "soy Ana Ruiz"), qualification=WARM, meetings=(MEETING,), facts=("booked meeting 7",)
    )
    first = decide(start, ())
    assert first == CallTool("update_lead", {"full_name": "Ana Ruiz"})
    outcomes = (ToolOutcome("update_lead", {}, {}, refused=False),)
    assert decide(start, outcomes) == CallTool("convert_to_client", {})
    outcomes = (*outcomes, ToolOutcome("convert_to_client", {}, {"client_id": 3, "already": False}, refused=False))
    said = decide(start, outcomes)
    assert isinstance(said, Say)
    assert "mar 24 nov, 12:00" in said.text


def test_a_meeting_is_moved_to_a_chosen_time_and_cancelled_on_request() -> None:
    host = FakeHost()
    for text in ("Hola", "Necesito ordenar los turnos de mi clínica", "martes 10:30", "Ana Ruiz"):
        host.turn(text)
    assert "Para mover tu reunión" in host.turn("quiero reprogramar la reunión")
    assert "ahora es: lun 23 nov, 15:00" in host.turn("el segundo")
    assert host.calls == ["reschedule_meeting"]
    assert "cancelada" in host.turn("quiero cancelar la reunión")
    assert host.state.meetings == ()


def test_without_the_tool_a_change_goes_to_a_person() -> None:
    tools = TOOLS - {"cancel_meeting", "reschedule_meeting"}
    for text in ("quiero cancelar la reunión", "quiero reprogramar la reunión"):
        start = situation((text,), qualification=WARM, meetings=(MEETING,), tools=tools)
        call = decide(start, ())
        assert isinstance(call, CallTool)
        assert call.name == "request_human"
        said = decide(start, (ToolOutcome("request_human", {}, {}, refused=False),))
        assert isinstance(said, Say)
        assert not CLAIM.search(said.text)


def test_a_missing_contact_is_asked_after_the_booking() -> None:
    start = situation(
        ("el primero",), qualification=WARM, offers=(offer("a", TUESDAY),), lead_name="Ana Ruiz", has_contact=False
    )
    booked = {"status": "confirmed", "label": "mar 24 nov, 10:30", "seller": "Laura Gómez"}
    outcomes = (
        ToolOutcome("book_sales_meeting", {}, booked, refused=False),
        ToolOutcome("convert_to_client", {}, {"refused": "criteria", "missing": ["contact"]}, refused=True),
    )
    said = decide(start, outcomes)
    assert isinstance(said, Say)
    assert WORDINGS["es"].ask_contact in said.text


def test_a_question_beside_the_meeting_is_not_ignored() -> None:
    start = situation(("¿cuál es la dirección?",), qualification=WARM, meetings=(MEETING,), is_client=True)
    said = decide(start, ())
    assert isinstance(said, Say)
    assert WORDINGS["es"].unknown in said.text
    assert "mar 24 nov, 12:00" in said.text


def test_a_move_names_the_times_that_fit_and_a_refused_move_is_searched_again() -> None:
    listing = Line("agent", "Para mover tu reunión tengo estos horarios:\n1. mar 24 nov, 10:30 con Laura Gómez")
    offers = (offer("a", TUESDAY), offer("b", TUESDAY + timedelta(hours=1)))
    start = situation(
        ("el martes a la mañana",), qualification=WARM, meetings=(MEETING,), offers=offers, history=(listing,)
    )
    assert decide(start, ()) == CallTool("reschedule_meeting", {"meeting_id": 7, "offer_id": "a"})
    refused = ToolOutcome("reschedule_meeting", {}, {"refused": "slot_taken"}, refused=True)
    again = decide(start, (refused,))
    assert isinstance(again, CallTool)
    assert again.name == "check_seller_availability"
    unlisted = replace(start, history=(Line("agent", "Para mover tu reunión dime un día"),))
    said = decide(unlisted, ())
    assert isinstance(said, Say)
    assert all(each.label in said.text for each in offers)


def test_a_day_that_can_be_two_is_looked_for_on_both_and_shown_with_both_dates() -> None:
    monday = SUNDAY + timedelta(days=1)
    start = situation(("el próximo viernes a las 10",), qualification=WARM, now=monday, lead_name="Ana Ruiz")
    search = decide(start, ())
    assert isinstance(search, CallTool)
    assert (search.arguments["date_from"], search.arguments["date_to"]) == ("2026-11-27", "2026-12-04")
    assert search.arguments["words"] == "el próximo viernes a las 10"
    zone = ZoneInfo(ZONE)
    fridays = [datetime(2026, 11, 27, 10, tzinfo=zone), datetime(2026, 12, 4, 10, tzinfo=zone)]
    offers = [
        {"offer_id": one.offer_id, "starts_at": one.starts_at.isoformat(), "label": one.label, "seller": "Laura"}
        for one in (offer(str(number), at) for number, at in enumerate(fridays))
    ]
    said = decide(start, (ToolOutcome(search.name, search.arguments, {"offers": offers}, refused=False),))
    assert isinstance(said, Say)
    assert "1. vie 27 nov, 10:00" in said.text
    assert "2. vie 4 dic, 10:00" in said.text
