"""A name matches exactly and uniquely once titles, accents, case and spacing are set aside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.name_matching import Ambiguous, Matched, Named, NoMatch, match, normalise

TEAM = (Named(1, "Dra. María José Núñez"), Named(2, "Juan Pérez"), Named(3, "Sr. Juan  Perez Gil"))


@pytest.mark.parametrize(
    "name",
    [
        "María José Núñez",
        "maria jose nunez",
        "  MARÍA\tJOSÉ  NÚÑEZ ",
        "Lic. Maria José Nuñez",
        "Prof.Dra.María José Núñez",
        "Sra María José Núñez",
        "Ing. Arq. Mtro. María José Núñez",
        "Mari\u0301a Jose\u0301 Nu\u0301n\u0303ez",
        "María\u200b José\u00a0Núñez",
    ],
)
def test_same_person_in_another_spelling_matches(name: str) -> None:
    assert match(name, TEAM) == Matched(1)


@pytest.mark.parametrize(
    "name", ["", "  ", "...", "María", "María José", "José María Núñez", "Juan Pérez G", "Jua Pérez"]
)
def test_anything_but_the_whole_name_does_not_match(name: str) -> None:
    assert match(name, (*TEAM, Named(4, " . "))) == NoMatch()


def test_two_people_of_one_name_are_ambiguous() -> None:
    assert match("juan perez", (Named(9, "JUAN PEREZ"), *TEAM)) == Ambiguous((2, 9))


def test_one_person_under_two_spellings_is_one_match() -> None:
    assert match("Juan Pérez", (Named(2, "juan perez"), *TEAM)) == Matched(2)


def test_title_is_removed_from_the_front_only() -> None:
    assert normalise("Juan Pérez, Sr.") == "juan perez sr"
    assert normalise("Ingrid Srta") == "ingrid srta"


def test_name_that_is_all_titles_keeps_the_last() -> None:
    assert normalise("Dr. Ing") == "ing"


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(name: str) -> None:
    assert normalise(normalise(name)) == normalise(name)
