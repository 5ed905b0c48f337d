"""Which leads are meant: by a list, a board's figures, a broadcast. Pure; the statements of each ask for the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from orchestrator_service.leads.models import Interest
from orchestrator_service.leads.searching import digits_of, words_of

Between: TypeAlias = tuple[datetime | None, datetime | None]


@dataclass(frozen=True, slots=True)
class WantedLeads:
    """What a list shall hold; None: whatever.

    `text` is searched for (`searching.py`); `created` and `active` are from and until, `score` least and most, both
    included; `binned`: of the deleted leads.
    """

    stage_key: str | None = None
    interest: Interest | None = None
    owner_user_id: int | None = None
    unassigned: bool = False
    source: str | None = None
    text: str | None = None
    campaign: str | None = None
    tag_id: int | None = None
    field: tuple[str, str] | None = None
    score: tuple[int | None, int | None] = (None, None)
    created: Between = (None, None)
    active: Between = (None, None)
    open_task: bool | None = None
    binned: bool = False


def conditions(wanted: WantedLeads) -> dict[str, object]:
    """As the statements take it."""
    key, value = wanted.field or (None, None)
    text = wanted.text
    return {
        "stage_key": wanted.stage_key,
        "interest": wanted.interest,
        "owner_user_id": wanted.owner_user_id,
        "nobodys": wanted.unassigned,
        "source": wanted.source,
        "campaign": wanted.campaign,
        "tag_id": wanted.tag_id,
        "field_key": key,
        "field_value": value,
        "score_min": wanted.score[0],
        "score_max": wanted.score[1],
        "created_from": wanted.created[0],
        "created_to": wanted.created[1],
        "active_from": wanted.active[0],
        "active_to": wanted.active[1],
        "open_task": wanted.open_task,
        "words": words_of(text) if text else None,
        "part": text.strip().lower() if text else None,
        "digits": digits_of(text) if text else None,
        "binned": wanted.binned,
    }
