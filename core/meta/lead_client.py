"""Graph, as far as Lead Ads need it: one lead, a page's forms, and a form's leads since a moment.

Never raises for Meta or the network: what cannot be had says why, and whether to try again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal

import httpx

from core.meta.leadgen import AdLead, id_of, read_ad_lead
from core.wire import UnreadableBodyError, object_at, objects_at, read_object

if TYPE_CHECKING:
    from core.secret import Secret
    from core.whatsapp import JsonObject

LEAD_FIELDS: Final = "id,created_time,ad_id,ad_name,adset_id,campaign_id,form_id,is_organic,platform,field_data"
TIMEOUT: Final = httpx.Timeout(15.0, connect=5.0)
PAGE_SIZE: Final = 100
MOST_PAGES: Final = 200
_OK: Final = 200
_TOKEN_CODES: Final = frozenset({"190", "102", "10", "200", "3"})
_RETRYABLE: Final = frozenset({"1", "2", "4", "17", "341", "80005", "32", "613"})


@dataclass(frozen=True, slots=True)
class Failed:
    """`token`: it is refused until somebody gives another; `unreachable`: later; `gone`: never."""

    reason: Literal["token", "unreachable", "gone"]


class LeadClient:
    """One page's token at Graph; `base_url` holds the version."""

    def __init__(self, http: httpx.AsyncClient, *, token: Secret, base_url: str) -> None:
        self._http = http
        self._token = token
        self._base_url = base_url.rstrip("/")

    async def lead(self, leadgen_id: str) -> AdLead | Failed:
        """What somebody answered."""
        answer = await self._get(f"/{leadgen_id}", {"fields": LEAD_FIELDS})
        return answer if isinstance(answer, Failed) else read_ad_lead(answer)

    async def leads_since(self, page_id: str, since: datetime) -> list[str] | Failed:
        """The ids of all leads of all forms of a page that were made after a moment."""
        forms = await self._ids(f"/{page_id}/leadgen_forms", {"fields": "id"})
        if isinstance(forms, Failed):
            return forms
        found: list[str] = []
        later = [{"field": "time_created", "operator": "GREATER_THAN", "value": int(since.timestamp())}]
        for form_id in forms:
            leads = await self._ids(f"/{form_id}/leads", {"fields": "id", "filtering": json.dumps(later)})
            if isinstance(leads, Failed):
                return leads
            found.extend(leads)
        return found

    async def _ids(self, path: str, query: dict[str, str]) -> list[str] | Failed:
        """Of every page of a list; one that never ends is cut."""
        found: list[str] = []
        after: str | None = None
        for _ in range(MOST_PAGES):
            more = {"after": after} if after else {}
            answer = await self._get(path, {**query, "limit": str(PAGE_SIZE), **more})
            if isinstance(answer, Failed):
                return answer
            found.extend(known for item in objects_at(answer, "data") if (known := id_of(item, "id")))
            paging = object_at(answer, "paging") or {}
            cursor = (object_at(paging, "cursors") or {}).get("after")
            if not paging.get("next") or not isinstance(cursor, str) or cursor == after:
                break
            after = cursor
        return found

    async def _get(self, path: str, query: dict[str, str]) -> JsonObject | Failed:
        headers = {"Authorization": f"Bearer {self._token.reveal()}"}
        try:
            answer = await self._http.get(f"{self._base_url}{path}", params=query, headers=headers, timeout=TIMEOUT)
            content = read_object(answer.content)
        except (httpx.HTTPError, httpx.InvalidURL, UnreadableBodyError):
            return Failed("unreachable")
        error = object_at(content, "error")
        if answer.status_code == _OK and error is None:
            return content
        code = str((error or {}).get("code", ""))
        if code in _TOKEN_CODES or answer.status_code in {401, 403}:
            return Failed("token")
        busy = code in _RETRYABLE or answer.status_code >= 500 or answer.status_code == 429  # noqa: PLR2004 - HTTP's
        return Failed("unreachable" if busy else "gone")
