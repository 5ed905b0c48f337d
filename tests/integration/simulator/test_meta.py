"""The simulator as Meta: what it delivers has the shape of Meta's own examples, and is read as what was written."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from core.meta.client import MetaClient
from core.meta.parse import parse_delivery
from core.meta.signature import HEADER, check
from core.secret import Secret
from core.whatsapp import (
    Accepted,
    Echo,
    InboundMessage,
    Json,
    JsonObject,
    Media,
    MediaContent,
    OutgoingTemplate,
    OutgoingText,
    Recipient,
    Refused,
    StatusUpdate,
)
from nexus.simulator.app import create_app
from nexus.simulator.config import AccountConfig, ConfigError, SimulatorConfig, TemplateConfig
from nexus.simulator.meta.dialect import MetaDialect
from tests.integration.simulator.simulated import (
    APP_SECRET,
    META_NUMBER,
    META_URL,
    META_WABA,
    NUMBER,
    NUMBER_ID,
    PHONE,
    TOKEN,
    TOKEN_OF_META,
    Receiver,
    Simulator,
    free_port,
    serving,
    until,
)

if TYPE_CHECKING:
    from core.whatsapp import Event

CONTRACT = Path(__file__).parents[2] / "fixtures" / "contracts" / "meta_whatsapp.json"
EXAMPLES: dict[str, Json] = json.loads(CONTRACT.read_text(encoding="utf-8"))["examples"]
TO = Recipient(to=PHONE.removeprefix("+"))
TEXT = OutgoingText("Hola")
# What the contract's own examples leave out and its prose, or WhatsApp's, names: README §2, §1.3.
ALSO_KNOWN = frozenset({"biz_opaque_callback_data", "recipient_user_id", "to_user_id"})
ORDERS: dict[str, tuple[JsonObject, str | None, str | None]] = {
    "text": ({"type": "text", "text": "Hola!"}, "Hola!", None),
    "audio_voice": ({"type": "audio", "text": "quiero un turno"}, None, None),
    "image": ({"type": "image", "text": "foto"}, "foto", None),
    "button": ({"type": "button", "text": "Sí", "reply_id": "P", "quoted_wamid": "wamid.OUT"}, "Sí", "P"),
    "interactive_button_reply": ({"type": "button_reply", "text": "Mar", "reply_id": "slot:1"}, "Mar", "slot:1"),
    "reaction": ({"type": "reaction", "text": "👍", "reply_id": "wamid.OUT"}, "👍", None),
}
# The phone page's other kinds, which the examples do not show.
MORE: list[tuple[JsonObject, str | None, str | None]] = [
    ({"type": "list_reply", "text": "Pro", "reply_id": "plan:pro", "description": "10"}, "Pro", "plan:pro"),
    ({"type": "document", "text": "Mi factura", "filename": "a.pdf"}, "Mi factura", None),
    ({"type": "location", "text": "Obelisco"}, "Obelisco", None),
    ({"type": "text", "text": "Vi el anuncio", "ad": "Implantes"}, "Vi el anuncio", None),
]


def shape(value: Json) -> Json:
    """The names and types of a body, without what it says."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    if isinstance(value, list):
        return [shape(item) for item in value[:1]]
    return type(value).__name__


def differences(ours: Json, theirs: Json, path: str = "") -> list[str]:
    """What one has and the other has not, or has as another type."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        names = sorted((ours.keys() | theirs.keys()) - ALSO_KNOWN)
        return [wrong for name in names for wrong in differences(ours.get(name), theirs.get(name), f"{path}.{name}")]
    if isinstance(ours, list) and isinstance(theirs, list):
        return [wrong for pair in zip(ours, theirs, strict=True) for wrong in differences(*pair, path)]
    return [] if ours == theirs else [path]


async def inbound(simulator: Simulator, **order: Json) -> JsonObject:
    return await simulator.order("/inbound", account=META_NUMBER, phone=PHONE, name="Lucía", **order)


def bodies(receiver: Receiver) -> list[bytes]:
    return [delivery.body for delivery in receiver.deliveries]


def events(receiver: Receiver) -> list[Event]:
    return [part.event for body in bodies(receiver) for part in parse_delivery(body)]


def statuses(receiver: Receiver) -> list[StatusUpdate]:
    return [event.payload for event in events(receiver) if isinstance(event.payload, StatusUpdate)]


async def test_what_a_customer_sends_is_signed_and_has_the_shape_of_metas_examples(
    simulator: Simulator, receiver: Receiver
) -> None:
    for example, (order, text, reply_id) in ORDERS.items():
        receiver.deliveries.clear()
        await inbound(simulator, **order)
        await until(lambda: bool(receiver.deliveries))
        (delivery,) = receiver.deliveries
        signature = delivery.headers[HEADER]
        assert check([APP_SECRET], signature, delivery.body).valid
        assert not check([Secret("of-another-app")], signature, delivery.body).valid
        assert differences(shape(json.loads(delivery.body)), shape(EXAMPLES[example])) == [], example
        (event,) = events(receiver)
        assert event.number_id == NUMBER_ID
        assert isinstance(event.payload, InboundMessage)
        assert (event.payload.text, event.payload.reply_id) == (text, reply_id), example
    for order, text, reply_id in MORE:
        receiver.deliveries.clear()
        await inbound(simulator, **order)
        await until(lambda: bool(receiver.deliveries))
        message = events(receiver)[0].payload
        assert isinstance(message, InboundMessage)
        assert (message.text, message.reply_id, message.sender.phone) == (text, reply_id, PHONE.removeprefix("+"))
        assert (message.referral is not None) is ("ad" in order)


def test_the_check_of_shapes_finds_what_meta_does_not_say() -> None:
    told: JsonObject = {"id": "x", "timestamp": 1, "link": "http://x"}
    assert differences(shape(told), shape({"id": "y", "timestamp": "1"})) == [".link", ".timestamp"]


async def test_statuses_and_echoes_have_the_shape_of_metas_examples(simulator: Simulator, receiver: Receiver) -> None:
    await inbound(simulator, text="Hola")
    sent = await simulator.meta().send(TO, TEXT, external_id="nexus:7:1")
    assert isinstance(sent, Accepted)
    await until(lambda: len(receiver.deliveries) == 5)
    assert {status.status for status in statuses(receiver)} == {"sent", "delivered", "read"}
    assert {(status.wamid, status.external_id) for status in statuses(receiver)} == {(sent.wamid, "nexus:7:1")}
    for body in bodies(receiver)[1:]:
        assert differences(shape(json.loads(body)), shape(EXAMPLES["status_delivered"])) == []
    await simulator.order("/window", account=META_NUMBER, phone=PHONE, hours=25)
    receiver.deliveries.clear()
    assert isinstance(await simulator.meta().send(TO, TEXT, external_id="nexus:7:2"), Accepted)
    await until(lambda: bool(receiver.deliveries))
    assert differences(shape(json.loads(bodies(receiver)[0])), shape(EXAMPLES["status_failed"])) == []
    assert [(one.status, one.error_code) for one in statuses(receiver)] == [("failed", "131047")]
    receiver.deliveries.clear()
    await simulator.order("/echo", account=META_NUMBER, phone=PHONE, text="desde el celu")
    await until(lambda: bool(receiver.deliveries))
    assert differences(shape(json.loads(bodies(receiver)[0])), shape(EXAMPLES["smb_message_echo"])) == []
    echo = events(receiver)[0].payload
    assert isinstance(echo, Echo)
    assert (echo.text, echo.recipient and echo.recipient.to) == ("desde el celu", TO.to)


async def test_a_person_without_phone_has_an_id_and_a_name_and_gets_an_answer(
    simulator: Simulator, receiver: Receiver
) -> None:
    await inbound(simulator, text="sin número", hide_phone=True)
    await until(lambda: bool(receiver.deliveries))
    message = events(receiver)[0].payload
    assert isinstance(message, InboundMessage)
    assert message.sender.phone is None
    assert message.sender.username
    await simulator.meta().send(Recipient(user_id=message.sender.user_id), TEXT, external_id="x")
    await until(lambda: len(statuses(receiver)) == 4)
    assert "read" in {status.status for status in statuses(receiver)}, "it came to the same phone, whose window is open"


async def test_many_travel_together_are_tried_again_together_and_are_one_event_each(
    simulator: Simulator, receiver: Receiver
) -> None:
    receiver.answers = [503]
    await simulator.order("/reorder", account=META_NUMBER, count=3, together=True)
    for text in ("uno", "dos", "tres"):
        await inbound(simulator, text=text)
    await until(lambda: len(receiver.deliveries) == 2)
    first, again = bodies(receiver)
    assert first == again
    told = [part.event.payload for part in parse_delivery(again)]
    assert [one.text for one in told if isinstance(one, InboundMessage)] == ["tres", "dos", "uno"]
    journal = await simulator.read("/journal", kind="delivery")
    assert [(one["attempt"], one["outcome"], one["says"]) for one in journal] == [
        *[(1, "will_retry", "inbound")] * 3,
        *[(2, "delivered", "inbound")] * 3,
    ]
    assert len({str(one["wamid"]) for one in journal}) == 3
    refused = await simulator.http.post(
        f"{simulator.base_url}/_sim/reorder",
        json={"account": NUMBER, "together": True},
        headers={"X-Simulator-Token": TOKEN},
    )
    assert refused.status_code == 400, "YCloud tells one event at a time"


def test_it_tries_for_a_week_and_waits_twice_as_long_each_time() -> None:
    delays = MetaDialect().retry_delays
    assert sum(delays) == 7 * 24 * 3600
    assert all(later == 2 * earlier for earlier, later in pairwise(delays[:-1]))


async def test_a_file_is_fetched_in_two_steps_with_the_token(simulator: Simulator, receiver: Receiver) -> None:
    await inbound(simulator, type="image", data="aGVsbG8=", mime_type="image/png")
    await until(lambda: bool(receiver.deliveries))
    message = events(receiver)[0].payload
    assert isinstance(message, InboundMessage)
    assert message.media is not None
    assert message.media.link is None
    assert await simulator.meta().media(message.media, most_bytes=100) == MediaContent(b"hello", "image/png")
    too_large = await simulator.meta().media(message.media, most_bytes=3)
    assert isinstance(too_large, Refused)
    assert too_large.code == "too_large"
    asked = [str(one["path"]) for one in await simulator.read("/journal", kind="request")]
    assert asked[:2] == [f"{META_URL}/{message.media.id}", "/whatsapp_business/attachments/"]
    stranger = await simulator.meta(key=Secret("wrong")).media(message.media, most_bytes=100)
    assert isinstance(stranger, Refused)
    assert stranger.code == "190"
    headers = {"Authorization": f"Bearer {TOKEN_OF_META.reveal()}"}
    query = {"mid": message.media.id or "", "ext": "1700000000", "hash": "simulated"}
    url = f"{simulator.base_url}/whatsapp_business/attachments/"
    assert (await simulator.http.get(url, params=query, headers=headers)).status_code == 404, "the address grew old"
    assert (await simulator.http.get(url, params=query | {"ext": "9" * 12})).status_code == 401, "no token"


async def test_it_refuses_as_meta_does(simulator: Simulator) -> None:
    client = simulator.meta()
    wrong = await client.send(TO, OutgoingTemplate("recordatorio_cita", "es_AR", ("Ana",)), external_id="x")
    none = await client.send(TO, OutgoingTemplate("no_such", "es_AR"), external_id="x")
    assert [one.code for one in (wrong, none) if isinstance(one, Refused)] == ["132000", "132001"]
    headers = {"Authorization": f"Bearer {TOKEN_OF_META.reveal()}"}
    told: JsonObject = {"messaging_product": "whatsapp", "to": PHONE, "type": "text", "text": {"body": "Hola"}}
    url = f"{simulator.base_url}{META_URL}"
    for number, body in (
        ("999", told),
        (NUMBER_ID, {**told, "messaging_product": "sms"}),
        (NUMBER_ID, {**told, "externalId": "YCloud's"}),
        (NUMBER_ID, {**told, "recipient_type": "group"}),
        (NUMBER_ID, {**told, "biz_opaque_callback_data": "x" * 513}),
        (NUMBER_ID, {"messaging_product": "whatsapp", "status": "delivered", "message_id": "x"}),
    ):
        answer = await simulator.http.post(f"{url}/{number}/messages", json=body, headers=headers)
        error = answer.json()["error"]
        assert (answer.status_code, error["code"], error["type"]) == (400, 100, "OAuthException"), body
    ours = await simulator.http.get(f"{url}/{NUMBER_ID}", headers=headers)
    assert (ours.json()["display_phone_number"], ours.json()["status"]) == (META_NUMBER, "CONNECTED")
    of_ycloud = await simulator.call("GET", "/whatsapp/templates", key=TOKEN_OF_META.reveal())
    assert of_ycloud.status_code == 401, "a key of the other provider's"


async def test_the_cursor_is_followed_and_never_its_address() -> None:
    port = free_port()
    many = tuple(TemplateConfig(f"template_{number}", "Hola") for number in range(101))
    ours = AccountConfig(
        "Luna", META_NUMBER, META_WABA, TOKEN_OF_META, templates=many, provider="meta", phone_number_id=NUMBER_ID
    )
    config = SimulatorConfig(token=Secret(TOKEN), accounts=(ours,), port=port)
    async with httpx.AsyncClient(trust_env=False) as http, serving(create_app(config), port):
        client = MetaClient(
            http,
            access_token=TOKEN_OF_META,
            phone_number_id=NUMBER_ID,
            waba_id=META_WABA,
            tenant_id=7,
            base_url=config.base_url + META_URL,
        )
        listed = await client.list_templates()
        assert isinstance(listed, tuple)
        assert [one.name for one in listed] == [one.name for one in many]


async def test_a_number_of_metas_can_be_added_and_has_its_id(simulator: Simulator, receiver: Receiver) -> None:
    path, headers = f"{simulator.base_url}/_sim/accounts/+5491130005000", {"X-Simulator-Token": TOKEN}
    order: JsonObject = {"waba_id": "5", "api_key": "token-five", "provider": "meta", "webhook_url": receiver.url}
    assert (await simulator.http.put(path, json=order, headers=headers)).status_code == 400
    answer = await simulator.http.put(path, json={**order, "phone_number_id": "55"}, headers=headers)
    assert answer.status_code == 200, answer.text
    await simulator.order("/inbound", account="+5491130005000", phone=PHONE, text="Hola")
    await until(lambda: bool(receiver.deliveries))
    assert events(receiver)[0].number_id == "55"
    with pytest.raises(ConfigError, match="phone_number_id"):
        AccountConfig("x", NUMBER, "1", Secret("k"), phone_number_id="55")


async def test_a_file_that_meta_keeps_no_more_is_gone(simulator: Simulator) -> None:
    gone = await simulator.meta().media(Media("900", None, None, None, None, None), most_bytes=9)
    assert isinstance(gone, Refused)
    assert gone.code == "gone"
