"""Our client before a Google that says what the test wrote down, and nothing else."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import httpx2

from core.google.access import CalendarAccess, OAuthClient, SellerGrant
from core.google.addresses import GOOGLE
from core.google.client import GoogleCalendarClient
from core.google.consent import GoogleConsentClient
from core.google.patience import Patience
from core.google.quota import Quota
from core.google.tokens import Tokens
from core.secret import Secret

Said: TypeAlias = httpx2.Response | Exception
CLIENT: Final = OAuthClient("client", Secret("secret"))
ACCESS: Final = CalendarAccess(SellerGrant(CLIENT, Secret("refresh")), "a@b.c")
TOKEN: Final = {"access_token": "t", "expires_in": 3599, "token_type": "Bearer", "scope": ""}


def said(status: int = 200, **body: object) -> httpx2.Response:
    return httpx2.Response(status, json=body)


def whole(body: Mapping[str, object]) -> httpx2.Response:
    return httpx2.Response(200, json=dict(body))


def refused(status: int, reason: str) -> httpx2.Response:
    return said(status, error={"errors": [{"reason": reason}], "code": status})


@dataclass
class Scripted:
    """`api` and `tokens` are said in order; a token where none is written down. `asked` are method and path."""

    api: deque[Said]
    tokens: deque[Said]
    asked: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    calendar: GoogleCalendarClient = field(init=False)
    consent: GoogleConsentClient = field(init=False)
    kept: Tokens = field(init=False)

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append((request.method, request.url.path))
        if request.url.host == "oauth2.googleapis.com":
            next_one = self.tokens.popleft() if self.tokens else whole(TOKEN)
        else:
            next_one = self.api.popleft()
        if isinstance(next_one, Exception):
            raise next_one
        return next_one


@asynccontextmanager
async def scripted(*api: Said, tokens: tuple[Said, ...] = (), quota: Quota | None = None) -> AsyncGenerator[Scripted]:
    google = Scripted(deque(api), deque(tokens))
    patience = Patience(chance=lambda: 0.0)
    async with httpx2.AsyncClient(transport=httpx2.MockTransport(google.answer)) as http:
        google.kept = Tokens(http, GOOGLE, patience)
        google.calendar = GoogleCalendarClient(http, GOOGLE, patience=patience, tokens=google.kept, quota=quota)
        google.consent = GoogleConsentClient(http, GOOGLE, patience)
        yield google
