"""`nexus demo --json`: the main job, end to end (PRODUCT §1.4)."""

from __future__ import annotations

from typing import cast

import msgspec
import pytest

from tests.acceptance.running import nexus

pytestmark = pytest.mark.timeout(120)


@pytest.mark.parametrize("provider", ["ycloud", pytest.param("meta", marks=pytest.mark.slow)])
def test_a_stranger_on_whatsapp_becomes_a_client(provider: str) -> None:
    done = nexus("demo", "--json", "--provider", provider)
    assert done.stdout.count("\n") == 1, f"one JSON object and nothing else: {done.stdout} {done.stderr}"
    report = cast("dict[str, object]", msgspec.json.decode(done.stdout))
    assert done.returncode == 0, report
    assert report["ok"] is True
    assert report["one_reply_for_burst"] is True
    assert report["duplicate_ignored"] is True
    assert report["injection_refused"] is True
    assert report["messages_in"] == 5
    assert len(cast("list[str]", report["replies"])) == 3
    lead = cast("dict[str, object]", report["lead"])
    assert (lead["full_name"], lead["stage_key"]) == ("Ana Ruiz", "won")
    assert cast("dict[str, object]", report["qualification"])["interest"] == "hot"
    meeting = cast("dict[str, object]", report["meeting"])
    assert (meeting["status"], meeting["lead_id"]) == ("confirmed", lead["id"])
    assert cast("dict[str, object]", report["client"])["lead_id"] == lead["id"]
    assert {"NEW_LEAD", "LEAD_UPDATED", "NEW_MESSAGE", "CLIENT_CREATED"} <= set(cast("list[str]", report["events"]))
    assert cast("float", report["seconds"]) < 60
