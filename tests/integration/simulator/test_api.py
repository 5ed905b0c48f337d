"""The simulated API: keys, limits, media, endpoints, the door, the journal (contracts `fake_server_must`)."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING

import httpx
import pytest

from core.secret import Secret
from core.whatsapp import InboundMessage, JsonObject
from nexus.simulator.app import create_app
from nexus.simulator.config import ConfigError, SimulatorConfig, load
from tests.integration.simulator.simulated import API_KEY, NUMBER, PHONE, TOKEN, Receiver, Simulator, until

if TYPE_CHECKING:
    from pathlib import Path

SEND = "/whatsapp/messages"


def text_request(body: str) -> JsonObject:
    return {"from": NUMBER, "to": PHONE, "type": "text", "text": {"body": body}}


def buttons_request(titles: list[str]) -> JsonObject:
    buttons = [{"type": "reply", "reply": {"id": f"b{i}", "title": title}} for i, title in enumerate(titles)]
    interactive = {"type": "button", "body": {"text": "¿?"}, "action": {"buttons": buttons}}
    return json.loads(json.dumps({"from": NUMBER, "to": PHONE, "type": "interactive", "interactive": interactive}))


@pytest.mark.parametrize("path", ["/whatsapp/phoneNumbers", "/whatsapp/messages/x", "/webhookEndpoints"])
async def test_without_a_right_key_nothing_is_answered(simulator: Simulator, path: str) -> None:
    answer = await simulator.call("GET", path, key="wrong")
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "UNAUTHORIZED"
    assert answer.headers["YCloud-Request-ID"] == answer.json()["error"]["requestId"]


@pytest.mark.parametrize(
    ("request_body", "code"),
    [
        (text_request("x" * 4097), "PARAM_INVALID_LENGTH"),
        (text_request(""), "PARAM_MISSING"),
        (buttons_request(["a", "b", "c", "d"]), "PARAM_INVALID_LENGTH"),
        (buttons_request(["x" * 21]), "PARAM_INVALID_LENGTH"),
        ({"from": NUMBER, "type": "text", "text": {"body": "x"}}, "PARAM_MISSING"),
        ({"from": NUMBER, "to": PHONE, "type": "smoke"}, "PARAM_INVALID"),
        ({"from": NUMBER, "to": PHONE, "type": "image", "image": {"id": "1", "link": "x"}}, "PARAM_INVALID"),
    ],
    ids=["long text", "no text", "four buttons", "long title", "nobody", "type", "two files"],
)
async def test_what_breaks_a_limit_is_refused_at_once(
    simulator: Simulator, request_body: JsonObject, code: str
) -> None:
    answer = await simulator.call("POST", SEND, request_body)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == code


async def test_what_is_just_inside_the_limits_is_accepted(simulator: Simulator) -> None:
    for body in (text_request("x" * 4096), buttons_request(["x" * 20, "b", "c"])):
        answer = await simulator.call("POST", SEND, body)
        assert (answer.status_code, answer.json()["status"]) == (200, "accepted")


async def test_a_body_that_is_no_json_is_a_bad_request(simulator: Simulator) -> None:
    headers = {"X-API-Key": API_KEY.reveal()}
    answer = await simulator.http.post(f"{simulator.base_url}/v2{SEND}", content=b"\xff", headers=headers)
    assert answer.json()["error"]["code"] == "BAD_REQUEST"


async def test_both_typing_paths_answer_as_documented(simulator: Simulator, open_window: str) -> None:
    typing = await simulator.call("POST", f"/whatsapp/inboundMessages/{open_window}/typing")
    assert typing.json() == {"success": True}
    legacy = await simulator.call("POST", f"/whatsapp/inboundMessages/{open_window}/typingIndicator")
    assert (legacy.status_code, legacy.content) == (200, b"")
    unknown = await simulator.call("POST", "/whatsapp/inboundMessages/none/markAsRead")
    assert unknown.status_code == 404


async def test_a_message_may_tell_of_the_advertisement_that_was_clicked(
    simulator: Simulator, receiver: Receiver
) -> None:
    await simulator.order("/inbound", account=NUMBER, phone=PHONE, text="Vi el anuncio", ad="Plan Pro")
    await until(lambda: bool(receiver.deliveries))
    message = receiver.deliveries[0].event.payload
    assert isinstance(message, InboundMessage)
    assert message.referral is not None
    assert (message.referral.source_type, message.referral.headline) == ("ad", "Plan Pro")
    assert message.referral.click_id


async def test_a_customers_file_is_downloaded_only_with_the_key(simulator: Simulator, receiver: Receiver) -> None:
    await simulator.order("/inbound", account=NUMBER, phone=PHONE, type="audio", text="quiero un turno")
    await until(lambda: bool(receiver.deliveries))
    message = receiver.deliveries[0].event.payload
    assert isinstance(message, InboundMessage)
    assert message.media is not None
    assert message.media.link is not None
    assert (await simulator.http.get(message.media.link)).status_code == 401
    answer = await simulator.http.get(message.media.link, headers={"X-API-Key": API_KEY.reveal()})
    assert answer.headers["content-type"] == "audio/ogg; codecs=opus"
    assert answer.content.startswith(b"OggS")
    assert b"TRANSCRIPT=quiero un turno" in answer.content


async def test_a_file_is_uploaded_for_sending(simulator: Simulator) -> None:
    url = f"{simulator.base_url}/v2/whatsapp/media/{NUMBER}/upload"
    headers = {"X-API-Key": API_KEY.reveal()}
    content = bytes(range(256)) + b"\r\n--\r\n"
    answer = await simulator.http.post(url, files={"file": ("a.png", content, "image/png")}, headers=headers)
    media_id = answer.json()["id"]
    kept = await simulator.call("GET", f"/whatsapp/media/download/{media_id}")
    assert (kept.content, kept.headers["content-type"]) == (content, "image/png")
    empty = await simulator.http.post(url, files={"other": b"x"}, headers=headers)
    assert empty.json()["error"]["code"] == "PARAM_MISSING"


async def test_lists_page_and_check_their_parameters(simulator: Simulator) -> None:
    page = (await simulator.call("GET", "/whatsapp/templates?limit=1&page=2&includeTotal=true")).json()
    assert (page["offset"], page["length"], page["total"]) == (1, 1, 2)
    assert page["items"][0]["name"] == "promo"
    filtered = (await simulator.call("GET", "/whatsapp/templates?filter.status=APPROVED")).json()
    assert [item["name"] for item in filtered["items"]] == ["recordatorio_cita"]
    assert (await simulator.call("GET", "/whatsapp/templates?limit=101")).status_code == 400
    one = await simulator.call("GET", "/whatsapp/templates/102030405060708/promo/es_AR")
    assert one.json()["status"] == "PAUSED"
    assert (await simulator.call("GET", "/whatsapp/templates/1/promo/es_AR")).status_code == 404
    numbers = (await simulator.call("GET", "/whatsapp/phoneNumbers")).json()
    assert numbers["items"][0]["phoneNumber"] == NUMBER


async def test_an_account_sees_only_its_own(simulator: Simulator) -> None:
    other = (await simulator.call("GET", "/whatsapp/phoneNumbers", key="another-key")).json()
    assert [item["phoneNumber"] for item in other["items"]] == ["+5491130002000"]
    sent = (await simulator.call("POST", SEND, text_request("x"))).json()
    assert (await simulator.call("GET", f"{SEND}/{sent['id']}")).status_code == 200
    assert (await simulator.call("GET", f"{SEND}/{sent['id']}", key="another-key")).status_code == 404


async def test_webhook_endpoints_are_managed_and_rotate_their_secret(simulator: Simulator, receiver: Receiver) -> None:
    body: JsonObject = {"url": receiver.url, "enabledEvents": ["whatsapp.message.updated"]}
    made = (await simulator.call("POST", "/webhookEndpoints", body)).json()
    assert made["secret"].startswith("whsec_")
    path = f"/webhookEndpoints/{made['id']}"
    rotated = (await simulator.call("POST", f"{path}/rotateSecret")).json()
    assert rotated["secret"] != made["secret"]
    assert (await simulator.call("PATCH", path, {"status": "disabled"})).json()["status"] == "disabled"
    assert (await simulator.call("PATCH", path, {"status": "asleep"})).status_code == 400
    assert len((await simulator.call("GET", "/webhookEndpoints")).json()["items"]) == 2
    assert (await simulator.call("DELETE", path)).status_code == 200
    assert (await simulator.call("GET", path)).status_code == 404


async def test_who_unsubscribed_is_listed_until_taken_back(simulator: Simulator) -> None:
    await simulator.call("POST", "/unsubscribers", {"customer": PHONE})
    assert (await simulator.call("GET", "/unsubscribers")).json()["items"][0]["customer"] == PHONE
    assert (await simulator.call("DELETE", f"/unsubscribers/{PHONE}/whatsapp")).status_code == 200
    assert (await simulator.call("DELETE", f"/unsubscribers/{PHONE}/whatsapp")).status_code == 404


async def test_the_journal_is_also_a_file_and_holds_no_secret(simulator: Simulator, open_window: str) -> None:
    assert open_window
    await simulator.call("POST", SEND, text_request("hola") | {"externalId": "crm:1"})
    lines = simulator.journal_path.read_text(encoding="utf-8")
    entries = [json.loads(line) for line in lines.splitlines()]
    assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
    assert {"request", "delivery"} <= {entry["kind"] for entry in entries}
    assert "crm:1" in lines
    for secret in (API_KEY.reveal(), "whsec_of_the_test", TOKEN):
        assert secret not in lines
    assert stat.S_IMODE(simulator.journal_path.stat().st_mode) == 0o600
    later = await simulator.read("/journal", after=str(entries[0]["seq"]), limit="1")
    assert [entry["seq"] for entry in later] == [2]


@pytest.mark.parametrize("path", ["/", "/_sim/journal", "/_sim/accounts", "/static/phone.js"])
async def test_page_and_orders_are_closed_without_the_token(simulator: Simulator, path: str) -> None:
    assert (await simulator.http.get(simulator.base_url + path)).status_code == 401
    wrong = await simulator.http.get(simulator.base_url + path, headers={"X-Simulator-Token": "x"})
    assert wrong.status_code == 401
    right = await simulator.http.get(simulator.base_url + path, headers={"X-Simulator-Token": TOKEN})
    assert right.status_code == 200


async def test_the_token_in_the_address_becomes_a_cookie_that_is_not_the_token(simulator: Simulator) -> None:
    answer = await simulator.http.get(f"{simulator.base_url}/?token={TOKEN}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert TOKEN not in cookie
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    page = await simulator.http.get(simulator.base_url)
    assert page.status_code == 200
    assert "default-src 'self'" in page.headers["content-security-policy"]
    order = {"account": NUMBER, "phone": PHONE, "text": "x"}
    url = f"{simulator.base_url}/_sim/inbound"
    assert (await simulator.http.post(url, json=order)).status_code == 403
    assert (await simulator.http.post(url, json=order, headers={"X-Simulator-Request": "1"})).status_code == 200


async def test_what_the_page_reads_from_its_address_outlives_the_token(simulator: Simulator) -> None:
    address = f"{simulator.base_url}/?token={TOKEN}&embedded=1&customer=2&language=pt&theme=dark&next=//evil.example"
    answer = await simulator.http.get(address)
    assert answer.headers["location"] == "/?customer=2&embedded=1&language=pt&theme=dark"


@pytest.mark.parametrize(("ancestors", "said"), [((), "'none'"), (("http://127.0.0.1:8000",), "http://127.0.0.1:8000")])
async def test_it_is_framed_by_exactly_whom_it_was_told(ancestors: tuple[str, ...], said: str) -> None:
    app = create_app(SimulatorConfig(token=Secret(TOKEN), accounts=(), frame_ancestors=ancestors))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:8099") as http:
        for path in ("/", "/healthz"):
            policy = (await http.get(path)).headers["content-security-policy"]
            assert policy == f"default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {said}"


async def test_a_name_that_only_resolves_here_is_refused(simulator: Simulator) -> None:
    headers = {"Host": "evil.example", "X-Simulator-Token": TOKEN, "X-API-Key": API_KEY.reveal()}
    for path in ("/_sim/journal", "/v2/whatsapp/phoneNumbers"):
        assert (await simulator.http.get(simulator.base_url + path, headers=headers)).status_code == 421


@pytest.mark.parametrize(
    "order",
    [
        {"phone": "12"},
        {"phone": PHONE, "type": "smoke"},
        {"phone": PHONE, "unknown": 1},
        {"account": "+0", "phone": PHONE},
    ],
)
async def test_an_order_that_makes_no_sense_is_refused(simulator: Simulator, order: JsonObject) -> None:
    headers = {"X-Simulator-Token": TOKEN}
    answer = await simulator.http.post(f"{simulator.base_url}/_sim/inbound", json=order, headers=headers)
    assert answer.status_code in {400, 404}


async def test_a_started_process_answers_health_without_a_token(simulator: Simulator) -> None:
    assert (await simulator.http.get(f"{simulator.base_url}/healthz")).text == "ok"


def config_file(path: Path, **changes: object) -> Path:
    account = {"name": "Sol", "business_number": NUMBER, "waba_id": "1", "api_key": "k"}
    path.write_text(json.dumps({"token": TOKEN, "accounts": [account], **changes}), encoding="utf-8")
    path.chmod(0o600)
    return path


def test_a_private_configuration_file_is_read(tmp_path: Path) -> None:
    config = load(config_file(tmp_path / "c.json", port=9001, journal_path="j.jsonl"))
    assert (config.port, config.accounts[0].business_number) == (9001, NUMBER)
    assert config.journal_path == tmp_path / "j.jsonl"
    assert "'k'" not in repr(config)


@pytest.mark.parametrize(
    "changes", [{"host": "192.168.1.4"}, {"token": "short"}, {"port": 0}, {"extra": 1}, {"accounts": [{"name": "x"}]}]
)
def test_a_configuration_that_is_wrong_or_open_to_the_network_is_refused(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    with pytest.raises(ConfigError):
        load(config_file(tmp_path / "c.json", **changes))


def test_a_configuration_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = config_file(tmp_path / "c.json")
    path.chmod(0o644)
    with pytest.raises(ConfigError):
        load(path)


def test_it_never_listens_beyond_loopback() -> None:
    with pytest.raises(ConfigError):
        SimulatorConfig(token=Secret(TOKEN), accounts=(), host="192.168.1.4")


async def test_the_page_holds_no_inline_script_or_style(simulator: Simulator) -> None:
    page = (await simulator.http.get(simulator.base_url, headers={"X-Simulator-Token": TOKEN})).text
    assert "<style" not in page
    assert " style=" not in page
    assert "onclick" not in page
    assert all("src=" in part.split(">")[0] for part in page.split("<script")[1:])
