"""What an alert says: every kind in every language, never a word of the customer's."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal, get_args

import pytest

from orchestrator_service.alerts.models import TOPIC_OF, Facts
from orchestrator_service.alerts.wording import path_of, say
from orchestrator_service.notifications.models import Cause, Kind, NotificationData

LANGUAGES: tuple[Literal["es", "en", "pt"], ...] = ("es", "en", "pt")
KINDS: tuple[Kind, ...] = get_args(Kind)
CAUSES: tuple[Cause, ...] = get_args(Cause)


def facts(kind: Kind, language: Literal["es", "en", "pt"] = "es", name: str | None = "Ana", **data: object) -> Facts:
    about = NotificationData.model_validate(data)
    zone = "America/Argentina/Buenos_Aires"
    return Facts(kind, about, name, "/inbox/1", "tag", "Acme", "Luz", "luz@example.com", language, zone)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_words_and_a_topic(kind: Kind, language: Literal["es", "en", "pt"]) -> None:
    said = say(facts(kind, language, score=82, starts_at=datetime(2026, 12, 1, 15, tzinfo=UTC)))
    assert said
    assert "{" not in said
    assert kind in TOPIC_OF


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("cause", CAUSES)
def test_every_cause_has_words(cause: Cause, language: Literal["es", "en", "pt"]) -> None:
    assert "Ana" in say(facts("failure", language, cause=cause))


def test_a_meeting_is_told_by_the_companys_clock() -> None:
    assert say(facts("booking", starts_at="2026-12-01T15:00:00Z")) == "Ana tiene reunión: mar 1 dic, 12:00"


def test_a_name_with_lines_and_braces_stays_one_line_and_is_no_pattern() -> None:
    assert say(facts("hot_lead", name="Ana\n{when}  x", score=9)) == "Lead caliente: Ana {when} x, 9"
    assert say(facts("person_needed", "en", None)) == "A lead needs a person"


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("account_waiting", "/people"),
        ("totp_reset", "/sessions"),
        ("booking", "/calendar"),
        ("hot_lead", "/leads/7"),
        ("person_needed", "/inbox/3"),
        ("draft_waiting", "/inbox/3"),
    ],
)
def test_it_leads_to_its_record(kind: Kind, path: str) -> None:
    assert path_of(kind, 3, 7) == path


def test_an_import_leads_to_itself() -> None:
    assert (path_of("import_finished", None, None, 4), path_of("import_finished", None, None)) == (
        "/imports/4",
        "/imports",
    )


def test_it_leads_somewhere_without_a_record() -> None:
    assert (path_of("mention", None, None), path_of("mention", None, 7)) == ("/inbox", "/leads/7")
