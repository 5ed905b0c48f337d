"""Outgoing webhooks on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from core.paging import DEFAULT_PAGE, LARGEST_PAGE
from core.secret import Secret
from orchestrator_service.webhooks.models import OVERLAP, Delivery, DeliveryState, Endpoint, EventType
from orchestrator_service.webhooks.repository import EndpointFields

_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=r"^[^\x00]*$")]
_Url = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000, pattern=r"^[!-~]*$")]
_Events = Annotated[list[EventType], Field(min_length=1, max_length=8)]


class NewEndpointBody(BaseModel):
    """`POST /admin/core/webhooks`. `url` is https; on a demo installation http to this machine is allowed, too."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"name": "Billing", "url": "https://example.com/nexus", "event_types": ["NEW_LEAD"]}]
        },
    )

    name: _Name
    url: _Url
    event_types: _Events

    def fields(self) -> EndpointFields:
        """As the slice takes it."""
        return EndpointFields(self.name, self.url, list(dict.fromkeys(self.event_types)))


class EndpointBody(BaseModel):
    """`PATCH /admin/core/webhooks/{endpoint_id}`: what is given is changed. `active`: whether it is told anything."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"active": False}]})

    name: _Name | None = None
    url: _Url | None = None
    event_types: _Events | None = None
    active: bool | None = None

    def given(self) -> dict[str, object]:
        """By the names of the endpoint's fields."""
        changes: dict[str, object] = {"name": self.name, "url": self.url, "event_types": self.event_types}
        changes["state"] = None if self.active is None else "active" if self.active else "paused"
        return {name: value for name, value in changes.items() if value is not None}


class EndpointView(BaseModel):
    """An endpoint and how it does; `former_secret_until` while the secret before the last one signs, too."""

    id: int
    name: str
    url: str
    event_types: list[EventType]
    state: Literal["active", "paused", "gone", "failing"]
    failing_since: datetime | None
    last_success_at: datetime | None
    former_secret_until: datetime | None
    created_at: datetime
    waiting: int
    dead: int

    @classmethod
    def of(cls, endpoint: Endpoint, now: datetime) -> EndpointView:
        """The endpoint."""
        until = endpoint.rotated_at + OVERLAP if endpoint.rotated_at else None
        return cls(
            id=endpoint.id,
            name=endpoint.name,
            url=endpoint.url,
            event_types=endpoint.event_types,
            state=endpoint.state,
            failing_since=endpoint.failing_since,
            last_success_at=endpoint.last_success_at,
            former_secret_until=until if until and until > now else None,
            created_at=endpoint.created_at,
            waiting=endpoint.waiting,
            dead=endpoint.dead,
        )


class EndpointsView(BaseModel):
    """All of the company's, oldest first."""

    items: list[EndpointView]


class SecretView(BaseModel):
    """An endpoint with its new secret, which is shown this once."""

    endpoint: EndpointView
    secret: str

    @classmethod
    def of(cls, endpoint: Endpoint, secret: Secret, now: datetime) -> SecretView:
        """Both."""
        return cls(endpoint=EndpointView.of(endpoint, now), secret=secret.reveal())


class DeliveryView(BaseModel):
    """A delivery with its last attempt. `answer` is a stranger's text, its first kilobyte."""

    id: int
    message_id: str
    type: str
    seq: int | None
    state: DeliveryState
    attempts: int
    happened_at: datetime
    due_at: datetime
    settled_at: datetime | None
    status: int | None
    ms: int | None
    problem: Literal["refused_address", "no_connection", "timeout", "status"] | None
    answer: str | None

    @classmethod
    def of(cls, delivery: Delivery) -> DeliveryView:
        """The delivery."""
        return cls.model_validate(delivery, from_attributes=True)


class LogQuery(BaseModel):
    """What `GET …/deliveries` is asked for."""

    state: DeliveryState | None = None
    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE
    cursor: Annotated[str, StringConstraints(max_length=200)] | None = None


class ReplayBody(BaseModel):
    """`POST …/replay`: what failed for good of all that happened since then is sent again."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"since": "2026-11-01T00:00:00Z"}]})

    since: AwareDatetime


class ReplayedView(BaseModel):
    """How many deliveries wait again."""

    replayed: int
