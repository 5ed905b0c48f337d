"""The company's numbers on the wire; keys go in and never come out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, model_validator

from core.phone import display
from core.whatsapp import ProviderName
from orchestrator_service.channels.manage import Shown

_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
_Number = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^\+[1-9][0-9]{6,14}$")]
_ProviderId = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9]{3,40}$")]
_Key = Annotated[SecretStr, Field(min_length=1, max_length=4096)]


class ChannelView(BaseModel):
    """A number. `webhook_url` is what is pasted at the provider; null where it was made before addresses were kept.

    `quality`, `message_limit` and `provider_status` are WhatsApp's words, null where it told none. `check_problem` is
    null where the last check found the key to work. `uncertain` counts messages of which nobody knows whether they
    were sent.
    """

    id: int
    provider: ProviderName
    name: str
    business_number: str
    business_number_shown: str
    waba_id: str | None
    phone_number_id: str | None
    active: bool
    webhook_url: str | None
    has_key: bool
    has_secrets: bool
    quality: str | None
    shown_name: str | None
    message_limit: str | None
    provider_status: str | None
    provider_reason: str | None
    news_at: datetime | None
    checked_at: datetime | None
    check_problem: str | None
    last_inbound_at: datetime | None
    last_sent_at: datetime | None
    last_failed_at: datetime | None
    last_failure: str | None
    uncertain: int

    @classmethod
    def of(cls, shown: Shown, webhook_url: str) -> Self:
        """The number, its webhook's address under the url at which providers reach us."""
        row = shown.row
        own = {name: getattr(row, name) for name in cls.model_fields if hasattr(row, name)}
        address = f"{webhook_url}/webhook/{row.provider}/{shown.address}" if shown.address else None
        return cls(**own, business_number_shown=display(row.business_number), webhook_url=address)


class NewChannelView(ChannelView):
    """A number that was just added. `verify_token` is what Meta asks for beside the address; shown this once."""

    verify_token: str | None = None


class ChannelsView(BaseModel):
    """Every number, oldest first. While `sending_paused` nothing leaves; `simulated`: a demo, which reaches nobody."""

    items: list[ChannelView]
    sending_paused: bool
    simulated: bool


class NewChannelBody(BaseModel):
    """`POST /admin/core/channels`. Keys may be left out and set later in the vault."""

    model_config = ConfigDict(extra="forbid")

    provider: ProviderName
    name: _Name
    business_number: _Number
    waba_id: _ProviderId | None = None
    phone_number_id: _ProviderId | None = None
    api_key: _Key | None = None
    webhook_secret: _Key | None = None


class ChannelBody(BaseModel):
    """`PATCH /admin/core/channels/{id}`: what is left out stays, null empties an id."""

    model_config = ConfigDict(extra="forbid")

    name: _Name | None = None
    active: bool | None = None
    waba_id: _ProviderId | None = None
    phone_number_id: _ProviderId | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if any(getattr(self, name) is None for name in self.model_fields_set & {"name", "active"}):
            raise ValueError("a number has a name and is switched on or off")
        return self

    def given(self) -> dict[str, object]:
        """The fields that were sent."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class SendingBody(BaseModel):
    """`PUT /admin/core/channels/sending`."""

    model_config = ConfigDict(extra="forbid")

    paused: bool


class CheckAsked(BaseModel):
    """The worker will try; the result is in the list, told by SETTINGS_UPDATED."""

    asked: Literal[True] = True
