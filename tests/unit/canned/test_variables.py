"""Variables of canned replies: their names in three languages, what is filled, what stays a gap."""

from __future__ import annotations

import pytest

from orchestrator_service.canned.variables import fill, gaps_in, unknown_in


@pytest.mark.parametrize("name", ["nombre", "NOMBRE", " nombre ", "name", "nome"])
def test_a_name_means_the_same_in_every_language_and_writing(name: str) -> None:
    assert fill(f"Hola {{{name}}}!", {"first_name": "Ana"}) == "Hola Ana!"


def test_accents_and_spaces_of_a_name_do_not_matter() -> None:
    assert fill("el {Fecha  de la Reunión}", {"meeting_day": "martes 24"}) == "el martes 24"
    assert fill("em {data da reunião}", {"meeting_day": "terça 24"}) == "em terça 24"


@pytest.mark.parametrize("known", [{}, {"first_name": None}, {"first_name": "  "}])
def test_what_is_not_known_stays_a_gap(known: dict[str, str | None]) -> None:
    assert fill("Hola { nombre }", known) == "Hola { nombre }"
    assert gaps_in("Hola { nombre }, {nombre}, {hora de la reunión}") == ("nombre", "hora de la reunión")


def test_a_value_is_one_line_and_never_a_variable_itself() -> None:
    filled = fill("Hola {nombre}", {"first_name": "Ana\n{empresa}", "our_company": "Norte"})
    assert filled == "Hola Ana (empresa)"
    assert gaps_in(filled) == ()


def test_other_braces_are_the_writers_own_and_told_as_unknown() -> None:
    text = '{"a": 1} {descuento} {}'
    assert fill(text, {"first_name": "Ana"}) == text
    assert gaps_in(text) == ()
    assert unknown_in(text) == ('"a": 1', "descuento")
