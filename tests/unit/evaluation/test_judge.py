"""Each expectation fails on what it forbids, and the laws hold without being asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

import pytest

from core.json_types import JsonObject
from nexus.evaluation.judge import judge, laws
from nexus.evaluation.seen import Called, Card, Interest, Seen, Spoken, Time
from orchestrator_service.evaluation.expectations import Expectation

ZONE = "America/Argentina/Buenos_Aires"
TUESDAY = datetime(2026, 11, 24, 13, tzinfo=UTC)  # 10:00 there
SEEN = Seen(
    at=datetime(2026, 11, 23, 13, tzinfo=UTC),
    replies=(Spoken("agent", "Gracias, Ana. ¿Te queda bien el mar 24 nov, 10:00?"),),
    calls=(Called("qualify_lead", {}, refused=False, result={}), Called("book_sales_meeting", {}, True, {})),
    states=("done",),
    verdict="allow",
    offered=(Time("Luz", TUESDAY),),
    meetings=(Time("Luz", TUESDAY, "confirmed"),),
    qualification=Interest("hot", 80, "ordenar turnos", None, None, None),
    card=Card("Ana Ruiz", None, None, "new", is_client=True),
    person=True,
    cost=0.02,
)
WRONG: list[tuple[str, object]] = [
    ("silent", True), ("most_messages", 0), ("most_questions", 0), ("language", "en"), ("contains", "hola"),
    ("contains_any", ["uno", "otro"]), ("not_contains", "GRACIAS"), ("reply", "Hola"), ("calls", "book_sales_meeting"),
    ("not_calls", "qualify_lead"), ("refused", "qualify_lead"), ("sequence", ["qualify_lead"]),
    ("qualification", {"none": True}), ("qualification", {"interest": "warm"}),
    ("qualification", {"score": {"at_most": 70}}),
    ("qualification", {"need": "ventas"}), ("offers", {"none": True}),
    ("offers", {"at_least": 2}), ("offers", {"at_most": 0}),
    ("offers", {"only": "2026-11-24 11:00"}), ("offers", {"include": "2026-11-24 11:00"}),
    ("offers", {"exclude": "2026-11-24 10:00"}), ("offers", {"on": "2026-11-25"}), ("offers", {"from_clock": "11:00"}),
    ("offers", {"to_clock": "10:00"}), ("offers", {"seller": "Ana"}), ("meeting", {"none": True}),
    ("meeting", {"at": "2026-11-24 11:00"}), ("meeting", {"on": "2026-11-25"}), ("meeting", {"seller": "Ana"}),
    ("meetings", 0), ("person", False), ("verdict", "block"), ("lead", {"name": "Luis"}), ("client", False),
    ("state", "failed"), ("most_cost", 0.01),
]  # fmt: skip
RIGHT: list[tuple[str, object]] = [
    ("silent", False), ("contains", "gracias, ana"), ("not_contains", "hola"), ("language", "es"),
    ("calls", "qualify_lead"), ("not_calls", "book_sales_meeting"), ("refused", "book_sales_meeting"),
    ("sequence", ["qualify_lead", "book_sales_meeting"]), ("offers", {"only": "2026-11-24 10:00", "seller": "Luz"}),
    ("meeting", {"at": "2026-11-24 10:00"}), ("lead", {"name": "ana ruiz", "email": ""}), ("most_cost", 0.02),
]  # fmt: skip


def wanted(field: str, value: object) -> Expectation:
    return Expectation.model_validate({field: value})


@pytest.mark.parametrize(("field", "value"), WRONG)
def test_an_expectation_that_is_not_met_fails(field: str, value: object) -> None:
    failures = judge(wanted(field, value), SEEN, ZONE)
    assert [failure.what.split(".")[0] for failure in failures] == [field]


@pytest.mark.parametrize(("field", "value"), RIGHT)
def test_an_expectation_that_is_met_passes(field: str, value: object) -> None:
    assert judge(wanted(field, value), SEEN, ZONE) == []


def test_a_caught_claim_is_told() -> None:
    assert judge(wanted("claims", "none"), replace(SEEN, rejected=("booked",)), ZONE)


@pytest.mark.parametrize(
    "said",
    ["Tu reunión quedó confirmada para el jueves 26 de noviembre.", "Tu reunión quedó cancelada.", "Cuesta US$ 90."],
)
def test_a_reply_that_is_not_so_breaks_the_law(said: str) -> None:
    assert [failure.what for failure in laws(replace(SEEN, replies=(Spoken("agent", said),)), ZONE)] == ["truth"]
    assert laws(SEEN, ZONE) == []


def test_a_turn_with_too_many_calls_breaks_the_law() -> None:
    call = Called("qualify_lead", cast("JsonObject", {}), refused=False, result={})
    assert [failure.what for failure in laws(replace(SEEN, calls=(call,) * 7), ZONE)] == ["tools"]
