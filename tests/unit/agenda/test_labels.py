"""Labels of times fit a list row and read like a person's."""

from datetime import UTC, datetime, timedelta

import pytest

from orchestrator_service.agenda.labels import LONGEST_LABEL, Language, label_of

BUENOS_AIRES = "America/Argentina/Buenos_Aires"
AT = datetime(2026, 11, 24, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "label"), [("es", "mar 24 nov, 10:30"), ("pt", "ter 24 nov, 10:30"), ("en", "Tue 24 Nov, 10:30")]
)
def test_a_label_names_the_day_and_the_time_of_the_readers_zone(language: Language, label: str) -> None:
    assert label_of(AT, BUENOS_AIRES, language) == label


def test_the_day_is_that_of_the_zone() -> None:
    assert label_of(datetime(2026, 12, 1, 1, 0, tzinfo=UTC), BUENOS_AIRES, "es") == "lun 30 nov, 22:00"


@pytest.mark.parametrize("language", ["es", "en", "pt"])
def test_no_label_of_a_year_is_too_long_and_each_is_its_own(language: Language) -> None:
    labels = [label_of(AT + timedelta(days=day), BUENOS_AIRES, language) for day in range(365)]
    assert max(map(len, labels)) <= LONGEST_LABEL
    assert len(set(labels)) == 365
