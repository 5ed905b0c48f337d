"""Who is told: the owners, else those whose scope reaches the record; ceos of failures; never who caused it."""

from __future__ import annotations

import pytest

from core.principal import ROLES
from orchestrator_service.notifications.models import Kind
from orchestrator_service.notifications.recipients import recipients
from orchestrator_service.notifications.repository import Worker

TEAM = [Worker(number, role) for number, role in enumerate(ROLES, start=1)]
IDS = {worker.role: worker.id for worker in TEAM}


def told(kind: Kind, *owners: str, caused_by: str | None = None) -> list[str]:
    ids = recipients(
        kind,
        TEAM,
        {IDS[owner] for owner in owners},  # pyright: ignore[reportArgumentType] - roles by name
        tenant_id=7,
        caused_by=IDS[caused_by] if caused_by else None,  # pyright: ignore[reportArgumentType] - as above
    )
    return [ROLES[number - 1] for number in ids]


@pytest.mark.parametrize(
    ("kind", "everyone"),
    [
        ("person_needed", ["ceo", "secretary", "setter"]),
        ("failure", ["ceo", "secretary", "setter"]),
        ("hot_lead", ["ceo", "secretary", "setter"]),
        ("booking", ["ceo", "secretary", "setter"]),
        ("account_waiting", ["ceo"]),
        ("calendar_lost", ["ceo"]),
    ],
)
def test_what_nobody_owns_is_told_to_whoever_may_work_on_it(kind: Kind, everyone: list[str]) -> None:
    assert told(kind) == everyone


def test_what_is_owned_is_told_to_its_owners_alone_and_failures_to_the_ceo_too() -> None:
    assert told("person_needed", "closer") == ["closer"]
    assert told("booking", "professional", "setter") == ["professional", "setter"]
    assert told("failure", "closer") == ["ceo", "closer"]


def test_who_caused_it_is_not_told_and_nobody_in_their_place() -> None:
    assert told("booking", "closer", caused_by="closer") == []
    assert told("failure", caused_by="ceo") == ["secretary", "setter"]


def test_an_owner_who_is_not_there_any_more_leaves_it_to_those_who_see_everything() -> None:
    assert recipients("person_needed", TEAM, {99}, tenant_id=7, caused_by=None) == [IDS["ceo"], IDS["secretary"]]


@pytest.mark.parametrize("kind", ["recovery_code_used", "totp_reset", "codes_refused"])
def test_what_is_personal_is_told_to_its_owner_and_to_nobody_in_their_place(kind: Kind) -> None:
    assert told(kind, "closer") == ["closer"]
    assert recipients(kind, TEAM, {99}, tenant_id=7, caused_by=None) == []


def test_a_lost_calendar_is_the_sellers_and_the_ceos() -> None:
    assert told("calendar_lost", "closer") == ["ceo", "closer"]
