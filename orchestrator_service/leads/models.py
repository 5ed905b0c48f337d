"""What a lead is made of where its shape is documented: interest, qualification and `leads.social_links` (JSONB)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, StringConstraints, UrlConstraints

from core.json_types import JsonObject
from orchestrator_service.fields.values import CustomValues

Interest = Literal["hot", "warm", "cold", "not_interested"]

_Note = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=500)]


class Qualification(BaseModel):
    """How interested a lead is and what that is concluded from; the record without which no availability is shown.

    `score` is 0 to 100; `evidence` are quotes of the lead's own words, in the order they were said; `reasons` say what
    the score is made of, where whoever judged can tell (`asks for a meeting +60`).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    interest: Interest
    score: int = Field(strict=True, ge=0, le=100)
    need: _Note | None = None
    budget: _Note | None = None
    timeline: _Note | None = None
    decision_maker: _Note | None = None
    evidence: tuple[_Note, ...] = Field(default=(), max_length=20)
    reasons: tuple[_Note, ...] = Field(default=(), max_length=20)


def _without_login(url: HttpUrl) -> HttpUrl:
    if url.username is not None or url.password is not None:
        raise ValueError("a link carries no user name or password")
    return url


HttpsUrl = Annotated[
    HttpUrl,
    UrlConstraints(allowed_schemes=["https"], host_required=True, max_length=2083),
    AfterValidator(_without_login),
]


class SocialLinks(BaseModel):
    """`leads.social_links`: `{"instagram": "https://…", "linkedin": …, "facebook": …, "website": …, "other": […]}`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    instagram: HttpsUrl | None = None
    linkedin: HttpsUrl | None = None
    facebook: HttpsUrl | None = None
    website: HttpsUrl | None = None
    other: tuple[HttpsUrl, ...] = Field(default=(), max_length=20)


class LeadFields(BaseModel):
    """What the team may write on a lead; `value` is in `currency` (ISO 4217), both or neither.

    Not validated for the wire: `schemas.py` is. None means empty. `lost_reason` outlives the stage lost: only there it
    is shown.
    """

    model_config = ConfigDict(frozen=True)

    full_name: str | None = None
    phone: str | None = None
    email: str | None = None
    company: str | None = None
    need: str | None = None
    language: Literal["es", "en", "pt"] | None = None
    stage_key: str = "new"
    owner_user_id: int | None = None
    value: Decimal | None = None
    currency: str | None = None
    social_links: SocialLinks = SocialLinks()
    lost_reason: str | None = None
    source: str = "manual"
    campaign: str | None = None
    custom: CustomValues = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Incoming:
    """What somebody says of themselves who came by a form, another system or an advertisement."""

    source: str
    full_name: str | None = None
    phone: str | None = None
    email: str | None = None
    company: str | None = None
    need: str | None = None
    language: str | None = None
    referral: JsonObject | None = None
