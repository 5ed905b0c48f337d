"""A document is cut without losing a word, never beyond the bound, and in time that grows with its length alone."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_service.knowledge.chunking import LONGEST, OVERLAP, PATH, chunks_of, chunks_of_pages

WORDS = st.sampled_from(
    ["precio", "plan", "US$ 90.", "¿Cuánto?", "a" * 1500, "\n", "\n\n", "# Uno\n", "\n## Dos\n", ";", "é"]
)
DOCUMENTS = st.lists(st.one_of(WORDS, st.text(max_size=300)), max_size=60).map(" ".join)


@given(DOCUMENTS)
def test_nothing_is_lost_and_nothing_is_made_up(text: str) -> None:
    chunks = chunks_of(text)
    covered = bytearray(len(text))
    for chunk in chunks:
        assert chunk.text == text[chunk.start : chunk.end]
        covered[chunk.start : chunk.end] = b"\x01" * (chunk.end - chunk.start)
    assert [char for char, known in zip(text, covered, strict=True) if not known and not char.isspace()] == []


@given(DOCUMENTS)
def test_the_bounds_hold(text: str) -> None:
    chunks = chunks_of(text)
    assert all(0 < len(chunk.text) <= LONGEST and chunk.text == chunk.text.strip() for chunk in chunks)
    assert all(after.start > before.start and after.end > before.end for before, after in pairwise(chunks))
    assert all(before.end - after.start <= OVERLAP for before, after in pairwise(chunks))


def test_a_passage_knows_the_headings_above_it() -> None:
    text = "Antes\n# Precios\nEn dólares.\n## Plan Básico\nUS$ 90 al mes.\n# Horarios\nDe 9 a 18."
    assert [(chunk.heading, chunk.text) for chunk in chunks_of(text)] == [
        ("", "Antes"),
        ("Precios", "# Precios\nEn dólares."),
        (f"Precios{PATH}Plan Básico", "## Plan Básico\nUS$ 90 al mes."),
        ("Horarios", "# Horarios\nDe 9 a 18."),
    ]


def test_a_passage_that_goes_on_begins_with_the_last_sentence() -> None:
    sentences = [f"La frase número {number} dice algo que importa." for number in range(60)]
    first, second, *_ = chunks_of(" ".join(sentences))
    assert 0 < first.end - second.start <= OVERLAP
    assert second.text.startswith("La frase número")


def test_a_decimal_point_ends_no_sentence() -> None:
    long = "x" * (LONGEST - 30)
    assert [chunk.text[-12:] for chunk in chunks_of(f"{long}. El plan cuesta US$ 1.250 al mes.")][
        -1
    ] == "1.250 al mes."[-12:]


def test_pages_are_numbered_from_one_and_empty_ones_say_nothing() -> None:
    assert [(chunk.page, chunk.text) for chunk in chunks_of_pages(["Uno", " ", "Tres"])] == [(1, "Uno"), (3, "Tres")]


@pytest.mark.parametrize("unit", ["a", ". ", "\n", "# x\n", "Una frase. ", "#", "a;b"])
def test_time_is_linear(unit: str) -> None:
    """Eight times the text takes about eight times as long; quadratic would be sixty-four."""

    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        taken = list[float]()
        for _ in range(3):
            began = time.process_time()
            chunks_of(text)
            taken.append(time.process_time() - began)
        return min(taken)

    assert seconds(400_000) < 30 * max(seconds(50_000), 0.002)
