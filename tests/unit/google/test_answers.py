"""What a refusal means, and how long to wait before asking again."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.google.addresses import GOOGLE, GoogleAddresses, read_addresses
from core.google.answers import Answer, NoAnswer, reason_in, why_not_written, why_unconfirmed
from core.google.event import EventChange
from core.google.outcomes import AccessLost, CannotConfirm, Refused, Unknown
from core.google.patience import FIRST_SECONDS, LONGEST_SECONDS, Patience, may_repeat
from core.google.writing import patch_body
from tests.unit.google.events import NOW


def refusal(status: int, reason: str) -> bytes:
    one = {"domain": "global", "reason": reason, "message": "Lucía Gómez's calendar"}
    return json.dumps({"error": {"errors": [one], "code": status, "message": "Lucía Gómez's calendar"}}).encode()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (refusal(403, "rateLimitExceeded"), "rateLimitExceeded"),
        (b'{"error": "invalid_grant", "error_description": "Token has been expired or revoked."}', "invalid_grant"),
        (b'{"error": {"status": "PERMISSION_DENIED"}}', "PERMISSION_DENIED"),
        (
            b'{"error": {"errors": [{"reason": "no"}], "details": [{"reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]}}',
            "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        ),
        (b'{"error": {"errors": [{"reason": 7}]}}', ""),
        (b'{"error": {"errors": [{"reason": "two words of a person"}]}}', ""),
        (refusal(400, "x" * 65), ""),
        (b"<html>", ""),
        (b"{}", ""),
    ],
)
def test_only_googles_word_is_read_of_a_refusal(body: bytes, reason: str) -> None:
    assert reason_in(body) == reason


def test_what_a_person_wrote_is_in_no_outcome() -> None:
    answer = Answer(400, refusal(400, "invalid"), reason_in(refusal(400, "invalid")))
    for outcome in (why_unconfirmed(answer), why_not_written(answer)):
        assert "Lucía" not in repr(outcome)


@pytest.mark.parametrize(
    ("status", "reason", "repeated"),
    [
        (429, "", True),
        (500, "backendError", True),
        (503, "", True),
        (403, "rateLimitExceeded", True),
        (403, "userRateLimitExceeded", True),
        (403, "quotaExceeded", False),
        (403, "forbidden", False),
        (400, "rateLimitExceeded", False),
        (401, "authError", False),
        (404, "notFound", False),
        (409, "duplicate", False),
        (410, "fullSyncRequired", False),
        (412, "conditionNotMet", False),
        (200, "", False),
    ],
)
def test_only_what_google_says_to_repeat_is_repeated(status: int, reason: str, repeated: bool) -> None:
    assert may_repeat(status, reason) is repeated


@given(st.integers(0, 60), st.floats(0, 1, exclude_max=True), st.none() | st.integers(0, 86_400))
def test_a_pause_is_anything_up_to_a_doubling_limit_and_no_less_than_asked(
    attempt: int, chance: float, asked: int | None
) -> None:
    pause = Patience(chance=lambda: chance).pause(attempt, asked)
    limit = min(LONGEST_SECONDS, FIRST_SECONDS * 2**attempt)
    assert (asked or 0) <= pause <= max(limit, asked or 0)


def test_pauses_are_spread_over_the_whole_limit() -> None:
    assert Patience(chance=lambda: 0.0).pause(3, None) == 0.0
    assert Patience(chance=lambda: 0.999).pause(3, None) > 1.9
    drawn = {Patience().pause(5, None) for _ in range(50)}
    assert len(drawn) > 40


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (NoAnswer("unreachable", sent=False), Refused("unreachable", permanent=False)),
        (NoAnswer("unreachable", sent=True, detail="ReadError"), Unknown("ReadError")),
        (NoAnswer("timeout", sent=True), Unknown("timeout")),
        (Answer(500, b"", "backendError"), Unknown("HTTP 500 backendError")),
        (Answer(429, b"", "rateLimitExceeded", 9), Refused("rateLimitExceeded", False, 9)),
        (Answer(403, b"", "userRateLimitExceeded"), Refused("userRateLimitExceeded", permanent=False)),
        (Answer(403, b"", "insufficientPermissions"), AccessLost("insufficientPermissions", "insufficientPermissions")),
        (Answer(401, b"", "authError"), Refused("authError", permanent=False)),
        (Answer(400, b"", ""), Refused("HTTP_400", permanent=True)),
        (Answer(403, b"", "forbidden", doubtful=True), Unknown("HTTP 403 forbidden")),
    ],
)
def test_a_write_that_was_not_answered_well(reply: Answer | NoAnswer, outcome: object) -> None:
    assert why_not_written(reply) == outcome


def test_a_redirect_is_no_answer_to_follow() -> None:
    assert why_unconfirmed(Answer(302, b"", "")) == CannotConfirm("refused", "HTTP 302")


def test_addresses_are_googles_own_unless_the_operator_says_otherwise() -> None:
    assert read_addresses({}) == GOOGLE
    assert read_addresses({"NEXUS_GOOGLE_TOKEN_URL": "http://127.0.0.1:9/token/"}).token == "http://127.0.0.1:9/token"
    local = GoogleAddresses.at("http://127.0.0.1:9/")
    assert (local.api, local.revoke) == ("http://127.0.0.1:9/calendar/v3", "http://127.0.0.1:9/revoke")


def test_a_change_of_time_is_whole() -> None:
    assert patch_body(EventChange(summary="x", description="", location="y")) == {
        "summary": "x",
        "description": "",
        "location": "y",
    }
    with pytest.raises(ValueError, match="both times"):
        patch_body(EventChange(starts_at=NOW))
