"""The demo brain on arbitrary text: it always decides, quickly, and never claims what did not happen."""

import re
import time
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_service.agenda.date_words import parse_when
from orchestrator_service.agent.demo_brain.decide import Say, decide
from orchestrator_service.agent.situation import QualificationView
from tests.unit.demo_brain.demo_host import SUNDAY, ZONE, offer, situation

VOCABULARY = (
    "hola soy Ana Ruiz necesito quiero ordenar los turnos el la martes segunda sexta mañana a tarde 10:30 15 15hs de "
    "dic 24/11 no puedo sí ok precio $500 reunión agendar cancelar persona humano first tomorrow at 3pm next week o "
    "primeiro às 9h quinta-feira em dois dias ? . , \n confirmada {name} {0} 2026-02-31 esta semana una once"
)
WORDS = st.sampled_from(VOCABULARY.split(" "))
TEXT = st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=14).map(" ".join))
CLAIM = re.compile(r"quedó confirmada|is confirmed|está confirmada|cancelada|is now|ahora es")


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=3), st.sampled_from([None, "es", "en", "pt"]), st.booleans())
def test_any_burst_gets_a_decision_without_a_claim(burst: list[str], language: str | None, offered: bool) -> None:
    offers = (offer("a", SUNDAY.replace(day=24)), offer("b", SUNDAY.replace(day=26))) if offered else ()
    qualification = QualificationView("warm", 50, "x") if offered else None
    start = situation(tuple(burst), language=language, offers=offers, qualification=qualification, knowledge=("a 5",))
    decision = decide(start, ())
    if isinstance(decision, Say):
        assert decision.text.strip()
        assert not CLAIM.search(decision.text)
    silent = decide(situation(tuple(burst), tools=frozenset[str]()), ())
    assert isinstance(silent, Say)
    assert not CLAIM.search(silent.text)


@settings(max_examples=300, deadline=None)
@given(TEXT, st.integers(0, 400))
def test_dates_are_never_before_today_and_ranges_never_reversed(text: str, days: int) -> None:
    now = SUNDAY + timedelta(days=days)
    when = parse_when(text, now, ZONE, "pt")
    if when and when.date_from and when.date_to:
        assert now.date() <= when.date_from <= when.date_to


@pytest.mark.parametrize(
    "piece",
    [
        "necesito ",
        "soy Ana ",
        "a las ",
        "no ",
        "1",
        "10:30 ",
        "quiero una ",
        "gracias, ",
        "a@a.",
        "$1.",
        "el 1 ",
        ", ",
        "(",
        " ",
    ],
)
def test_a_long_repetitive_message_is_read_quickly(piece: str) -> None:
    started = time.perf_counter()
    decide(situation((piece * (20_000 // len(piece)),)), ())
    assert time.perf_counter() - started < 1.0
