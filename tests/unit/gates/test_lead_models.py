"""Qualification records and social links refuse what they should not hold."""

import pytest
from pydantic import ValidationError

from orchestrator_service.leads.models import Qualification, SocialLinks


def test_qualification_keeps_what_was_said() -> None:
    record = Qualification.model_validate({"interest": "hot", "score": 90, "evidence": [" quiero comprar ", "hoy"]})
    assert (record.interest, record.score, record.evidence, record.need) == ("hot", 90, ("quiero comprar", "hoy"), None)


@pytest.mark.parametrize(
    "change",
    [
        {"interest": "tepid"},
        {"score": -1},
        {"score": 101},
        {"score": 50.5},
        {"score": True},
        {"score": "50"},
        {"need": "  "},
        {"budget": "x" * 501},
        {"evidence": [""]},
        {"evidence": ["x"] * 21},
        {"tenant_id": 2},
    ],
)
def test_qualification_outside_its_shape_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Qualification.model_validate({"interest": "hot", "score": 50, **change})


@pytest.mark.parametrize("score", [0, 100])
def test_score_reaches_from_nought_to_a_hundred(score: int) -> None:
    assert Qualification(interest="cold", score=score).score == score


def test_qualification_cannot_be_changed() -> None:
    record = Qualification(interest="not_interested", score=0)
    with pytest.raises(ValidationError, match="frozen"):
        record.interest = "hot"  # pyright: ignore[reportAttributeAccessIssue]


def test_social_links_are_stored_as_documented() -> None:
    links = SocialLinks.model_validate(
        {"instagram": "https://instagram.com/ana", "other": ["https://b.example/x?y=1", "HTTPS://C.example"]}
    )
    assert links.model_dump(mode="json", exclude_none=True) == {
        "instagram": "https://instagram.com/ana",
        "other": ["https://b.example/x?y=1", "https://c.example/"],
    }


@pytest.mark.parametrize(
    "url",
    [
        "http://instagram.com/ana",
        "javascript:alert(1)",
        "data:text/html,x",
        "//instagram.com/ana",
        "instagram.com/ana",
        "https://",
        "https://user:secret@instagram.com/",
        "https://user@instagram.com/",
        "https://:secret@instagram.com/",
        "https://example.com/" + "a" * 2100,
        "",
    ],
)
@pytest.mark.parametrize("place", ["instagram", "linkedin", "facebook", "website", "other"])
def test_anything_but_a_plain_https_link_is_refused(place: str, url: str) -> None:
    with pytest.raises(ValidationError):
        SocialLinks.model_validate({place: [url] if place == "other" else url})


def test_network_that_is_not_listed_is_refused() -> None:
    with pytest.raises(ValidationError):
        SocialLinks.model_validate({"myspace": "https://myspace.com/ana"})
