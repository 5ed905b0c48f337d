"""What is searched for, as words; and the piece of a message in which they are marked."""

from __future__ import annotations

import pytest

from orchestrator_service.chat.snippets import MOST_WORDS, as_query, snippet, wanted_words


def shown(text: str, *words: str) -> str | None:
    parts = snippet(text, words)
    return None if parts is None else "".join(f"[{part.text}]" if part.hit else part.text for part in parts)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  Cotización, MARTES ", ("cotizacion", "martes")),
        ("a_b-c", ("a", "b", "c")),
        ("precio precio", ("precio",)),
        ("¿?! '", ()),
        ("x'); DROP TABLE", ("x", "drop", "table")),
    ],
)
def test_a_search_is_words_without_marks_accents_and_case(text: str, words: tuple[str, ...]) -> None:
    assert wanted_words(text) == words


def test_a_search_has_an_end() -> None:
    assert len(wanted_words(" ".join(f"w{number}" for number in range(50)))) == MOST_WORDS


def test_a_query_asks_for_one_of_each_alternatives() -> None:
    assert as_query(("precio",), ("martes", "marte")) == "('precio':*) & ('martes':* | 'marte':*)"


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("La Cotización y cotizar", ("cotiza",), "La [Cotiza]ción y [cotiza]r"),
        ("a reunião", ("reuniao",), "a [reunião]"),
        ("nada", ("algo",), None),
        ("x" * 90 + " precio " + "y" * 200, ("precio",), "…" + "x" * 59 + " [precio] " + "y" * 119 + "…"),
    ],
)
def test_the_beginning_of_each_word_is_marked_where_it_stands(
    text: str, words: tuple[str, ...], expected: str | None
) -> None:
    assert shown(text, *words) == expected
