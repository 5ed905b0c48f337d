"""Interest classified from the customer's words."""

import pytest

from orchestrator_service.agent.demo_brain.scoring import Assessment, assess
from orchestrator_service.agent.demo_brain.signals import BASE, HOT, SIGNALS, WARM
from orchestrator_service.agent.situation import Interest
from tests.unit.demo_brain.interest_corpus import CORPUS


def test_the_labelled_corpus_agrees_at_least_nine_times_in_ten() -> None:
    wrong = [(label, text) for label, text in CORPUS if assess([text]).interest != label]
    assert len(CORPUS) >= 60
    assert len(wrong) <= len(CORPUS) // 10, wrong


def test_the_corpus_holds_every_class_in_three_languages() -> None:
    counts = {label: sum(each == label for each, _ in CORPUS) for label in ("hot", "warm", "cold", "not_interested")}
    assert min(counts.values()) >= 12, counts


def test_the_score_is_the_base_and_each_weight_once() -> None:
    weights = {signal.name: signal.weight for signal in SIGNALS}
    judged = assess(["necesito un CRM", "necesito un CRM", "¿cuánto cuesta?"])
    assert judged.score == BASE + weights["states a need"] + weights["asks for the price"]
    assert judged.signals == {"states a need", "asks for the price"}
    assert judged.reasons == tuple(f"{name} {weights[name]:+d}" for name in ("states a need", "asks for the price"))
    assert judged.interest == "hot"
    assert judged.score == HOT


def test_evidence_quotes_the_customer_exactly() -> None:
    line = "Hola, tengo una CLÍNICA y necesito ordenar los turnos. ¿Podemos hablar mañana a las 10:30?"
    judged = assess([line])
    assert judged.evidence
    assert all(quote in line for quote in judged.evidence)
    assert any("10:30" in quote for quote in judged.evidence)


@pytest.mark.parametrize(
    "text", ["no quiero agendar una reunión", "I don't want to book a call", "não quero marcar reunião"]
)
def test_a_negated_signal_does_not_count(text: str) -> None:
    assert "asks for a meeting" not in assess([text]).signals


@pytest.mark.parametrize(
    ("lines", "interest"),
    [
        (["necesito un CRM", "no me interesa"], "not_interested"),
        (["no me interesa", "bueno, sí me interesa, necesito un CRM"], "hot"),
        (["no me interesa", "ok"], "not_interested"),
    ],
)
def test_the_last_word_on_interest_counts(lines: list[str], interest: Interest) -> None:
    assert assess(lines).interest == interest


def test_a_known_need_weighs_as_much_as_a_stated_one() -> None:
    assert assess(["los turnos"]).score < WARM
    assert assess(["los turnos"], known_need="los turnos") == Assessment(
        "warm", BASE + 30, frozenset({"states a need"}), ("los turnos",), ("states a need +30",)
    )


def test_a_score_stays_between_zero_and_a_hundred() -> None:
    everything = " . ".join(text for label, text in CORPUS if label in ("hot", "warm"))
    assert assess([everything[:900], everything[900:1800]]).score == 100
    assert assess(["es muy caro, solo estoy mirando"]).score == 0


@pytest.mark.parametrize("text", ["baja", "BAJA.", "Stop", "sair"])
def test_one_word_of_opting_out_is_a_refusal_and_within_a_sentence_it_is_none(text: str) -> None:
    assert assess([text]).interest == "not_interested"
    assert "refusal" not in assess(["la planta baja", "non-stop", "a baja escala"]).signals
