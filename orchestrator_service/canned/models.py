"""Canned replies as the business knows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Canned:
    """A row of `canned_replies`. `owner_user_id` None: the company's. `author_user_id` is whoever changed it last."""

    id: int
    owner_user_id: int | None
    title: str
    shortcut: str
    body: str
    language: str | None
    author_user_id: int
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class CannedFields:
    """What a person decides about a reply."""

    title: str
    shortcut: str
    body: str
    language: str | None
    owner_user_id: int | None
