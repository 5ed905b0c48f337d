"""What the vault shows: names, masks and times, never a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from core.credential_names import Kind, Provider


@dataclass(frozen=True, slots=True)
class Number:
    """A WhatsApp number that has keys of its own."""

    id: int
    provider: Literal["ycloud", "meta"]
    name: str
    business_number: str


@dataclass(frozen=True, slots=True)
class Credential:
    """One name that the company may set. `masks` is empty where it is not set, else a mask a line.

    `updated_by` is the user who wrote it, None where the command line did.
    """

    name: str
    provider: Provider
    kind: Kind
    number: Number | None
    masks: tuple[str, ...]
    updated_at: datetime | None
    updated_by: int | None
