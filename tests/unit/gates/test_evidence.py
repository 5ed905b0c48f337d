"""A qualification rests on what the customer said: invented quotes, unsupported interest, contradicting scores."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_service.leads.evidence import BANDS, UNSUPPORTED_SCORE, judge
from orchestrator_service.leads.models import Interest, Qualification

SAID = (
    "Hola! Vi su anuncio 😀",
    "Necesito organizar la agenda de mi clínica",
    "somos 3 médicos, ya no damos abasto... ¿cuánto cuesta?",
)


def qualified(*evidence: str, interest: Interest = "hot", score: int = 85) -> Qualification:
    return Qualification(interest=interest, score=score, evidence=evidence)


@pytest.mark.parametrize(
    "quote",
    [
        "Necesito organizar la agenda de mi clínica",
        "necesito ORGANIZAR la agenda",
        "«ya no damos abasto»",
        "ya no damos abasto ¿cuánto cuesta",
        "la agenda de mi clinica",
        "Necesito organizar… de mi clínica",
        "somos 3 médicos, [...] ¿cuánto cuesta?",
        "Vi su anuncio. Necesito organizar",
        "organizar la agenda de mi clí",
        "3",
    ],
    ids=ascii,
)
def test_a_quote_counts_however_it_is_written(quote: str) -> None:
    wanted = quote != "3"
    judged = judge(qualified(quote), SAID)
    assert judged.qualification.evidence == ((quote,) if wanted else ())
    assert judged.untrue == (() if wanted else (1,))


@pytest.mark.parametrize(
    "quote",
    [
        "Quiero comprar hoy",
        "cito organizar",
        "de mi clínica… Necesito",
        "agenda Necesito organizar la",
        "¡!",
        "...",
        "…",
    ],
    ids=ascii,
)
def test_a_quote_that_nobody_said_is_dropped_and_named(quote: str) -> None:
    judged = judge(qualified("ya no damos abasto", quote), SAID)
    assert judged.qualification.evidence == ("ya no damos abasto",)
    assert judged.untrue == (2,)
    assert judged.corrections == ("quotes_dropped",)
    assert (judged.qualification.interest, judged.qualification.score) == ("hot", 85)


@pytest.mark.parametrize("evidence", [(), ("Quiero comprar hoy",)])
def test_without_a_true_quote_nobody_is_hot(evidence: tuple[str, ...]) -> None:
    judged = judge(qualified(*evidence), SAID)
    assert (judged.qualification.interest, judged.qualification.score) == ("warm", UNSUPPORTED_SCORE)
    assert "interest_lowered" in judged.corrections


@pytest.mark.parametrize("interest", ["cold", "not_interested"])
def test_little_interest_needs_no_quote(interest: Interest) -> None:
    assert judge(qualified(interest=interest, score=10), ()).corrections == ()


@pytest.mark.parametrize(
    ("interest", "score", "kept"),
    [
        ("hot", 5, 50), ("hot", 50, 50), ("hot", 100, 100), ("warm", 100, 85), ("warm", 0, 25), ("warm", 40, 40),
        ("cold", 95, 50), ("cold", 0, 0), ("not_interested", 80, 25), ("not_interested", 0, 0),
    ],
)  # fmt: skip
def test_a_score_that_contradicts_its_interest_is_moved_to_what_fits(interest: Interest, score: int, kept: int) -> None:
    judged = judge(qualified("ya no damos abasto", interest=interest, score=score), SAID)
    assert judged.qualification.score == kept
    assert ("score_moved" in judged.corrections) == (kept != score)


@given(
    st.sampled_from(["hot", "warm", "cold", "not_interested"]),
    st.integers(0, 100),
    st.lists(st.text(min_size=1, max_size=60).filter(lambda text: text.strip() != ""), max_size=5),
    st.lists(st.text(max_size=80), max_size=5),
)
def test_whatever_is_judged_what_is_kept_is_consistent(
    interest: Interest, score: int, evidence: list[str], said: list[str]
) -> None:
    try:
        given_ = Qualification(interest=interest, score=score, evidence=tuple(evidence))
    except ValueError:
        return
    kept = judge(given_, said).qualification
    low, high = BANDS[kept.interest]
    assert low <= kept.score <= high
    assert kept.evidence or kept.interest != "hot"
    assert kept.evidence or kept.score <= UNSUPPORTED_SCORE
    assert judge(kept, said).corrections == ()


def test_a_flood_is_judged_in_time() -> None:
    quotes = tuple(f"{number} " + "a " * 200 for number in range(20))
    assert judge(qualified(*quotes), ["a " * 2000] * 300).untrue == tuple(range(1, 21))
