"""How surely two are one, and whose value the one has; pure."""

from __future__ import annotations

import pytest

from core.json_types import JsonObject
from orchestrator_service.merging.fields import COLUMNS, chosen, differing, restored
from orchestrator_service.merging.score import LEAST, score_of


@pytest.mark.parametrize(
    ("reasons", "score"),
    [
        (["name"], 40),
        (["name", "name_company"], 70),
        (["email"], 85),
        (["name", "username"], 76),
        (["email", "phone"], 99),
        ([], 0),
        (["unheard of"], 0),
    ],
)
def test_reasons_add_up_and_a_name_alone_is_not_enough(reasons: list[str], score: int) -> None:
    assert score_of(reasons) == score
    assert (score >= LEAST) == (reasons not in (["name"], [], ["unheard of"]))


def _lead(lead_id: int, **values: object) -> JsonObject:
    empty: dict[str, object] = {column: None for group in COLUMNS.values() for column in group}
    return {**empty, "social_links": {}, **values, "id": lead_id}  # type: ignore[dict-item]


def test_the_survivors_value_is_kept_an_empty_one_filled_a_choice_obeyed() -> None:
    one = _lead(1, full_name="Ana", value=10, currency="USD", stage_key="won", stage_since="t1")
    two = _lead(2, full_name="Dra. Ana", email="a@x", value=20, currency="ARS", stage_key="new", stage_since="t2")
    three = _lead(3, email="b@x", company="Sur")
    merged = chosen(one, [two, three], {"value": 2})
    assert (merged["full_name"], merged["email"], merged["company"]) == ("Ana", "a@x", "Sur")
    assert (merged["value"], merged["currency"]) == (20, "ARS"), "an amount goes with its currency"
    assert (merged["stage_key"], merged["stage_since"]) == ("won", "t1")


def test_an_undo_restores_what_nobody_has_written_on_since() -> None:
    one, two = _lead(1, full_name="Ana"), _lead(2, full_name="Dra. Ana", email="a@x", value=5, currency="USD")
    merged = chosen(one, [two], {"full_name": 2})
    fields = differing(one, merged)
    edited: JsonObject = {**one, **merged, "currency": "ARS"}
    back, kept = restored(edited, fields)
    assert back == {"full_name": "Ana", "email": None}
    assert kept == ["value"], "half of an amount is not put back"
