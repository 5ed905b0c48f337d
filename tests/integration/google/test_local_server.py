"""The local Google refuses what Google refuses (google_calendar.json), and lets in only who may."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, cast

import httpx
import msgspec
import pytest

from nexus.local_google.config import LocalGoogleConfig, LocalGoogleConfigError, load
from tests.integration.simulator.simulated import free_port
from tests.support.local_google import CLIENT, CONTROL, SELLER, SELLERS_GRANT, ZONE, configured

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from core.whatsapp import JsonObject
    from tests.support.local_google import LocalGoogle

WHEN: JsonObject = {
    "start": {"dateTime": "2026-11-24T17:00:00-03:00", "timeZone": ZONE},
    "end": {"dateTime": "2026-11-24T17:30:00-03:00", "timeZone": ZONE},
}


async def token(google: LocalGoogle) -> str:
    form = {
        "grant_type": "refresh_token",
        "refresh_token": SELLERS_GRANT,
        "client_id": CLIENT.client_id,
        "client_secret": CLIENT.client_secret.reveal(),
    }
    answer = await google.http.post(f"{google.base_url}/token", data=form)
    return str(answer.json()["access_token"])


async def asked(
    google: LocalGoogle, method: str, path: str, body: JsonObject | None = None, query: Mapping[str, str] | None = None
) -> tuple[int, JsonObject]:
    headers = {"Authorization": f"Bearer {await token(google)}"}
    url = f"{google.base_url}/calendar/v3{path}"
    answer = await google.http.request(method, url, json=body, params=query, headers=headers)
    return answer.status_code, answer.json() if answer.content else {}


def reason(content: JsonObject) -> str:
    error = cast("dict[str, list[dict[str, str]]]", content["error"])
    return error["errors"][0]["reason"]


EXPANDED = {"singleEvents": "true", "orderBy": "startTime"}
EVENTS = f"/calendars/{SELLER}/events"


@pytest.mark.parametrize(
    ("query", "refusal"),
    [
        ({"timeMin": "2026-11-24T00:00:00"}, "invalid"),
        ({"timeMin": "2026-11-24"}, "invalid"),
        ({"timeMin": "2026-11-24T00:00:00Z", "timeMax": "2026-11-24T00:00:00Z"}, "timeRangeEmpty"),
        ({"orderBy": "startTime"}, "invalid"),
        ({"maxResults": "0"}, "invalid"),
        ({"pageToken": "x"}, "invalid"),
        ({"syncToken": "x"}, "invalid"),
        ({"syncToken": "x", "timeMin": "2026-11-24T00:00:00Z"}, "invalid"),
    ],
)
async def test_a_list_that_google_would_refuse_is_refused(
    google: LocalGoogle, query: dict[str, str], refusal: str
) -> None:
    status, content = await asked(google, "GET", EVENTS, query=query)
    assert (status, reason(content)) == (400, refusal)


@pytest.mark.parametrize(
    "body",
    [
        {"id": "c0ffee00-0000-0000-0000-000000000001", **WHEN},
        {"id": "abcd", **WHEN},
        {"id": "wxyz1", **WHEN},
        {"start": WHEN["start"]},
        {**WHEN, "start": {"dateTime": "2026-11-24T17:00:00"}},
        {**WHEN, "start": {"date": "2026-11-24", "dateTime": "2026-11-24T17:00:00Z"}},
        {**WHEN, "start": {"dateTime": "2026-11-24T23:00:00-03:00"}},
        {"start": {"date": "2026-11-24"}, "end": {"date": "2026-11-24"}},
        {**WHEN, "recurrence": ["RRULE:FREQ=SOMETIMES"]},
    ],
)
async def test_an_event_that_google_would_refuse_is_refused(google: LocalGoogle, body: JsonObject) -> None:
    assert (await asked(google, "POST", EVENTS, body))[0] == 400
    assert google.world.calendars[SELLER].events == {}


async def test_a_local_time_with_its_zone_and_a_length_of_nothing_are_events(google: LocalGoogle) -> None:
    start: JsonObject = {"dateTime": "2026-11-24T17:00:00", "timeZone": ZONE}
    status, content = await asked(google, "POST", EVENTS, {"start": start, "end": start})
    assert (status, content["kind"], content["status"]) == (200, "calendar#event", "confirmed")


async def test_an_id_that_was_deleted_is_still_taken(google: LocalGoogle) -> None:
    body: JsonObject = {"id": "abcde", **WHEN}
    assert (await asked(google, "POST", EVENTS, body))[0] == 200
    assert (await asked(google, "DELETE", f"{EVENTS}/abcde"))[0] == 204
    assert (await asked(google, "DELETE", f"{EVENTS}/abcde"))[0] == 410
    status, content = await asked(google, "POST", EVENTS, body)
    assert (status, reason(content)) == (409, "duplicate")


async def test_a_series_keeps_its_clock_when_the_clocks_change(google: LocalGoogle) -> None:
    madrid: JsonObject = {
        "start": {"dateTime": "2026-10-23T09:00:00+02:00", "timeZone": "Europe/Madrid"},
        "end": {"dateTime": "2026-10-23T10:00:00+02:00", "timeZone": "Europe/Madrid"},
        "recurrence": ["RRULE:FREQ=DAILY;COUNT=4", "EXDATE;TZID=Europe/Madrid:20261024T090000"],
    }
    assert (await asked(google, "POST", EVENTS, madrid))[0] == 200
    _, content = await asked(google, "GET", EVENTS, query=EXPANDED)
    items = cast("list[dict[str, dict[str, str]]]", content["items"])
    assert [one["start"]["dateTime"] for one in items] == [
        "2026-10-23T09:00:00+02:00",
        "2026-10-25T09:00:00+01:00",
        "2026-10-26T09:00:00+01:00",
    ]
    _, whole = await asked(google, "GET", EVENTS)
    assert len(cast("list[JsonObject]", whole["items"])) == 1


async def test_one_instance_is_moved_alone(google: LocalGoogle) -> None:
    series: JsonObject = {
        "id": "serie1",
        "start": {"date": "2026-11-24"},
        "end": {"date": "2026-11-25"},
        "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=3"],
    }
    assert (await asked(google, "POST", EVENTS, series))[0] == 200
    moved: JsonObject = {"start": {"date": "2026-12-02"}, "end": {"date": "2026-12-03"}}
    assert (await asked(google, "PATCH", f"{EVENTS}/serie1_20261201", moved))[0] == 200
    _, content = await asked(google, "GET", EVENTS, query=EXPANDED)
    items = cast("list[dict[str, dict[str, str]]]", content["items"])
    assert [one["start"]["date"] for one in items] == ["2026-11-24", "2026-12-02", "2026-12-08"]


async def test_of_many_attendees_only_oneself_is_shown(google: LocalGoogle) -> None:
    people: JsonObject = {"attendees": [{"email": "x@y.z"}, {"email": SELLER, "self": True}], **WHEN}
    assert (await asked(google, "POST", EVENTS, people))[0] == 200
    _, content = await asked(google, "GET", EVENTS, query={"maxAttendees": "1"})
    item = cast("list[JsonObject]", content["items"])[0]
    assert item["attendees"] == [{"email": SELLER, "self": True}]


async def test_orders_need_the_token_and_the_api_its_own(google: LocalGoogle) -> None:
    answer = await google.http.post(f"{google.base_url}/_sim/clear", json={})
    assert answer.status_code == 401
    answer = await google.http.get(f"{google.base_url}/calendar/v3{EVENTS}", headers={"X-Simulator-Token": CONTROL})
    assert (answer.status_code, reason(answer.json())) == (401, "authError")
    journal = await google.http.get(f"{google.base_url}/_sim/journal", headers={"X-Simulator-Token": CONTROL})
    assert [entry["status"] for entry in journal.json()] == [401]


async def test_a_name_that_leads_here_from_elsewhere_is_refused(google: LocalGoogle) -> None:
    answer = await google.http.get(f"{google.base_url}/healthz", headers={"Host": "evil.example"})
    assert answer.status_code == 421
    assert (await google.http.get(f"{google.base_url}/healthz")).text == "ok"


@pytest.mark.parametrize(
    "query",
    [
        {"client_id": "another"},
        {"redirect_uri": "https://evil.example/cb"},
        {"response_type": "token"},
        {"code_challenge_method": "plain", "code_challenge": "x"},
    ],
)
async def test_a_consent_that_leads_elsewhere_is_refused(google: LocalGoogle, query: dict[str, str]) -> None:
    whole = {
        "client_id": CLIENT.client_id,
        "redirect_uri": "http://127.0.0.1:1/cb",
        "response_type": "code",
        "scope": "x",
        "account": SELLER,
        **query,
    }
    answer = await google.http.get(f"{google.base_url}/o/oauth2/v2/auth", params=whole)
    assert answer.status_code in {400, 401}
    assert google.world.codes == {}


async def test_an_order_that_cannot_be_read_is_refused(google: LocalGoogle) -> None:
    orders: list[tuple[str, JsonObject]] = [
        ("/fault", {"kind": "magic"}),
        ("/event", {"calendar": "none", "event": {}}),
    ]
    for path, body in orders:
        headers = {"X-Simulator-Token": CONTROL}
        answer = await google.http.post(f"{google.base_url}/_sim{path}", json=body, headers=headers)
        assert answer.status_code in {400, 404}


def written(folder: Path, config: LocalGoogleConfig, mode: int = 0o600) -> Path:
    path = folder / "google.json"
    path.write_bytes(msgspec.json.encode(config))
    path.chmod(mode)
    return path


def test_a_configuration_is_a_private_file_of_this_machine(tmp_path: Path) -> None:
    config = configured(8098)
    assert load(written(tmp_path, config)) == config
    with pytest.raises(LocalGoogleConfigError, match="chmod 600"):
        load(written(tmp_path, config, 0o644))
    for wrong in ({"token": "x" * 16, "host": "10.0.0.1"}, {"token": "short"}, {"token": "x" * 16, "people": 7}, {}):
        path = written(tmp_path, config)
        path.write_text(json.dumps(wrong), encoding="utf-8")
        with pytest.raises(LocalGoogleConfigError):
            load(path)


def test_it_is_served_by_its_own_name(tmp_path: Path) -> None:
    config = configured(free_port())
    command = [sys.executable, "-m", "nexus.local_google"]
    environment = {**os.environ, "NEXUS_LOCAL_GOOGLE_CONFIG": str(written(tmp_path, config))}
    with subprocess.Popen(command, env=environment) as process:
        try:
            transport = httpx.HTTPTransport(retries=8)
            with httpx.Client(transport=transport) as http:
                assert http.get(f"{config.base_url}/healthz").text == "ok"
        finally:
            process.terminate()
    environment["NEXUS_LOCAL_GOOGLE_CONFIG"] = str(tmp_path / "none.json")
    assert subprocess.run(command, env=environment, check=False, capture_output=True).returncode == 2
