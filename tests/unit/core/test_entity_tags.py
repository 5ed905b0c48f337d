"""Entity tags are compared as RFC 9110 §8.8.3.2 says."""

from __future__ import annotations

import pytest

from orchestrator_service.preconditions.tags import names, tag_of


def test_the_same_bytes_have_the_same_tag_and_others_another() -> None:
    assert tag_of(b"{}") == tag_of(b"{}") != tag_of(b"{ }")
    assert tag_of(b"{}").startswith('"')


@pytest.mark.parametrize(
    ("header", "strongly", "weakly"),
    [
        ('"a"', True, True),
        (' "b" , "a"', True, True),
        ("*", True, True),
        ('W/"a"', False, True),
        ('"b", W/"a"', False, True),
        ('"b"', False, False),
        ("a", False, False),
        ("", False, False),
    ],
)
def test_a_list_names_a_tag(header: str, strongly: bool, weakly: bool) -> None:
    assert (names(header, '"a"', weakly=False), names(header, '"a"', weakly=True)) == (strongly, weakly)
