"""The times to tap are the times that the reply names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator_service.agent.toolbox import AVAILABILITY, BOOKING
from orchestrator_service.chat.evidence import choices_to_tap
from orchestrator_service.chat.turn_models import Effect

if TYPE_CHECKING:
    from core.json_types import Json

LABELS = ("mar 1 dic, 09:00", "mar 1 dic, 11:30", "mar 1 dic, 13:00")
OFFERS: list[Json] = [{"offer_id": str(n), "label": label, "seller": "Laura"} for n, label in enumerate(LABELS)]
LOOKED = Effect(AVAILABILITY, {"offers": OFFERS})


def test_the_third_to_tap_is_the_third_that_is_read() -> None:
    named = choices_to_tap([LOOKED], "1. mar 1 dic, 09:00 con Laura\n2. mar 1 dic, 13:00 con Laura")
    assert [choice.title for choice in named] == ["mar 1 dic, 09:00", "mar 1 dic, 13:00"]


def test_all_are_there_where_the_reply_names_none() -> None:
    assert [choice.id for choice in choices_to_tap([LOOKED], "Elige el que prefieras")] == ["0", "1", "2"]


def test_nothing_is_offered_beside_a_booking() -> None:
    assert choices_to_tap([LOOKED, Effect(BOOKING, {})], LABELS[0]) == []
