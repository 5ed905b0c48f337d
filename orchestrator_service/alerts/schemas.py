"""Alerts on the wire."""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from core.paging import LARGEST_ID
from core.secret import Secret
from orchestrator_service.agenda.zone_time import UnknownZoneError, parse_zone
from orchestrator_service.alerts.models import (
    TOPICS,
    USUAL,
    Channel,
    CompanyRules,
    Device,
    Endpoint,
    Preferences,
    Topic,
)


def _known_zone(name: str) -> str:
    try:
        parse_zone(name)
    except UnknownZoneError as error:
        raise ValueError(str(error)) from error
    return name


_Zone = Annotated[str, StringConstraints(max_length=64), AfterValidator(_known_zone)]
_Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
_Key = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[A-Za-z0-9_-]+=*$")]


class DeviceView(BaseModel):
    """A browser that is switched on; `current`: with the login that asks."""

    id: int
    user_agent: str | None
    created_at: datetime
    last_success_at: datetime | None
    current: bool

    @classmethod
    def of(cls, device: Device, session_id: UUID | None) -> Self:
        """The device."""
        return cls(
            id=device.id,
            user_agent=device.user_agent,
            created_at=device.created_at,
            last_success_at=device.last_success_at,
            current=device.session_id == session_id,
        )


class PushView(BaseModel):
    """`public_key` null: this installation sends no push."""

    public_key: str | None
    devices: list[DeviceView]


class SubscriptionKeys(BaseModel):
    """As `PushSubscription.toJSON()` has them."""

    model_config = ConfigDict(extra="forbid")

    p256dh: _Key
    auth: _Key


class SubscriptionBody(BaseModel):
    """`POST /notifications/push`."""

    model_config = ConfigDict(extra="forbid")

    endpoint: Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=r"^[\x21-\x7e]+$")]
    keys: SubscriptionKeys

    def where(self) -> Endpoint:
        """As the business has it."""
        return Endpoint(Secret(self.endpoint), self.keys.p256dh, Secret(self.keys.auth))


class SubscribedView(BaseModel):
    """The browser that was switched on."""

    id: int


class PreferencesBody(BaseModel):
    """`PUT /notifications/alerts`. A topic that is not named has the usual ways; quiet hours are both or none."""

    model_config = ConfigDict(extra="forbid")

    channels: dict[Topic, Annotated[list[Channel], Field(max_length=3)]]
    quiet_from: _Clock | None
    quiet_to: _Clock | None
    zone: _Zone | None
    phone: Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=40)] | None

    @model_validator(mode="after")
    def _both_or_none(self) -> Self:
        if (self.quiet_from is None) != (self.quiet_to is None):
            raise ValueError("quiet hours have a beginning and an end")
        return self

    def preferences(self) -> Preferences:
        """As the business has it; each way once."""
        return Preferences(
            channels={topic: list(dict.fromkeys(ways)) for topic, ways in self.channels.items()},
            quiet_from=time.fromisoformat(self.quiet_from) if self.quiet_from else None,
            quiet_to=time.fromisoformat(self.quiet_to) if self.quiet_to else None,
            zone=self.zone,
            phone=self.phone,
        )


class PreferencesView(BaseModel):
    """What the caller chose; every topic is there."""

    channels: dict[Topic, list[Channel]]
    quiet_from: str | None
    quiet_to: str | None
    zone: str | None
    phone: str | None

    @classmethod
    def of(cls, chosen: Preferences) -> Self:
        """The preferences."""
        ways = {topic: chosen.channels.get(topic, list(USUAL)) for topic in TOPICS}
        return cls.model_validate(
            {
                "channels": ways,
                "quiet_from": f"{chosen.quiet_from:%H:%M}" if chosen.quiet_from is not None else None,
                "quiet_to": f"{chosen.quiet_to:%H:%M}" if chosen.quiet_to is not None else None,
                "zone": chosen.zone,
                "phone": chosen.phone,
            }
        )


class CompanyRulesBody(BaseModel):
    """`PUT /notifications/alerts/company`."""

    model_config = ConfigDict(extra="forbid")

    show_names: bool
    template_id: Annotated[int, Field(ge=1, le=LARGEST_ID)] | None

    def rules(self) -> CompanyRules:
        """As the business has it."""
        return CompanyRules(self.show_names, self.template_id)


class CompanyRulesView(BaseModel):
    """What holds for everybody of the company."""

    show_names: bool
    template_id: int | None

    @classmethod
    def of(cls, rules: CompanyRules) -> Self:
        """The rules."""
        return cls(show_names=rules.show_names, template_id=rules.template_id)


class AlertsView(BaseModel):
    """`GET /notifications/alerts`. `mail`, `whatsapp`: whether there is such a way at all."""

    preferences: PreferencesView
    company: CompanyRulesView
    mail: bool
    whatsapp: bool
