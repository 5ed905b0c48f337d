"""A reply never says that something was done which was not, nor a figure that nobody gave."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter

from orchestrator_service.chat.claims import Claim, Effects, check_claims, safe_text
from orchestrator_service.chat.figures import figures, number

_FIXTURE = Path(__file__).parents[2] / "fixtures" / "claims" / "sentences.json"
_TUESDAY_15 = datetime(2026, 11, 17, 15, 0, tzinfo=UTC)


class Sentence(BaseModel):
    text: str
    claims: list[str]


SENTENCES = TypeAdapter(list[Sentence]).validate_json(_FIXTURE.read_bytes())


def kinds(reply: str, effects: Effects | None = None) -> list[str]:
    return sorted({claim.kind for claim in check_claims(reply, effects or Effects())})


def test_the_labelled_sentences_are_enough_to_mean_something() -> None:
    assert len(SENTENCES) >= 80
    assert sum(not sentence.claims for sentence in SENTENCES) >= 40


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: ascii(sentence.text)[:60])
def test_a_sentence_claims_what_its_label_says(sentence: Sentence) -> None:
    assert kinds(sentence.text) == sentence.claims


@pytest.mark.parametrize("effects", [Effects(booked=(_TUESDAY_15,)), Effects(existing_meetings=(_TUESDAY_15,))])
@pytest.mark.parametrize(
    "reply",
    [
        "Listo, reservé el martes a las 15:00",
        "Tu reunión está confirmada para el martes 17/11 a las 15 h",
        "You're booked for Tuesday, November 17 at 3pm",
        "Agendado para terça às 15h",
        "Quedó agendada a las 3 de la tarde del 17 de noviembre",
        "Tu segunda reunión quedó agendada",
        "Your meeting is booked for Tuesday at 3:00 p.m.",
        "Tu reunión quedó confirmada para el mar 17 nov, 15:00.",
        "Your meeting is booked for Tue 17 Nov, 15:00.",
        "Sua reunião ficou confirmada para ter 17 nov, 15:00.",
        "Your meeting is booked for Nov. 17th at 3 pm.",
    ],
)
def test_a_true_claim_passes(reply: str, effects: Effects) -> None:
    assert check_claims(reply, effects) == ()


@pytest.mark.parametrize(
    "reply",
    [
        "Tu reunión quedó confirmada para el jue 19 nov, 15:00.",
        "Tu reunión quedó confirmada para el jue 17 nov, 15:00.",
        "Your meeting is booked for Thu 19 Nov, 15:00.",
        "Sua reunião ficou confirmada para qui 19 nov, 15:00.",
        "Tu reunión quedó confirmada para el martes 17 de diciembre a las 15:00",
        "Your meeting is booked for Dec 17 at 3 pm.",
        "Listo, reservé el miércoles a las 15:00",
        "Tu reunión quedó agendada para el martes a las 16:00",
        "You're booked for Tuesday at 3am",
        "Booked for November 18",
        "Agendado para o dia 18/11",
        "Your meeting is booked for Tuesday at 4:30 p.m.",
    ],
)
def test_a_booking_told_with_another_day_or_time_is_unsupported(reply: str) -> None:
    assert kinds(reply, Effects(booked=(_TUESDAY_15,))) in (["booked"], ["confirmed"])


def test_a_cancellation_needs_a_cancellation() -> None:
    reply = "Listo, cancelé tu reunión"

    assert check_claims(reply, Effects(cancelled=True)) == ()
    assert kinds(reply, Effects(booked=(_TUESDAY_15,), existing_meetings=(_TUESDAY_15,))) == ["cancelled"]


def test_a_rescheduling_needs_a_rescheduling_to_that_time() -> None:
    moved = Effects(rescheduled=(_TUESDAY_15,))

    assert check_claims("Tu reunión fue reprogramada para el martes a las 15:00", moved) == ()
    assert check_claims("Tu reunión quedó confirmada para el martes", moved) == ()
    assert kinds("Tu reunión fue reprogramada para el jueves", moved) == ["rescheduled"]
    assert kinds("Tu reunión fue reprogramada", Effects(booked=(_TUESDAY_15,))) == ["rescheduled"]


def test_no_meeting_confirms_a_payment() -> None:
    assert kinds("Tu pago está confirmado", Effects(booked=(_TUESDAY_15,))) == ["confirmed"]


@pytest.mark.parametrize(
    "reply",
    [
        "Sua reunião no dia 20/11 está marcada",
        "Your meeting on May 5 is booked",
        "El horario del martes ya está reservado para ti",
        "No hay problema ya reservé tu lugar",
        "Si necesitas algo avísame. Tu reunión quedó agendada",
        "Tu reunión quedó agendada y si necesitas cambiarla avísame",
        "No encontré el lunes, pero reservé el martes",
        "Todavía no elegiste, pero tu lugar está reservado",
    ],
)
def test_words_that_look_like_a_guard_do_not_excuse_a_claim(reply: str) -> None:
    assert kinds(reply) == ["booked"]


def test_every_unsupported_claim_is_told_once_with_its_words() -> None:
    claims = check_claims("Listo, reservé. Cuesta $90 y cuesta $90. Cancelé la otra.", Effects())

    assert claims == (Claim("booked", "reservé"), Claim("cancelled", "cancelé la otra"), Claim("amount", "$90"))


@pytest.mark.parametrize(
    ("reply", "quoted"),
    [
        ("Cuesta US$ 90", "USD 90"),
        ("Cuesta $90", "US$ 90,00"),
        ("Cuesta 90 dólares", "90"),
        ("Sale $ 1.234,50", "1,234.50 USD"),
        ("Sale 90 mil pesos", "$ 90.000"),
        ("Vale 2 millones de pesos", "$2M"),
        ("Custa R$ 1.200", "R$ 1200,00"),
        ("Tienes un 20 % menos", "20%"),
        ("Tienes un 20 por ciento menos", "20"),
        ("Sale $ 90", "El plan básico sale $90 por mes, con 10% de descuento"),
    ],
)
def test_a_quoted_figure_passes_in_any_notation(reply: str, quoted: str) -> None:
    assert check_claims(reply, Effects(quoted_figures=frozenset({quoted}))) == ()


@pytest.mark.parametrize(
    ("reply", "quoted", "kind"),
    [
        ("Cuesta US$ 91", "US$ 90", "amount"),
        ("Cuesta US$ 900", "US$ 90", "amount"),
        ("Custa R$ 90", "US$ 90", "amount"),
        ("Cuesta $20", "20%", "amount"),
        ("Tienes 90% menos", "$90", "percentage"),
        ("Tienes 9,0% menos", "90%", "percentage"),
    ],
)
def test_another_figure_is_unsupported(reply: str, quoted: str, kind: str) -> None:
    assert kinds(reply, Effects(quoted_figures=frozenset({quoted}))) == [kind]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1 234", "1234"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("12,5", "12.5"),
        ("0.125", "0.125"),
        ("90", "90"),
    ],
)
def test_numbers_are_read_in_both_conventions(text: str, value: str) -> None:
    assert number(text) == Decimal(value)


@given(st.integers(0, 10**9))
def test_a_number_grouped_either_way_keeps_its_value(value: int) -> None:
    english = f"{value:,}"

    assert number(english) == number(english.replace(",", ".")) == value


@pytest.mark.parametrize(
    "text", ["Son 20 personas", "a las 15:00", "turnos/15", "el 20/11", "plan 360", "5 sucursales"]
)
def test_other_numbers_are_no_figures(text: str) -> None:
    assert figures(text) == ()


@pytest.mark.parametrize("language", ["es", "es-AR", "pt_BR", "en", "EN-us", "de", ""])
def test_the_safe_text_claims_nothing(language: str) -> None:
    assert check_claims(safe_text(language), Effects()) == ()


def test_the_safe_text_speaks_the_language_and_else_english() -> None:
    assert safe_text("es-MX").startswith("Déjame")
    assert safe_text("pt").startswith("Deixe")
    assert safe_text("fr") == safe_text("en")


@given(st.text(max_size=200))
def test_any_reply_is_checked_without_error(reply: str) -> None:
    assert isinstance(check_claims(reply, Effects(booked=(_TUESDAY_15,))), tuple)
