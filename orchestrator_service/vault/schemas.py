"""The vault on the wire: a value goes in and never comes out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, SecretStr

from core.credential_names import Provider, Shape
from core.phone import display
from orchestrator_service.vault.change import LONGEST_VALUE
from orchestrator_service.vault.models import Credential, Number


class NumberView(BaseModel):
    """The WhatsApp number that a credential belongs to; `business_number_shown` as people write it."""

    id: int
    name: str
    business_number: str
    business_number_shown: str

    @classmethod
    def of(cls, number: Number) -> NumberView:
        """The number."""
        return cls(
            id=number.id,
            name=number.name,
            business_number=number.business_number,
            business_number_shown=display(number.business_number),
        )


class CredentialView(BaseModel):
    """One name. `masks` has a mask for each stored line, newest first, and is empty where nothing is set.

    `shape` says what the value is: one `line`, several `lines` (webhook secrets during a rotation), or a `text`.
    """

    name: str
    provider: Provider
    kind: str
    shape: Shape
    number: NumberView | None
    masks: list[str]
    updated_at: datetime | None
    updated_by: int | None

    @classmethod
    def of(cls, credential: Credential) -> CredentialView:
        """The credential."""
        number = credential.number
        return cls(
            name=credential.name,
            provider=credential.provider,
            kind=credential.kind.key,
            shape=credential.kind.shape,
            number=NumberView.of(number) if number else None,
            masks=list(credential.masks),
            updated_at=credential.updated_at,
            updated_by=credential.updated_by,
        )


class CredentialsView(BaseModel):
    """Every name that the company may set; `simulated` are the providers that a demo answers for."""

    items: list[CredentialView]
    simulated: list[Provider]


class CredentialBody(BaseModel):
    """`PUT /admin/core/credentials/{name}`. Other members are ignored, not named in an error: one may be the value."""

    value: Annotated[SecretStr, Field(min_length=1, max_length=LONGEST_VALUE)]
