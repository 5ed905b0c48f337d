"""Signature: the contract's vectors, rotation, and the age that the endpoint's own policy needs."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import NotRequired, TypedDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.secret import Secret
from core.ycloud import signature
from core.ycloud.signature import Rejected, Verified, check, sign, verify

CONTRACT = Path(__file__).parents[2] / "fixtures" / "contracts" / "ycloud.signature.vectors.json"


class Vector(TypedDict):
    name: str
    secret: str
    t: int
    body_utf8: str
    header: str
    valid: bool
    now: NotRequired[int]


VECTORS: list[Vector] = json.loads(CONTRACT.read_text(encoding="utf-8"))["vectors"]
SECRET = Secret("whsec_one")
BODY = b'{"id":"evt_000001"}'
AT = 1_795_359_601


def moment(unix: int) -> datetime:
    return datetime.fromtimestamp(unix, UTC)


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["name"] for vector in VECTORS])
def test_each_vector_behaves_as_the_contract_says(vector: Vector) -> None:
    now = moment(vector.get("now", vector["t"]))
    result = verify([Secret(vector["secret"])], vector["header"], vector["body_utf8"].encode(), now)
    assert isinstance(result, Verified) == vector["valid"]


@pytest.mark.parametrize("vector", [vector for vector in VECTORS if vector["valid"]], ids=lambda v: v["name"])
def test_signing_reproduces_the_valid_vectors(vector: Vector) -> None:
    assert sign(Secret(vector["secret"]), vector["t"], vector["body_utf8"].encode()) == vector["header"]


def test_a_wrong_secret_is_a_mismatch() -> None:
    assert verify([Secret("whsec_other")], sign(SECRET, AT, BODY), BODY, moment(AT)) == Rejected("mismatch")


@pytest.mark.parametrize("position", [0, 1, 2])
def test_any_of_several_secrets_may_have_signed(position: int) -> None:
    secrets = [Secret("whsec_a"), Secret("whsec_b"), Secret("whsec_c")]
    header = sign(secrets[position], AT, BODY)
    assert verify(secrets, header, BODY, moment(AT)) == Verified(0)


@pytest.mark.parametrize("secrets", [[], [Secret("")]])
def test_without_a_secret_nothing_is_valid(secrets: list[Secret]) -> None:
    assert not check(secrets, sign(Secret(""), AT, BODY), BODY, moment(AT)).valid


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "t=,s=",
        "t=0,s=" + "0" * 64,
        "t=1,s=" + "0" * 63,
        "s=" + "0" * 64 + ",t=1",
        "t=1,s=" + "0" * 64 + "\n",
        "t=" + "9" * 5000 + ",s=" + "0" * 64,
        "t=٣,s=" + "0" * 64,
    ],
)
def test_a_missing_or_malformed_header_is_never_valid(header: str | None) -> None:
    result = check([SECRET], header, BODY, moment(AT))
    assert result.reason in {"missing", "malformed"}
    assert not result.valid


def test_a_stale_signature_is_still_told_valid_with_its_age_so_that_the_endpoint_decides() -> None:
    week = 7 * 86_400
    result = check([SECRET], sign(SECRET, AT, BODY), BODY, moment(AT + week))
    assert (result.valid, result.age_seconds) == (True, week)
    assert verify([SECRET], sign(SECRET, AT, BODY), BODY, moment(AT + 301)) == Rejected("stale")


def test_a_time_ahead_of_ours_has_a_negative_age() -> None:
    result = check([SECRET], sign(SECRET, AT, BODY), BODY, moment(AT - 301))
    assert (result.valid, result.age_seconds) == (True, -301)
    assert verify([SECRET], sign(SECRET, AT, BODY), BODY, moment(AT - 301)) == Rejected("future")
    assert verify([SECRET], sign(SECRET, AT, BODY), BODY, moment(AT - 300)) == Verified(-300)


def test_every_secret_is_compared_in_constant_time_even_after_a_match(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[str, str]] = []

    def counting(left: str, right: str) -> bool:
        compared.append((left, right))
        return left == right

    monkeypatch.setattr(signature.hmac, "compare_digest", counting)
    secrets = [SECRET, Secret("whsec_b"), Secret("whsec_c")]
    assert check(secrets, sign(SECRET, AT, BODY), BODY, moment(AT)).valid
    assert len(compared) == len(secrets)


@given(st.binary(max_size=200), st.integers(0, 199))
def test_one_changed_byte_breaks_the_signature(body: bytes, position: int) -> None:
    changed = bytearray(body or b"x")
    changed[position % len(changed)] ^= 1
    header = sign(SECRET, AT, body)
    assert check([SECRET], header, body, moment(AT)).valid
    assert not check([SECRET], header, bytes(changed), moment(AT)).valid
