"""How long a delivery waits, and what a signature of a stranger's making leads to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.standard_webhooks import new_secret, signed, verified_id
from orchestrator_service.webhooks.models import LONGEST_WAIT, WAITS, wait_after


def test_each_wait_is_longer_spread_by_a_fifth_and_the_last_try_ends_it() -> None:
    for attempts, usual in enumerate(WAITS, start=1):
        assert wait_after(attempts, None, 0.0) == pytest.approx(0.8 * usual)
        assert wait_after(attempts, None, 1.0) == pytest.approx(1.2 * usual)
    assert wait_after(len(WAITS) + 1, None, 0.5) is None
    assert wait_after(1, 600, 0.5) == 600, "the other side named a later time"
    assert wait_after(1, 10**9, 0.5) == LONGEST_WAIT


def test_only_what_one_of_the_secrets_signed_just_now_is_believed() -> None:
    old, new, body, now = new_secret(), new_secret(), '{"a":"ñ"}', datetime.now(UTC)
    headers = signed((new, old), "msg_1", now, body)
    for known in ((old,), (new,), (old, new)):
        assert verified_id(known, headers, body.encode()) == "msg_1"
    assert verified_id((new_secret(),), headers, body.encode()) is None
    assert verified_id((old,), headers, body.encode() + b" ") is None
    assert verified_id((old,), {**headers, "webhook-id": "msg_2"}, body.encode()) is None
    for off in (timedelta(minutes=-6), timedelta(minutes=6)):
        assert verified_id((old,), signed((old,), "msg_1", now + off, body), body.encode()) is None


@pytest.mark.parametrize("signature", ["", "v1", "v1,%%%", "v1,a", "v2,AAAA", "v1,é", ",", " ", "v1,a,b"])
@pytest.mark.parametrize("time", ["", "now", "nan", "inf", "1e400", "-1", "99999999999999"])
def test_no_header_raises(signature: str, time: str) -> None:
    headers = {"webhook-id": "m", "webhook-timestamp": time, "webhook-signature": signature}
    assert verified_id((new_secret(),), headers, b"\xff{") is None
