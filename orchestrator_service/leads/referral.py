"""Which advertisement or post brought somebody (click-to-WhatsApp, PRODUCT §12.0), as messages and leads keep it. Pure.

`{source_type, source_id, source_url, headline, body, media_type, media_url, click_id}`, what was not told left out and
long texts cut. The addresses are texts of strangers: they are shown, and nothing of ours ever fetches them.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from core.json_types import JsonObject

if TYPE_CHECKING:
    from core.whatsapp import Referral

SOURCE: Final = "ad"  # what `leads.source` says of somebody who came this way
LONGEST: Final = 500
LONGEST_OF: Final = {"headline": 200, "body": 1000, "source_type": 40, "media_type": 40}


def kept_referral(referral: Referral | None) -> JsonObject | None:
    """What is kept; None where there is nothing that says from where."""
    if referral is None:
        return None
    told: dict[str, str | None] = asdict(referral)
    kept: JsonObject = {key: text.strip()[: LONGEST_OF.get(key, LONGEST)] for key, text in told.items() if text}
    return kept or None
