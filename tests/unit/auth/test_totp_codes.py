"""Time-based codes as RFC 6238 gives them, for the moment alone; and recovery codes, whose hash is bound."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from pyotp.totp import TOTP

from core.secret import Secret
from orchestrator_service.auth.totp import codes as totp_codes
from orchestrator_service.auth.totp.codes import is_time_code, matching_step, new_secret, otpauth_uri, step_at
from orchestrator_service.auth.totp.recovery import HOW_MANY, code_hash, new_recovery_codes

# RFC 6238, appendix B, the rows of SHA-1; the table has eight digits, an app shows the last six.
SECRET = Secret(base64.b32encode(b"12345678901234567890").decode())
VECTORS = [
    (59, 0x1, "94287082"),
    (1111111109, 0x23523EC, "07081804"),
    (1111111111, 0x23523ED, "14050471"),
    (1234567890, 0x273EF07, "89005924"),
    (2000000000, 0x3F940AA, "69279037"),
    (20000000000, 0x27BC86AA, "65353130"),
]
NOW = datetime(2026, 3, 1, 12, 0, 10, tzinfo=UTC)


def code_at(step: int) -> Secret:
    return Secret(TOTP(SECRET.reveal()).generate_otp(step))


@pytest.mark.parametrize(("seconds", "step", "code"), VECTORS)
def test_the_rfcs_vectors_fit(seconds: int, step: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assert step_at(at) == step
    assert TOTP(SECRET.reveal(), digits=8).at(seconds) == code
    assert matching_step(SECRET, Secret(code[2:]), at) == step
    assert matching_step(SECRET, Secret(code[:6]), at) is None, "the control: other digits of it do not"


@pytest.mark.parametrize(("away", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_fits_its_step_and_the_neighbours(away: int, fits: bool) -> None:
    step = step_at(NOW) + away
    assert matching_step(SECRET, code_at(step), NOW) == (step if fits else None)


def test_a_wider_window_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(totp_codes, "WINDOW", 2)
    assert matching_step(SECRET, code_at(step_at(NOW) + 2), NOW) is not None


def test_every_candidate_is_compared_though_the_first_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[bytes] = []

    def compare(one: bytes, other: bytes) -> bool:
        compared.append(one)
        return one == other

    monkeypatch.setattr(totp_codes.hmac, "compare_digest", compare)
    assert matching_step(SECRET, code_at(step_at(NOW) - 1), NOW) == step_at(NOW) - 1
    assert len(compared) == 3


@pytest.mark.parametrize(("text", "shaped"), [("123456", True), (" 123 456\n", True), ("12345", False), ("", False)])
def test_six_digits_are_a_code_of_the_app(text: str, shaped: bool) -> None:
    assert is_time_code(Secret(text)) is shaped
    assert not is_time_code(Secret("١٢٣٤٥٦")), "other scripts' digits are none"


def test_what_is_no_code_fits_nothing() -> None:
    assert matching_step(SECRET, Secret("abc"), NOW) is None
    assert matching_step(SECRET, Secret("é" * 6), NOW) is None


def test_a_secret_has_160_bits_and_its_uri_says_what_apps_assume() -> None:
    secret = new_secret()
    assert len(base64.b32decode(secret.reveal())) == 20
    assert new_secret() != secret
    uri = urlsplit(otpauth_uri(secret, "ana@example.com").reveal())
    query = parse_qs(uri.query)
    assert (uri.scheme, uri.netloc, uri.path) == ("otpauth", "totp", "/Nexus:ana%40example.com")
    assert query == {"secret": [secret.reveal()], "issuer": ["Nexus"]}


def test_recovery_codes_are_ten_of_80_bits_and_written_in_groups() -> None:
    codes = [code.reveal() for code in new_recovery_codes()]
    assert len(set(codes)) == HOW_MANY == 10
    assert all([len(group) for group in code.split("-")] == [4, 4, 4, 4] for code in codes)
    assert not set("".join(codes)) & set("oilu")


def test_a_recovery_code_may_be_written_as_people_write() -> None:
    stored = code_hash(7, 9, Secret("01ab-cdef-ghjk-mnpq"))
    assert code_hash(7, 9, Secret(" OLAB CDEF ghjkmnpq ")) == stored
    assert code_hash(7, 9, Secret("01ab-cdef-ghjk-mnpr")) != stored


def test_a_hash_is_bound_to_its_company_and_account() -> None:
    code = new_recovery_codes()[0]
    assert len({code_hash(tenant, user, code) for tenant in (1, 2) for user in (3, 4)}) == 4
