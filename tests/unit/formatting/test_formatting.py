"""Replies reach WhatsApp in its own marks, whole, in messages that fit."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_service.messaging.formatting import WHATSAPP_LIMIT, split_text, to_whatsapp

_CONTRACT = Path(__file__).parents[2] / "fixtures" / "contracts" / "whatsapp_formatting.json"


def test_the_limit_is_the_contract_s() -> None:
    assert json.loads(_CONTRACT.read_bytes())["limits"]["text"] == WHATSAPP_LIMIT


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("**b**", "*b*"),
        ("__b__", "*b*"),
        ("*i*", "_i_"),
        ("_i_", "_i_"),
        ("***both***", "*_both_*"),
        ("~~gone~~", "~gone~"),
        ("# H", "*H*"),
        ("### **Planes** ##", "*Planes*"),
        ("#hashtag", "#hashtag"),
        ("[t](https://u.example)", "t (https://u.example)"),
        ("[https://u.example](https://u.example)", "https://u.example"),
        ("![foto](https://u.example/a.png)", "foto (https://u.example/a.png)"),
        ('[t](https://u.example "título")', "t (https://u.example)"),
        ("<https://u.example>", "https://u.example"),
        ("**[t](https://u.example)**", "*t (https://u.example)*"),
        ("* item", "- item"),
        ("+ item", "- item"),
        ("  * dentro", "- dentro"),
        ("a\n  * dentro", "a\n  - dentro"),
        ("- **uno**: dos", "- *uno*: dos"),
        ("* *uno* y *dos*", "- _uno_ y _dos_"),
        ("1. uno\n2. dos", "1. uno\n2. dos"),
        ("> cita", "> cita"),
        ("a\n\n---\n\nb", "a\n\nb"),
        ("a\n***\nb", "a\nb"),
        (
            "| Plan | Precio |\n|---|---:|\n| Pro | **$90** |\n| Max | |\nfin",
            "- Plan: Pro · Precio: *$90*\n- Plan: Max\nfin",
        ),
        ("Plan | Precio\n--- | ---\nPro | 90", "- Plan: Pro · Precio: 90"),
        ("|a|\n|-|\n|x|y|", "- a: x · y"),
        ("a | b sin tabla", "a | b sin tabla"),
        ("<p>Hola <b>Ana</b><br>chau</p>", "Hola *Ana*\nchau"),
        ("<ul><li>uno</li><li>dos</li></ul>", "- uno\n- dos"),
        ("<!-- nota -->Hola &amp; chau", "Hola & chau"),
        ("3 < 5 y 7 > 2", "3 < 5 y 7 > 2"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("usa `a**b**c`", "usa `a**b**c`"),
        ("```python\nx = **y\n```", "```x = **y```"),
        (r"\*no\*", "*no*"),
        ("a\r\nb", "a\nb"),
        ("a\n\n\n\nb  \nc", "a\n\nb\nc"),
        ("snake_case_name", "snake_case_name"),
        ("", ""),
    ],
)
def test_markdown_becomes_whatsapp_text(markdown: str, expected: str) -> None:
    assert to_whatsapp(markdown) == expected


@given(st.text(alphabet="ab *_~`#|-[]()<>\\\n\ue000\ue0010", max_size=120))
def test_no_markdown_breaks_the_translation_or_leaves_a_placeholder(markdown: str) -> None:
    text = to_whatsapp(markdown)

    assert not set("\ue000\ue001\ue002") & set(text)


@pytest.mark.parametrize("piece", ["[", "**a ", "*a ", "<a ", "| ", "`", "~~a", "![a](", "<!--", "\\", "- ", "# "])
def test_adversarial_markdown_is_translated_in_reasonable_time(piece: str) -> None:
    assert isinstance(to_whatsapp(piece * 3_000), str)


def _solid(text: str) -> str:
    return "".join(text.split())


@given(st.text(alphabet=st.one_of(st.sampled_from(" \n.!?"), st.characters()), max_size=400), st.integers(1, 90))
def test_splitting_loses_nothing_but_whitespace_and_leaves_no_empty_part(text: str, limit: int) -> None:
    parts = split_text(text, limit)

    assert _solid("".join(parts)) == _solid(text)
    assert all(0 < len(part) <= limit and part == part.strip() for part in parts)


@given(st.text(max_size=60))
def test_a_short_text_stays_whole(text: str) -> None:
    assert split_text(text) == ([text.strip()] if text.strip() else [])


def test_a_paragraph_is_the_first_choice_of_seam() -> None:
    assert split_text("Uno dos tres cuatro.\n\nCinco. Seis siete", 30) == ["Uno dos tres cuatro.", "Cinco. Seis siete"]


def test_a_sentence_comes_before_a_word() -> None:
    assert split_text("Primera frase larga. Segunda frase larga", 30) == ["Primera frase larga.", "Segunda frase larga"]


def test_a_seam_in_the_first_half_does_not_waste_a_message() -> None:
    assert split_text("Sí. " + "palabra " * 5, 30) == ["Sí. palabra palabra palabra", "palabra palabra"]


def test_a_margin_below_the_limit_stays_free() -> None:
    parts = split_text("a" * 10_000)

    assert max(map(len, parts)) == 4096 - 64


def test_a_hard_cut_does_not_tear_a_joined_emoji() -> None:
    family = "👨\u200d👩\u200d👧"

    assert split_text("a" * 8 + family, 10) == ["a" * 8, family]


def test_a_cluster_longer_than_a_message_is_cut_anyway() -> None:
    assert _solid("".join(split_text("a" + "\u0301" * 30, 10))) == "a" + "\u0301" * 30


def test_no_room_is_an_error() -> None:
    with pytest.raises(ValueError, match="room"):
        split_text("hola", 0)
