"""Session tokens: only ours, only of this kind, only now; and the cookie that carries them."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import problem
from core.keyring import KeyringError
from core.principal import TenantId, UserId
from core.secret import Secret
from orchestrator_service.auth.tokens import InvalidSession, SessionClaims, SessionCookie, SessionTokens

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
KEY = b"k" * 32
RAW = f"one:{base64.b64encode(KEY).decode()}"
TOKENS = SessionTokens(Secret(RAW))
WHO = SessionClaims(TenantId(3), UserId(9), UUID("0190b5a2-7c1e-7a6b-9d4e-0242ac120002"))
TOKEN = TOKENS.issue(WHO, now=NOW, lifetime=HOUR)
PAYLOAD = {
    "typ": "session", "iss": "nexus", "aud": "nexus-web", "iat": int(NOW.timestamp()), "nbf": int(NOW.timestamp()),
    "exp": int((NOW + HOUR).timestamp()), "jti": str(WHO.session_id), "sub": "9", "tenant": 3,
}  # fmt: skip


def forge(payload: dict[str, object], *, kid: str | None = "one", key: bytes = KEY, algorithm: str = "HS256") -> str:
    return jwt.encode(payload, key, algorithm=algorithm, headers={"kid": kid} if kid else None)


def refused(token: str, now: datetime = NOW) -> bool:
    try:
        TOKENS.read(token, now=now)
    except InvalidSession:
        return True
    return False


def test_what_was_issued_is_read() -> None:
    assert TOKENS.read(TOKEN, now=NOW) == WHO
    assert jwt.get_unverified_header(TOKEN) == {"alg": "HS256", "kid": "one", "typ": "JWT"}
    assert jwt.decode(TOKEN, options={"verify_signature": False}) == PAYLOAD


def test_a_token_that_was_read_before_ends_all_the_same() -> None:
    assert not refused(TOKEN)
    assert refused(TOKEN, NOW + HOUR)
    assert refused(TOKEN[:-4] + ("AAAA" if TOKEN[-4:] != "AAAA" else "BBBB")), "only what was verified is remembered"
    assert TOKENS.read(TOKEN, now=NOW) == WHO


def test_control_a_forged_token_with_the_right_key_and_claims_is_read() -> None:
    assert TOKENS.read(forge({**PAYLOAD}), now=NOW) == WHO


@pytest.mark.parametrize("claim", ["exp", "iat", "nbf", "jti", "aud", "iss", "typ", "sub", "tenant"])
def test_every_claim_is_required(claim: str) -> None:
    assert refused(forge({name: value for name, value in PAYLOAD.items() if name != claim}))


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("typ", "password_reset"),
        ("iss", "someone"),
        ("aud", "nexus-mobile"),
        ("aud", ["nexus-web", "x"]),
        ("tenant", "3"),
        ("tenant", True),
        ("sub", "nine"),
        ("jti", "not-a-uuid"),
        ("exp", str(PAYLOAD["exp"])),
        ("iat", True),
        ("exp", 10**20),
        ("exp", 10**14),
    ],
)
def test_a_wrong_claim_is_refused(claim: str, value: object) -> None:
    assert refused(forge({**PAYLOAD, claim: value}))


@pytest.mark.parametrize(
    ("shift", "is_refused"),
    [
        (timedelta(0), False),
        (timedelta(seconds=-4), False),
        (timedelta(seconds=-6), True),
        (HOUR - timedelta(seconds=1), False),
        (HOUR, True),
        (HOUR * 99, True),
    ],
)
def test_a_token_counts_from_its_issue_to_its_end(shift: timedelta, *, is_refused: bool) -> None:
    assert refused(TOKEN, NOW + shift) is is_refused


def test_a_token_not_yet_valid_is_refused() -> None:
    assert refused(forge({**PAYLOAD, "nbf": int((NOW + HOUR / 2).timestamp())}))


def test_the_algorithm_is_pinned() -> None:
    assert refused(forge({**PAYLOAD}, algorithm="HS384", key=KEY * 2))
    header = base64.urlsafe_b64encode(json.dumps({"alg": "none", "kid": "one"}).encode()).rstrip(b"=").decode()
    assert refused(f"{header}.{TOKEN.split('.')[1]}.")
    hs512 = SessionTokens(Secret("one:" + base64.b64encode(KEY * 2).decode()))
    with pytest.raises(InvalidSession):
        hs512.read(forge({**PAYLOAD}, algorithm="HS512", key=KEY * 2), now=NOW)


def test_the_key_comes_from_our_ring_by_its_id() -> None:
    assert refused(forge({**PAYLOAD}, kid="two"))
    assert refused(forge({**PAYLOAD}, kid=None))
    assert refused(forge({**PAYLOAD}, key=b"x" * 32))


def test_after_rotation_old_tokens_are_read_and_new_ones_use_the_new_key() -> None:
    rotated = SessionTokens(Secret(f"two:{base64.b64encode(b'n' * 40).decode()},{RAW}"))
    assert rotated.read(TOKEN, now=NOW) == WHO
    fresh = rotated.issue(WHO, now=NOW, lifetime=HOUR)
    assert jwt.get_unverified_header(fresh)["kid"] == "two"
    assert refused(fresh)


def test_the_refusal_does_not_say_what_was_wrong() -> None:
    with pytest.raises(InvalidSession) as error:
        TOKENS.read(TOKEN, now=NOW + HOUR)
    assert problem(error.value) == {
        "type": "urn:nexus:problem:session_invalid",
        "title": "Session Invalid",
        "status": 401,
        "code": "session_invalid",
    }


@given(garbage=st.text(max_size=300))
def test_garbage_is_refused_without_an_error_of_another_kind(garbage: str) -> None:
    assert refused(garbage)


def test_an_oversized_token_is_refused_before_it_is_parsed() -> None:
    assert refused(forge({**PAYLOAD, "padding": "x" * 5000}))


@pytest.mark.parametrize("text", ["", "one:" + base64.b64encode(b"k" * 31).decode()])
def test_no_key_or_a_short_key_is_refused(text: str) -> None:
    with pytest.raises(KeyringError):
        SessionTokens(Secret(text))


def test_the_cookie_is_bound_to_the_host_behind_https_and_plain_on_loopback() -> None:
    https, loopback = SessionCookie(secure=True), SessionCookie(secure=False)
    assert https.set("t", HOUR) == "__Host-nexus_session=t; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax; Secure"
    assert loopback.set("t", HOUR) == "nexus_session=t; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax"
    assert https.clear() == "__Host-nexus_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure"
    assert loopback.clear() == "nexus_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"
