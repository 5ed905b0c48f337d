"""Meta's signature and handshake: right, wrong, rotated, and never a match with nothing."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from core.meta.signature import check, is_verify_token, sign
from core.secret import Secret

BODY = b'{"object":"whatsapp_business_account"}'
OLD, NEW = Secret("old-app-secret"), Secret("new-app-secret")


def test_the_header_is_the_hmac_of_the_raw_body() -> None:
    expected = hmac.new(b"new-app-secret", BODY, hashlib.sha256).hexdigest()
    assert sign(NEW, BODY) == f"sha256={expected}"


def test_either_secret_is_good_while_they_are_rotated() -> None:
    for secret in (OLD, NEW):
        assert check((NEW, OLD), sign(secret, BODY), BODY).valid
    assert check((NEW,), sign(NEW, BODY).upper().replace("SHA256", "sha256"), BODY).valid


@pytest.mark.parametrize(
    ("secrets", "header", "reason"),
    [
        ((NEW,), None, "missing"),
        ((NEW,), "", "missing"),
        ((NEW,), "sha1=00", "malformed"),
        ((NEW,), sign(NEW, BODY) + "0", "malformed"),
        ((NEW,), sign(NEW, BODY + b" "), "mismatch"),
        ((NEW,), sign(OLD, BODY), "mismatch"),
        ((), sign(NEW, BODY), "no_secret"),
        ((Secret(""),), sign(Secret(""), BODY), "no_secret"),
    ],
)
def test_what_is_not_signed_so_is_refused(secrets: tuple[Secret, ...], header: str | None, reason: str) -> None:
    found = check(secrets, header, BODY)
    assert (found.valid, found.reason) == (False, reason)


def test_the_verify_token_is_the_agreed_one_and_none_agrees_with_none() -> None:
    assert is_verify_token(Secret("token"), "token")
    assert not is_verify_token(Secret("token"), "Token")
    assert not is_verify_token(None, "")
    assert not is_verify_token(Secret(""), "")
    assert not is_verify_token(Secret("token"), "\ud83d")
