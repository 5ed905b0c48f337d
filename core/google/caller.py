"""A call to the calendar API in somebody's name: with a token, again with a new one if the API refuses the first."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from core.google.answers import UNAUTHORIZED, Answer, NoAnswer
from core.google.transport import Request, send_patiently
from core.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx2

    from core.google.access import CalendarAccess
    from core.google.answers import Reply
    from core.google.patience import Patience
    from core.google.quota import Quota
    from core.google.tokens import Tokens
    from core.whatsapp import JsonObject

# As a part of a path these would name another place: a calendar's id is a company's word.
_NO_NAMES: Final = frozenset({"", ".", ".."})


class Caller:
    """The API at one address. `part` makes a path; the token goes to this address alone."""

    def __init__(
        self, http: httpx2.AsyncClient, base_url: str, tokens: Tokens, patience: Patience, quota: Quota
    ) -> None:
        self._http = http
        self._base_url = base_url
        self._tokens = tokens
        self._patience = patience
        self._quota = quota

    async def call(
        self,
        access: CalendarAccess,
        method: str,
        path: tuple[str, ...],
        *,
        deadline: float,
        params: Mapping[str, str] | None = None,
        body: JsonObject | None = None,
        etag: str | None = None,
    ) -> Reply:
        """What came of it by the deadline (the loop's time), attempts and tokens included."""
        if not _NO_NAMES.isdisjoint(path):
            return NoAnswer("not_found", sent=False, detail="no such name")
        url = "/".join((self._base_url, *(quote(part, safe="") for part in path)))
        reply, token = await self._with_token(access, Request(method, url, params or {}, body), etag, deadline)
        if token is None or not isinstance(reply, Answer) or reply.status != UNAUTHORIZED:
            return reply
        self._tokens.forget(access.credentials, token)
        again, _ = await self._with_token(access, Request(method, url, params or {}, body), etag, deadline)
        return _with_doubt(again, reply)

    async def _with_token(
        self, access: CalendarAccess, request: Request, etag: str | None, deadline: float
    ) -> tuple[Reply, Secret | None]:
        token = await self._tokens.token(access.credentials, deadline=deadline)
        if not isinstance(token, Secret):
            return token, None
        headers = {"Authorization": f"Bearer {token.reveal()}", **({"If-Match": etag} if etag else {})}
        authorised = replace(request, headers=headers)
        turn = partial(self._quota.take, access.credentials)
        return await send_patiently(self._http, authorised, self._patience, deadline=deadline, turn=turn), token


def _with_doubt(reply: Reply, earlier: Answer) -> Reply:
    """What an attempt before the 401 may have done is not undone by it."""
    if not earlier.doubtful:
        return reply
    if isinstance(reply, NoAnswer):
        return replace(reply, sent=True)
    return replace(reply, doubtful=True) if isinstance(reply, Answer) else reply
