"""Lead Ads (contracts README §2, meta_lead_ads.json): what `leadgen` tells in a webhook, and what Graph says of a lead.

A webhook names a lead and holds none of its answers. Pure: no network; ids come as numbers or as text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from core.wire import UnreadableBodyError, object_at, objects_at, read_object

if TYPE_CHECKING:
    from core.whatsapp import JsonObject

OBJECT: Final = "page"
FIELD: Final = "leadgen"
MOST_NOTICES: Final = 1000
_ID: Final = re.compile(r"[0-9]{1,32}", re.ASCII)


@dataclass(frozen=True, slots=True)
class LeadNotice:
    """A lead that waits at Meta, by its id, and the page that it belongs to."""

    leadgen_id: str
    page_id: str


@dataclass(frozen=True, slots=True)
class AdLead:
    """What Graph says of a lead: its answers by question, and where it came from."""

    answers: dict[str, str] = field(default_factory=dict[str, str])
    form_id: str | None = None
    ad_name: str | None = None
    campaign_id: str | None = None


def read_notices(raw: bytes) -> tuple[LeadNotice, ...] | None:
    """Every lead that a delivery names; None where it is no delivery of a page's. Never raises."""
    try:
        delivery = read_object(raw)
    except UnreadableBodyError:
        return None
    if delivery.get("object") != OBJECT:
        return None
    found: list[LeadNotice] = []
    for entry in objects_at(delivery, "entry"):
        for change in objects_at(entry, "changes"):
            value = object_at(change, "value") or {}
            leadgen, page = id_of(value, "leadgen_id"), id_of(value, "page_id") or id_of(entry, "id")
            if change.get("field") == FIELD and leadgen and page and len(found) < MOST_NOTICES:
                found.append(LeadNotice(leadgen, page))
    return tuple(dict.fromkeys(found))


def read_ad_lead(content: JsonObject) -> AdLead:
    """The lead in Graph's answer; of several values of one question all, one a line."""
    answers: dict[str, str] = {}
    for item in objects_at(content, "field_data"):
        name, values = item.get("name"), item.get("values")
        if isinstance(name, str) and name and isinstance(values, list):
            told = "\n".join(str(value) for value in values if isinstance(value, str | int | float)).strip()
            if told:
                answers[name] = told
    ad_name = content.get("ad_name")
    return AdLead(
        answers, id_of(content, "form_id"), ad_name if isinstance(ad_name, str) else None, id_of(content, "campaign_id")
    )


def id_of(content: JsonObject, key: str) -> str | None:
    """An id of Meta's; None for whatever is no number."""
    value = content.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value) if _ID.fullmatch(str(value)) else None
