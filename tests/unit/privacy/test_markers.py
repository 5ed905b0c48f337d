"""What finds a person in the texts of others, and what must not."""

from __future__ import annotations

import json

from orchestrator_service.privacy.markers import Known, markers_of


def test_a_number_is_found_however_it_is_written() -> None:
    numbers = markers_of([Known("phone", "+54 9 11 5566-7788")]).numbers
    for written in ("5491155667788", "541155667788", "1155667788", "0054 9 (11) 5566 7788"):
        digits = "".join(filter(str.isdigit, written))
        assert any(number in digits for number in numbers), written
    assert not any(number in "1155667789" for number in numbers)


def test_a_name_is_found_in_json_and_in_a_webhooks_bytes() -> None:
    words = markers_of([Known("name", "Zoé Núñez")]).words
    assert "zoé núñez" in words
    escaped = json.dumps({"name": "Zoé Núñez"}).lower()
    assert any(word in escaped for word in words)


def test_a_first_name_or_a_short_number_finds_nobody() -> None:
    found = markers_of([Known("name", "Ana"), Known("name", "Anastasia"), Known("phone", "1234"), Known("name", " ")])
    assert (found.words, found.numbers) == ([], [])
