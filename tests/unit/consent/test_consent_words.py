"""A message that says «baja» and nothing else ends advertising; a sentence about it does not."""

from __future__ import annotations

import pytest

from core.consent_words import consent_in


@pytest.mark.parametrize("text", ["BAJA", " baja. ", "Stop!", "Dame de baja", "Cancelar inscrição", "*STOP*"])
def test_a_word_takes_consent_back(text: str) -> None:
    assert consent_in(text) is False


@pytest.mark.parametrize("text", ["ALTA", "Start", "¡dar de alta!"])
def test_a_word_gives_it_again(text: str) -> None:
    assert consent_in(text) is True


@pytest.mark.parametrize("text", ["", "¿cuándo dan de baja el descuento?", "la planta baja", "no", "stop by tomorrow"])
def test_anything_else_is_a_message(text: str) -> None:
    assert consent_in(text) is None
