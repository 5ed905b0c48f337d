"""Access tokens, kept until a minute before they end and fetched once however many wait (PRODUCT §11.6).

Kept by the credentials themselves, so a seller who connects anew never meets the token of the grant that is gone.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from weakref import WeakValueDictionary

import msgspec

from core.google.access import SellerGrant
from core.google.answers import UNAUTHORIZED, Answer, NoAnswer, doubt_of
from core.google.assertion import GRANT_TYPE, InvalidKeyError, assertion
from core.google.outcomes import AccessLost
from core.google.patience import FORBIDDEN, Patience
from core.google.transport import Request, send_patiently
from core.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx2

    from core.google.access import Credentials
    from core.google.addresses import GoogleAddresses

EARLY_SECONDS: Final = 60
MOST_KEPT: Final = 4096
# Only a person mends these: by a new grant, a new key, or in Google's console.
LOST: Final = frozenset(
    {
        "invalid_grant", "invalid_client", "unauthorized_client", "deleted_client", "disabled_client", "access_denied",
        "invalid_scope", "admin_policy_enforced", "org_internal",
    }
)  # fmt: skip
BAD_REQUEST: Final = 400


class TokenBody(msgspec.Struct):
    """What the token endpoint answers with."""

    access_token: str
    expires_in: int
    token_type: str
    scope: str = ""
    refresh_token: str | None = None


@dataclass(frozen=True, slots=True)
class _Kept:
    token: Secret
    until: float


def read_tokens(body: bytes) -> TokenBody | None:
    """The answer, where it is one: a bearer token with some time to live."""
    try:
        read = msgspec.json.decode(body, type=TokenBody)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    usable = read.access_token.isascii() and read.access_token.isprintable() and read.access_token.strip()
    return read if usable and read.expires_in > 0 and read.token_type.lower() == "bearer" else None


def lost_by(answer: Answer) -> AccessLost | None:
    """Whether the token endpoint said that the right is gone."""
    refused = answer.status in {BAD_REQUEST, UNAUTHORIZED, FORBIDDEN}
    return AccessLost(answer.reason) if refused and answer.reason in LOST else None


class Tokens:
    """The tokens of one process. `clock` counts seconds and never goes back; `wall` is the time of day."""

    def __init__(
        self,
        http: httpx2.AsyncClient,
        addresses: GoogleAddresses,
        patience: Patience,
        *,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._http = http
        self._address = addresses.token
        self._patience = patience
        self._clock = clock
        self._wall = wall
        self._kept: OrderedDict[Credentials, _Kept] = OrderedDict()
        self._locks: WeakValueDictionary[Credentials, asyncio.Lock] = WeakValueDictionary()

    async def token(self, credentials: Credentials, *, deadline: float) -> Secret | NoAnswer | AccessLost:
        """A token that is good now. Those who wait for the same one wait for one request, each until its deadline."""
        if (kept := self._good(credentials)) is not None:
            return kept
        lock = self._locks.setdefault(credentials, asyncio.Lock())
        try:
            async with asyncio.timeout_at(deadline), lock:
                return self._good(credentials) or await self._fetch(credentials, deadline)
        except TimeoutError:
            return NoAnswer("timeout", sent=False, detail="no token")

    def forget(self, credentials: Credentials, token: Secret) -> None:
        """The API refused this token. A newer one stays."""
        kept = self._kept.get(credentials)
        if kept is not None and kept.token == token:
            del self._kept[credentials]

    def _good(self, credentials: Credentials) -> Secret | None:
        kept = self._kept.get(credentials)
        return kept.token if kept is not None and self._clock() < kept.until else None

    async def _fetch(self, credentials: Credentials, deadline: float) -> Secret | NoAnswer | AccessLost:
        asked_at = self._clock()
        try:
            form = self._form(credentials)
        except InvalidKeyError as error:
            return AccessLost("invalid_key", str(error))
        request = Request("POST", self._address, form=form)
        reply = await send_patiently(self._http, request, self._patience, deadline=deadline)
        if isinstance(reply, NoAnswer):
            return NoAnswer(reply.doubt, sent=False, detail=f"no token: {reply.detail}")
        if not reply.good:
            detail = f"no token: HTTP {reply.status} {reply.reason}".strip()
            return lost_by(reply) or NoAnswer(doubt_of(reply), sent=False, detail=detail)
        read = read_tokens(reply.body)
        if read is None:
            return NoAnswer("unreadable", sent=False, detail="no token in the answer")
        kept = _Kept(Secret(read.access_token), asked_at + read.expires_in - EARLY_SECONDS)
        self._kept[credentials] = kept
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return kept.token

    def _form(self, credentials: Credentials) -> dict[str, str]:
        if isinstance(credentials, SellerGrant):
            return {
                "grant_type": "refresh_token",
                "refresh_token": credentials.refresh_token.reveal(),
                "client_id": credentials.client.client_id,
                "client_secret": credentials.client.client_secret.reveal(),
            }
        signed = assertion(credentials, audience=self._address, now=self._wall())
        return {"grant_type": GRANT_TYPE, "assertion": signed}
