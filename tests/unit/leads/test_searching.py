"""Which searches are looked for among the newest leads first: those whose hits are likely to be very many."""

import pytest

from orchestrator_service.leads.searching import is_common


@pytest.mark.parametrize(
    "text", ["a", "ñ", " Á ", "jo", "a b", "example.com", "@example.com", "@gmail", "mail.example", "@correo.com.ar"]
)
def test_a_letter_or_two_and_the_domain_of_an_address_are_common(text: str) -> None:
    assert is_common(text)


@pytest.mark.parametrize(
    "text", ["", "  ", "?", "ana", "a ruiz", "ana@example.com", "ana lopez", "4567", "+54 9 11", "@"]
)
def test_what_tells_people_apart_is_not(text: str) -> None:
    assert not is_common(text)
