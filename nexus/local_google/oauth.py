"""Consent, tokens and their end: what Google's two OAuth hosts do for a server that acts for people or for itself."""

from __future__ import annotations

import base64
import hashlib
import hmac
import html
import time
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from core.loopback import is_loopback
from nexus.local_google.faults import TOKEN, wrong_answer
from nexus.local_google.state import AccessToken, Code, Grant, new_token

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from nexus.local_google.state import World

JWT_BEARER: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_PAGE: Final = (
    "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
    "<meta name=color-scheme content='light dark'><title>Choose an account</title><style>"
    "body{{font:16px system-ui;max-width:26rem;margin:10vh auto;padding:1rem;overflow-wrap:anywhere}}"
    "a{{display:block;color:inherit;padding:.75rem 1rem;margin:.5rem 0;border:1px solid;border-radius:.5rem}}</style>"
    "<main><h1>Choose an account</h1><p>A Google for tests on this machine. It asks for no password.</p>{links}</main>"
)


class OAuth:
    """The OAuth side of one world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        """The consent page, the token and the revoke endpoint, on Google's paths."""
        return [
            Route("/o/oauth2/v2/auth", self.consent, methods=["GET"]),
            Route("/token", self.token, methods=["POST"]),
            Route("/revoke", self.revoke, methods=["POST"]),
        ]

    async def consent(self, request: Request) -> Response:
        """The page, a link for each person; the link comes back here with the choice and goes on with a code."""
        asked = dict(request.query_params)
        if (refusal := self._refusal(asked)) is not None:
            return refusal
        choice = asked.pop("account", None)
        if choice is None:
            return HTMLResponse(_PAGE.format(links=self._links(asked)))
        back = asked["redirect_uri"]
        state = {"state": asked["state"]} if "state" in asked else {}
        if choice not in self._world.accounts:
            return RedirectResponse(f"{back}?{urlencode({'error': 'access_denied', **state})}", 302)
        code = new_token("4/")
        challenge, scope = asked.get("code_challenge", ""), asked["scope"]
        self._world.codes[code] = Code(choice, asked["client_id"], back, challenge, scope)
        return RedirectResponse(f"{back}?{urlencode({'code': code, 'scope': scope, **state})}", 302)

    async def token(self, request: Request) -> Response:
        """An access token for a code, a refresh token or a service account's word."""
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        fault = self._world.faults.next_for(TOKEN, form.get("grant_type", ""))
        wrong = await wrong_answer(fault) if fault is not None else None
        if wrong is not None:
            return wrong
        if form.get("grant_type") == JWT_BEARER:
            return self._for_word(form, str(request.url.replace(query="")))
        client = self._world.clients.get(form.get("client_id", ""))
        if client is None or not hmac.compare_digest(client.client_secret, form.get("client_secret", "")):
            return _denied("invalid_client", "Unauthorized", 401)
        if form.get("grant_type") == "authorization_code":
            return self._for_code(form, client.client_id)
        if form.get("grant_type") == "refresh_token":
            return self._for_refresh(form, client.client_id)
        return _denied("unsupported_grant_type", "Invalid grant_type")

    async def revoke(self, request: Request) -> Response:
        """End a refresh token and what it gave, or one access token."""
        form = parse_qs((await request.body()).decode())
        token = form.get("token", [""])[0]
        if self._world.tokens.pop(token, None) is None and self._world.grants.pop(token, None) is None:
            return _denied("invalid_token", "Token expired or revoked")
        self._world.tokens = {
            key: one for key, one in self._world.tokens.items() if one.granted_by is None or one.granted_by != token
        }
        return Response(b"{}", media_type="application/json")

    def _refusal(self, asked: Mapping[str, str]) -> Response | None:
        """What the consent page says where it cannot send anybody back."""
        client, back = self._world.clients.get(asked.get("client_id", "")), asked.get("redirect_uri", "")
        if client is None:
            return PlainTextResponse("Error 401: invalid_client", 401)
        local = is_loopback(urlsplit(back).hostname or "")
        if back not in client.redirect_uris and (client.redirect_uris or not local):
            return PlainTextResponse("Error 400: redirect_uri_mismatch", 400)
        other_method = bool(asked.get("code_challenge")) and asked.get("code_challenge_method") != "S256"
        if asked.get("response_type") != "code" or not asked.get("scope") or other_method:
            return PlainTextResponse("Error 400: invalid_request", 400)
        return None

    def _links(self, asked: Mapping[str, str]) -> str:
        people = [account for account in self._world.accounts.values() if not account.is_service]
        choices = [(account.email, f"{account.name} · {account.email}") for account in people]
        return "".join(
            f'<a href="?{html.escape(urlencode({**asked, "account": value}))}">{html.escape(label)}</a>'
            for value, label in (*choices, ("none", "Cancel"))
        )

    def _for_code(self, form: Mapping[str, str], client_id: str) -> Response:
        code = self._world.codes.pop(form.get("code", ""), None)
        verifier = form.get("code_verifier", "")
        digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        fits = code is not None and code.client_id == client_id and code.redirect_uri == form.get("redirect_uri")
        if code is None or not fits or (code.challenge and code.challenge != digest):
            return _denied("invalid_grant", "Malformed auth code.")
        refresh = new_token("1//")
        self._world.grants[refresh] = Grant(code.email, client_id, code.scope)
        return self._issued(code.email, code.scope, granted_by=refresh, refresh=refresh)

    def _for_refresh(self, form: Mapping[str, str], client_id: str) -> Response:
        refresh = form.get("refresh_token", "")
        grant = self._world.grants.get(refresh)
        if grant is None or grant.client_id != client_id:
            return _denied("invalid_grant", "Token has been expired or revoked.")
        return self._issued(grant.email, grant.scope, granted_by=refresh)

    def _for_word(self, form: Mapping[str, str], here: str) -> Response:
        word = form.get("assertion", "")
        try:
            issuer = str(jwt.decode(word, options={"verify_signature": False}).get("iss"))
            key = self._world.public_keys[issuer]
            needed = ["iss", "scope", "aud", "exp", "iat"]
            claims = jwt.decode(word, key, algorithms=["RS256"], audience=here, options={"require": needed})
        except (jwt.PyJWTError, KeyError, ValueError):
            return _denied("invalid_grant", "Invalid JWT Signature.")
        subject = str(claims.get("sub") or issuer)
        if subject not in self._world.accounts:
            return _denied("unauthorized_client", "Client is unauthorized to retrieve access tokens.")
        return self._issued(subject, str(claims["scope"]), granted_by=None)

    def _issued(self, email: str, scope: str, *, granted_by: str | None, refresh: str | None = None) -> Response:
        token, seconds = new_token("ya29."), self._world.config.token_seconds
        self._world.tokens[token] = AccessToken(email, scope, time.monotonic() + seconds, granted_by)
        body = {"access_token": token, "expires_in": seconds, "scope": scope, "token_type": "Bearer"}
        return JSONResponse(body | ({"refresh_token": refresh} if refresh else {}))


def _denied(error: str, description: str, status: int = 400) -> JSONResponse:
    return JSONResponse({"error": error, "error_description": description}, status)
