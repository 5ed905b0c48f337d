"""What of a question is searched, what a page says, and what names nobody any more."""

from __future__ import annotations

import time

import pytest

from orchestrator_service.knowledge.asking import asked_word, groups_of, language_of
from orchestrator_service.knowledge.fusing import fused
from orchestrator_service.knowledge.page_text import is_markup, page_text
from orchestrator_service.knowledge.scrubbing import scrubbed

PAGE = """<!DOCTYPE html><html><head><title>Precios | Acme</title>
<style>p{}</style><script>alert('hola')</script></head>
<body><nav><a>Inicio</a></nav><h1>Precios</h1><p>En d&oacute;lares,
sin IVA.</p><table><tr><th>Plan</th><th>Mes</th></tr><tr><td>Básico</td><td>US$ 90</td></tr></table>
<ul><li>Sin permanencia<li>Con soporte</ul><form>Tu correo<input></form><footer>© Acme</footer></body></html>"""


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Hola, ¿cuánto cuesta el plan premium?", ["cuesta", "plan", "premium"]),
        ("How much is it?", ["precio"]),
        ("¿Dónde están ubicados?", ["ubicados"]),
        ("¿dónde quedan?", ["direccion"]),
        ("Vocês aceitam cartão?", ["aceitam", "cartao"]),
        ("¿Tienen estacionamiento?", ["estacionamiento"]),
        ("¿y eso qué es?", []),
    ],
)
def test_only_words_that_mean_something_are_searched(question: str, words: list[str]) -> None:
    assert [asked_word(group) for group in groups_of(question)] == words


def test_words_that_mean_the_same_stand_together_in_three_languages() -> None:
    (price,) = groups_of("¿Cuánto vale y qué precio tiene?")
    assert {"precio", "price", "preco", "tarifa"} <= set(price.split())


def test_a_long_text_is_cut() -> None:
    assert len(groups_of(" ".join(f"palabra{number}" for number in range(500)))) == 12


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("El plan incluye todo lo que necesitas para tu clínica.", "es"),
        ("The plan has everything that you need for your clinic.", "en"),
        ("O plano tem tudo o que você precisa para a sua clínica.", "pt"),
        ("US$ 90 / 120", "pt"),
    ],
)
def test_a_document_tells_its_language_or_has_the_usual_one(text: str, language: str) -> None:
    assert language_of([text], "pt") == language


def test_of_a_page_the_words_are_kept_and_its_menus_are_not() -> None:
    title, text = page_text(PAGE)
    assert title == "Precios | Acme"
    assert text.startswith("# Precios\n")
    assert "En dólares, sin IVA." in text
    assert "Básico | US$ 90" in text
    assert "- Sin permanencia\n- Con soporte" in text
    assert not [word for word in ("alert", "Inicio", "Tu correo", "©", "<") if word in text]


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 50_000,
        "<nav>" * 50_000,
        "<" * 100_000,
        "<p " * 50_000,
        "&#" * 50_000,
        "<!--" * 50_000,
        "<style>" * 50_000,
        "<x>" * 50_000,
    ],
)
def test_hostile_markup_takes_no_time(source: str) -> None:
    began = time.process_time()
    page_text(source)
    assert time.process_time() - began < 3


def test_what_is_a_page_is_told_from_what_is_none() -> None:
    assert is_markup("  <!doctype html><p>x")
    assert is_markup("<div class='x'>")
    assert not is_markup("# Precios\n< 10 unidades: US$ 9")


def test_what_names_a_person_is_taken_out_and_figures_stay() -> None:
    said = "Hola JOSÉ Pérez, son US$ 1.250.000 o 90 USD; escríbame a jose@mail.com o al +54 9 11 5555-1234, @jose.perez"
    kept = scrubbed(said, ["José Pérez"])
    assert "US$ 1.250.000" in kept
    assert "90 USD" in kept
    assert not [part for part in ("JOSÉ", "Pérez", "mail.com", "5555", "jose") if part in kept]


def test_a_name_within_a_word_stays() -> None:
    assert scrubbed("Analizamos tu caso, Ana", ["Ana"]) == "Analizamos tu caso, …"


def test_what_both_rankings_hold_comes_first() -> None:
    assert fused([1, 2, 3], [9, 3]) == [3, 1, 9, 2]
    assert fused([1, 2]) == [1, 2]
