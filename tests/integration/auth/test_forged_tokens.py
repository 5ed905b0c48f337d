"""Tokens that are not a living session of ours: none is taken, neither by the API nor at a socket's handshake."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from core.secret import Secret
from core.system_events import NO_TENANT
from orchestrator_service.auth.device import AUDIENCE as DEVICE
from orchestrator_service.auth.link_tokens import AUDIENCE as LINK
from orchestrator_service.auth.tokens import ForgedSession, InvalidSession, SessionTokens
from tests.integration.auth.serving import Served, serving
from tests.support.api import Api, Member
from tests.support.factories import make_tenant

KEY = b"k" * 32
OTHER_KEY = b"o" * 40
HOUR = timedelta(hours=1)
Claims = dict[str, str | int]


@dataclass
class Attack:
    """A company with its ceo, whose session is `token` with `claims`; and what an attacker might know besides."""

    served: Served
    boss: Member
    ana: Member
    foreigner: Member
    token: str
    claims: Claims

    @property
    def api(self) -> Api:
        return self.served.api

    def forged(
        self,
        *,
        key: bytes = KEY,
        algorithm: str = "HS256",
        kid: str | None = "test",
        gone: str = "",
        **changed: str | int,
    ) -> str:
        claims = {name: value for name, value in {**self.claims, **changed}.items() if name != gone}
        return jwt.encode(claims, key, algorithm=algorithm, headers={"kid": kid} if kid else {})

    def shifted(self, **by: timedelta) -> str:
        moved = {name: int(self.claims[name]) + int(time.total_seconds()) for name, time in by.items()}
        return jwt.encode({**self.claims, **moved}, KEY, algorithm="HS256", headers={"kid": "test"})


@pytest.fixture
async def attack(api: Api) -> AsyncGenerator[Attack]:
    """The ring holds two keys, so that one's id can be put on what the other has signed."""
    ring = Secret(f"test:{_b64(KEY)},older:{_b64(OTHER_KEY)}")
    api.app.state.access = replace(api.door, tokens=SessionTokens(ring))
    here, there = await make_tenant(api.db), await make_tenant(api.db)
    boss, ana = await api.member(here, "ceo"), await api.member(here, "closer")
    foreigner = await api.member(there, "ceo")
    token = await api.session(ana)
    claims: Claims = jwt.decode(token, options={"verify_signature": False})
    async with serving(api) as served:
        yield Attack(served, boss, ana, foreigner, token, claims)


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _unsigned(attack: Attack, algorithm: str) -> str:
    head = _b64(json.dumps({"alg": algorithm, "kid": "test", "typ": "JWT"}).encode())
    return f"{head}.{attack.token.split('.')[1]}."


def _signed_by_public_key(attack: Attack) -> str:
    """RS256 taken for HS256: signed with what an RSA verifier would publish."""
    numbers = rsa.generate_private_key(65537, 2048).public_key().public_numbers()
    head = _b64(json.dumps({"alg": "RS256", "kid": "test", "typ": "JWT"}).encode())
    body = f"{head}.{attack.token.split('.')[1]}"
    return f"{body}.{_b64(hmac.new(str(numbers.n).encode(), body.encode(), hashlib.sha256).digest())}"


def _rs256(attack: Attack) -> str:
    key = rsa.generate_private_key(65537, 2048)
    return jwt.encode(attack.claims, key, algorithm="RS256", headers={"kid": "test"})


def _payload(attack: Attack, **changed: str | int) -> str:
    head, _, signature = attack.token.split(".")
    return f"{head}.{_b64(json.dumps({**attack.claims, **changed}).encode())}.{signature}"


def _hs512(attack: Attack) -> str:
    head = _b64(json.dumps({"alg": "HS512", "kid": "test", "typ": "JWT"}).encode())
    body = f"{head}.{attack.token.split('.')[1]}"
    return f"{body}.{_b64(hmac.new(KEY, body.encode(), hashlib.sha512).digest())}"


FORGERIES: dict[str, Callable[[Attack], str]] = {
    "alg-none": lambda it: _unsigned(it, "none"),
    "alg-None": lambda it: _unsigned(it, "None"),
    "alg-HS256-unsigned": lambda it: _unsigned(it, "HS256"),
    "HS512": lambda it: it.forged(algorithm="HS512", key=KEY * 2),
    "HS512-right-key": _hs512,
    "RS256": _rs256,
    "RS256-confusion": _signed_by_public_key,
    "key-swap": lambda it: it.forged(key=b"x" * 32),
    "unknown-kid": lambda it: it.forged(kid="unknown"),
    "no-kid": lambda it: it.forged(kid=None),
    "other-kids-key": lambda it: it.forged(key=OTHER_KEY, kid="test"),
    "own-key-other-kid": lambda it: it.forged(key=KEY, kid="older"),
    "kid-is-a-path": lambda it: it.forged(kid="../../dev/null", key=bytes(32)),
    "future-nbf": lambda it: it.shifted(nbf=HOUR),
    "future-iat": lambda it: it.shifted(iat=HOUR),
    "wrong-aud": lambda it: it.forged(aud="nexus-mobile"),
    "wrong-iss": lambda it: it.forged(iss="somebody"),
    "wrong-typ": lambda it: it.forged(typ="access"),
    "challenge-as-session": lambda it: it.forged(typ="challenge", aud="nexus-challenge"),
    "link-as-session": lambda it: it.forged(typ="reset", aud=LINK),
    "device-as-session": lambda it: it.forged(typ="device", aud=DEVICE),
    **{f"without-{claim}": lambda it, gone=claim: it.forged(gone=gone) for claim in (
        "exp", "iat", "nbf", "jti", "aud", "iss", "typ", "sub", "tenant")},
    "tampered-user": lambda it: _payload(it, sub=str(it.boss.user_id)),
    "tampered-end": lambda it: _payload(it, exp=int(it.claims["exp"]) + 999_999),
    "tampered-signature": lambda it: it.token[:-3] + "AAA",
    "cut": lambda it: it.token[:-10],
    "oversize": lambda it: it.forged(padding="x" * 5000),
    "garbage": lambda _: "not.a.token",
}  # fmt: skip


# Signed by us: what they say is, or has become, untrue.
UNTRUE: dict[str, Callable[[Attack], str]] = {
    "user-of-another-company": lambda it: it.forged(sub=str(it.foreigner.user_id)),
    "another-company": lambda it: it.forged(tenant=int(it.foreigner.tenant_id)),
    "another-companys-ceo": lambda it: it.forged(sub=str(it.foreigner.user_id), tenant=int(it.foreigner.tenant_id)),
    "colleague-with-ones-own-session": lambda it: it.forged(sub=str(it.boss.user_id)),
    "no-such-session": lambda it: it.forged(jti=str(uuid4())),
    "system-tenant": lambda it: it.forged(tenant=0),
    "expired": lambda it: it.shifted(iat=-2 * HOUR, nbf=-2 * HOUR, exp=-2 * timedelta(days=1)),
}


async def taken(attack: Attack, token: str) -> tuple[int, bool]:
    """How the API and the socket's handshake answer."""
    return await attack.served.status(token), await attack.served.lets_in(token)


async def test_control_the_real_token_and_one_made_like_it_are_taken_by_both(attack: Attack) -> None:
    assert await taken(attack, attack.token) == (200, True)
    assert await taken(attack, attack.forged()) == (200, True)
    assert await taken(attack, attack.forged(key=OTHER_KEY, kid="older")) == (200, True)


async def test_no_forged_or_untrue_token_is_taken(attack: Attack) -> None:
    cases = {name: forge(attack) for name, forge in (FORGERIES | UNTRUE).items()}
    assert len(set(cases.values())) == len(cases) > 35
    assert {name: await taken(attack, token) for name, token in cases.items()} == dict.fromkeys(cases, (401, False))
    assert await taken(attack, attack.token) == (200, True)


async def test_each_forgery_is_known_as_one_and_an_untrue_token_is_not(attack: Attack) -> None:
    """What is written down: a token that we never made, not a session that is over."""

    def found(forge: Callable[[Attack], str]) -> type[InvalidSession] | None:
        try:
            attack.api.door.tokens.read(forge(attack), now=attack.api.clock())
        except InvalidSession as error:
            return type(error)
        return None

    assert {name: found(forge) for name, forge in FORGERIES.items()} == dict.fromkeys(FORGERIES, ForgedSession)
    ended = {name: found(forge) for name, forge in UNTRUE.items()}
    assert ended == {**dict.fromkeys(UNTRUE), "expired": InvalidSession}


ENDS: dict[str, tuple[str, str, dict[str, str] | None]] = {
    "suspended": ("POST", "suspend", None),
    "role-changed": ("PATCH", "", {"role": "setter"}),
    "held": ("POST", "hold", None),
}


@pytest.mark.parametrize("name", ENDS)
async def test_what_the_ceo_does_ends_the_token(attack: Attack, name: str) -> None:
    method, verb, body = ENDS[name]
    async with attack.api.browser(await attack.api.session(attack.boss)) as ceo:
        place = f"/admin/core/users/{attack.ana.user_id}/{verb}".rstrip("/")
        assert (await ceo.request(method, place, json=body)).status_code == 200
    assert await taken(attack, attack.token) == (401, False)


async def test_a_logged_out_token_is_not_taken(attack: Attack) -> None:
    async with attack.api.browser(attack.token) as browser:
        assert (await browser.post("/auth/logout")).status_code == 204
    assert await taken(attack, attack.token) == (401, False)


async def told_of(attack: Attack, action: str) -> int:
    async with attack.api.db.tenant(NO_TENANT) as tx:
        rows = await tx.connection.fetch("SELECT address FROM system_events WHERE action = $1", action)
    assert all(row["address"] == "127.0.0.1" for row in rows)
    return len(rows)


@pytest.mark.parametrize("by", ["api", "socket"])
async def test_forgeries_are_written_down_once_a_minute_however_many_come(attack: Attack, by: str) -> None:
    ask: Callable[[str], Awaitable[object]] = attack.served.status if by == "api" else attack.served.lets_in
    for name in ("key-swap", "alg-none", "garbage", "garbage"):
        await ask(FORGERIES[name](attack))
    assert await told_of(attack, "auth.session_forged") == 1


async def test_an_old_session_is_nothing_to_tell(attack: Attack) -> None:
    await taken(attack, UNTRUE["expired"](attack))
    await taken(attack, UNTRUE["no-such-session"](attack))
    assert await told_of(attack, "auth.session_forged") == 0


@pytest.mark.parametrize("origin", [None, "https://evil.example", "null"])
async def test_a_foreign_origin_is_refused_at_the_socket_and_written_down_once(
    attack: Attack, origin: str | None
) -> None:
    for _ in range(3):
        assert not await attack.served.lets_in(attack.token, origin)
    assert await told_of(attack, "realtime.origin_refused") == 1
