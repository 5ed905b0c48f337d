"""How a seller grants a calendar: the consent page's address, the code for a grant, and giving it back (PRODUCT §11.6).

The code flow with PKCE (S256). `prompt=consent` each time: without it Google gives a refresh token only once.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from core.google.access import SCOPES, Granted
from core.google.answers import Answer, NoAnswer
from core.google.calendar import WRITE_SECONDS
from core.google.outcomes import Done, GrantRefused, Refused, Unknown
from core.google.patience import Patience
from core.google.tokens import read_tokens
from core.google.transport import Request, send_once, send_patiently
from core.http_outcome import SERVER_ERROR
from core.secret import Secret

if TYPE_CHECKING:
    import httpx2

    from core.google.access import OAuthClient
    from core.google.addresses import GoogleAddresses

_VERIFIER_BYTES = 48


def new_verifier() -> Secret:
    """What proves at the exchange that the code is ours: keep it with the state, use it once."""
    return Secret(secrets.token_urlsafe(_VERIFIER_BYTES))


def challenge_of(verifier: Secret) -> str:
    """What the consent page is told of the verifier (RFC 7636, S256)."""
    digest = hashlib.sha256(verifier.reveal().encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class GoogleConsentClient:
    """`GoogleConsent` over HTTP."""

    def __init__(self, http: httpx2.AsyncClient, addresses: GoogleAddresses, patience: Patience | None = None) -> None:
        self._http = http
        self._addresses = addresses
        self._patience = patience or Patience()

    def consent_url(
        self, client: OAuthClient, *, redirect_uri: str, state: str, challenge: str, login_hint: str | None = None
    ) -> str:
        """See `GoogleConsent.consent_url`."""
        query = {
            "client_id": client.client_id,
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "scope": " ".join(SCOPES),
            "access_type": "offline",
            "prompt": "consent",
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            **({"login_hint": login_hint} if login_hint else {}),
        }
        return f"{self._addresses.consent}?{urlencode(query)}"

    async def exchange(
        self, client: OAuthClient, *, code: str, verifier: Secret, redirect_uri: str, seconds: float = WRITE_SECONDS
    ) -> Granted | GrantRefused | Unknown:
        """See `GoogleConsent.exchange`. Once: a code that was used is refused, whoever has what it was changed for."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "code_verifier": verifier.reveal(),
            "redirect_uri": redirect_uri,
            "client_id": client.client_id,
            "client_secret": client.client_secret.reveal(),
        }
        asked_at = datetime.now(UTC)
        try:
            async with asyncio.timeout(seconds):
                reply = await send_once(self._http, Request("POST", self._addresses.token, form=form))
        except TimeoutError:
            return Unknown("timeout")
        if isinstance(reply, NoAnswer):
            return Unknown(reply.detail or reply.doubt) if reply.sent else GrantRefused(reply.doubt)
        return _granted(reply, asked_at)

    async def revoke(self, refresh_token: Secret, *, seconds: float = WRITE_SECONDS) -> Done | Refused | Unknown:
        """See `GoogleConsent.revoke`."""
        request = Request("POST", self._addresses.revoke, form={"token": refresh_token.reveal()})
        deadline = asyncio.get_running_loop().time() + seconds
        reply = await send_patiently(self._http, request, self._patience, deadline=deadline)
        if isinstance(reply, NoAnswer):
            return Unknown(reply.detail or reply.doubt) if reply.sent else Refused(reply.doubt, permanent=False)
        if reply.good or reply.reason in {"invalid_token", "invalid_grant"}:
            return Done()
        if reply.status >= SERVER_ERROR:
            return Unknown(f"HTTP {reply.status}")
        return Refused(reply.reason or f"HTTP_{reply.status}", permanent=True)


def _granted(reply: Answer, asked_at: datetime) -> Granted | GrantRefused | Unknown:
    if reply.status >= SERVER_ERROR:
        return Unknown(f"HTTP {reply.status}")
    if not reply.good:
        return GrantRefused(reply.reason or f"HTTP_{reply.status}")
    read = read_tokens(reply.body)
    if read is None:
        return Unknown("no token in the answer")
    if not read.refresh_token:
        return GrantRefused("no_refresh_token")
    return Granted(
        refresh_token=Secret(read.refresh_token),
        scopes=frozenset(read.scope.split()),
        access_token=Secret(read.access_token),
        expires_at=asked_at + timedelta(seconds=read.expires_in),
    )
