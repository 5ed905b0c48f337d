"""The installation's key, the padding, and what a push service's answer means."""

from __future__ import annotations

import base64
import json

import pytest

from core.config import MisconfiguredError, read_settings
from core.push_key import PUBLIC, PushKey
from core.secret import Secret
from orchestrator_service.alerts.push import outcome_of, padded, topic_of

GOOD = base64.b64encode(b"p" * 32).decode()


def test_a_key_has_a_public_half_as_browsers_take_it_and_does_not_print() -> None:
    key = PushKey.from_text(Secret(GOOD))
    assert PUBLIC.fullmatch(key.public)
    assert "PRIVATE" not in repr(key)
    assert PushKey.from_text(Secret(GOOD)).public == key.public


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("%%", "not base64"),
        (base64.b64encode(b"short").decode(), "5 bytes"),
        (base64.b64encode(b"\xff" * 32).decode(), "no key of the curve"),
    ],
)
def test_what_is_no_key_is_refused_without_saying_it(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        PushKey.from_text(Secret(text))


def test_settings_refuse_a_wrong_key_by_name() -> None:
    least = {
        "DATABASE_URL": "x",
        "REDIS_URL": "x",
        "NEXUS_VAULT_KEYS": "x",
        "NEXUS_DIRECTORY_KEY": base64.b64encode(bytes(32)).decode(),
    }
    assert read_settings(least).push_key is None
    assert read_settings({**least, "NEXUS_PUSH_KEY": GOOD}).push_key is not None
    with pytest.raises(MisconfiguredError, match="NEXUS_PUSH_KEY"):
        read_settings({**least, "NEXUS_PUSH_KEY": "x"})
    with pytest.raises(MisconfiguredError, match="NEXUS_PUSH_PUBLIC_KEY"):
        read_settings({**least, "NEXUS_PUSH_PUBLIC_KEY": "x"})


def test_messages_of_different_lengths_look_alike() -> None:
    short, long = padded({"title": "a"}), padded({"title": "a" * 100})
    assert len(short) == len(long) == 256
    assert json.loads(short) == {"title": "a"}


def test_one_record_has_one_topic_that_does_not_tell_it() -> None:
    assert topic_of("person_needed:1:2:0") == topic_of("person_needed:1:2:0") != topic_of("person_needed:1:3:0")
    assert "person" not in topic_of("person_needed:1:2:0")


@pytest.mark.parametrize(
    ("status", "retry_after", "state", "wait"),
    [
        (201, None, "sent", None),
        (404, None, "gone", None),
        (410, None, "gone", None),
        (429, "120", "again", 120),
        (429, "999999", "again", 3600),
        (503, "Wed, 21 Oct 2026 07:28:00 GMT", "again", None),
        (400, None, "failed", None),
        (307, None, "failed", None),
    ],
)
def test_answers(status: int, retry_after: str | None, state: str, wait: int | None) -> None:
    outcome = outcome_of(status, retry_after)
    assert (outcome.state, outcome.wait_seconds) == (state, wait)
