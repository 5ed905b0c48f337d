"""The simulator's webhooks: signed, shaped as documented, retried, duplicated, delayed and reordered on demand."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict

import pytest

from core.secret import Secret
from core.whatsapp import Echo, InboundMessage, Json, JsonObject
from core.ycloud.signature import Rejected, Verified, verify
from tests.integration.simulator.simulated import NUMBER, PHONE, SECRET, Receiver, Simulator, until

NOTES = Path(__file__).parents[2] / "fixtures" / "contracts" / "ycloud.schema_notes.json"


class Schema(TypedDict, total=False):
    fields: dict[str, str | JsonObject]
    required: list[str]


SCHEMAS: dict[str, Schema] = json.loads(NOTES.read_text(encoding="utf-8"))["schemas"]


def undocumented(value: Json, schema: str, path: str = "") -> list[str]:
    """Paths of fields that the documented schema does not know, and of required ones that are missing."""
    known = SCHEMAS.get(schema, {}).get("fields")
    if not isinstance(value, dict) or known is None:
        return []
    wrong = [f"{path}.{name} missing" for name in SCHEMAS[schema].get("required", []) if name not in value]
    for name, item in value.items():
        kind = known.get(name)
        if kind is None:
            wrong.append(f"{path}.{name}")
        elif isinstance(kind, str):
            wrong += undocumented(item, kind, f"{path}.{name}")
    return wrong


async def inbound(simulator: Simulator, **order: Json) -> JsonObject:
    return await simulator.order("/inbound", account=NUMBER, phone=PHONE, **order)


async def test_a_webhook_is_signed_over_its_bytes_and_names_its_endpoint(
    simulator: Simulator, receiver: Receiver, open_window: str
) -> None:
    assert open_window
    assert simulator
    delivery = receiver.deliveries[0]
    now = datetime.now(UTC)
    assert isinstance(verify([SECRET], delivery.signature, delivery.body, now), Verified)
    assert verify([Secret("whsec_no")], delivery.signature, delivery.body, now) == Rejected("mismatch")
    assert delivery.endpoint_id == "wh_test"


@pytest.mark.parametrize(
    ("order", "text", "reply_id"),
    [
        ({"type": "text", "text": "Hola"}, "Hola", None),
        ({"type": "button_reply", "text": "Mar 10:00", "reply_id": "slot:1"}, "Mar 10:00", "slot:1"),
        ({"type": "list_reply", "text": "Pro", "reply_id": "plan:pro", "description": "10"}, "Pro", "plan:pro"),
        ({"type": "button", "text": "Confirmar", "reply_id": "OK_1"}, "Confirmar", "OK_1"),
        ({"type": "image", "text": "Mi local"}, "Mi local", None),
        ({"type": "audio", "text": "quiero un turno"}, None, None),
        ({"type": "location", "text": "Obelisco"}, "Obelisco", None),
        ({"type": "reaction", "text": "👍", "reply_id": "wamid.X"}, "👍", None),
    ],
    ids=["text", "button_reply", "list_reply", "button", "image", "audio", "location", "reaction"],
)
async def test_what_a_customer_sends_arrives_as_documented(
    simulator: Simulator, receiver: Receiver, order: dict[str, Json], text: str | None, reply_id: str | None
) -> None:
    await inbound(simulator, **order)
    await until(lambda: bool(receiver.deliveries))
    message = receiver.deliveries[0].event.payload
    assert isinstance(message, InboundMessage)
    assert (message.text, message.reply_id, message.sender.phone) == (text, reply_id, PHONE)
    assert undocumented(json.loads(receiver.deliveries[0].body), "Event") == []


def test_the_schema_check_finds_a_field_that_nobody_documented() -> None:
    event: JsonObject = {"id": "evt_000001", "type": "x", "createTime": "", "whatsappInboundMessage": {"ID": "1"}}
    assert undocumented(event, "Event") == [
        ".apiVersion missing",
        ".whatsappInboundMessage.id missing",
        ".whatsappInboundMessage.ID",
    ]


async def test_statuses_and_answers_hold_only_documented_fields(
    simulator: Simulator, receiver: Receiver, open_window: str
) -> None:
    assert open_window
    body: JsonObject = {"from": NUMBER, "to": PHONE, "type": "text", "text": {"body": "Hola"}, "externalId": "e"}
    answer = await simulator.call("POST", "/whatsapp/messages/sendDirectly", body)
    assert undocumented(answer.json(), "WhatsappMessage") == []
    assert answer.json()["status"] == "accepted"
    await until(lambda: len(receiver.deliveries) == 5)
    for delivery in receiver.deliveries:
        assert undocumented(json.loads(delivery.body), "Event") == []
    delivered = [d.event for d in receiver.deliveries if b'"status":"delivered"' in d.body]
    assert len({event.id for event in delivered}) == 2


async def test_a_person_may_hide_the_phone(simulator: Simulator, receiver: Receiver) -> None:
    await inbound(simulator, text="sin número", hide_phone=True)
    await until(lambda: bool(receiver.deliveries))
    message = receiver.deliveries[0].event.payload
    assert isinstance(message, InboundMessage)
    assert message.sender.phone is None
    assert message.sender.user_id
    assert message.sender.username


async def test_a_refused_webhook_comes_again_with_the_same_bytes_until_it_is_taken(
    simulator: Simulator, receiver: Receiver
) -> None:
    receiver.answers = [503, 500]
    await inbound(simulator, text="Hola")
    await until(lambda: len(receiver.deliveries) == 3)
    assert len({delivery.body for delivery in receiver.deliveries}) == 1
    journal = await simulator.read("/journal", kind="delivery")
    assert [(e["attempt"], e["status"], e["outcome"]) for e in journal] == [
        (1, 503, "will_retry"),
        (2, 500, "will_retry"),
        (3, 200, "delivered"),
    ]


async def test_a_duplicate_is_the_same_event_twice(simulator: Simulator, receiver: Receiver) -> None:
    await simulator.order("/duplicate", account=NUMBER, count=1)
    done = await inbound(simulator, text="Hola")
    await until(lambda: len(receiver.deliveries) == 2)
    await simulator.order("/duplicate", account=NUMBER, event_id=done["event_id"])
    await until(lambda: len(receiver.deliveries) == 3)
    assert [delivery.event.id for delivery in receiver.deliveries] == [done["event_id"]] * 3


async def test_reordered_deliveries_arrive_last_first(simulator: Simulator, receiver: Receiver) -> None:
    await simulator.order("/reorder", account=NUMBER, count=3)
    for text in ("uno", "dos", "tres"):
        await inbound(simulator, text=text)
    await until(lambda: len(receiver.deliveries) == 3)
    payloads = [delivery.event.payload for delivery in receiver.deliveries]
    assert [p.text for p in payloads if isinstance(p, InboundMessage)] == ["tres", "dos", "uno"]


async def test_what_waits_to_be_reordered_is_let_go_when_nothing_more_comes(
    simulator: Simulator, receiver: Receiver
) -> None:
    await simulator.order("/reorder", account=NUMBER, count=50)
    await inbound(simulator, text="solo")
    await until(lambda: len(receiver.deliveries) == 1)


async def test_a_delayed_delivery_lets_the_next_one_pass(simulator: Simulator, receiver: Receiver) -> None:
    await simulator.order("/delay", account=NUMBER, seconds=300)
    await inbound(simulator, text="primero")
    await inbound(simulator, text="segundo")
    await until(lambda: len(receiver.deliveries) == 2)
    payloads = [delivery.event.payload for delivery in receiver.deliveries]
    assert [p.text for p in payloads if isinstance(p, InboundMessage)] == ["segundo", "primero"]


async def test_a_burst_is_several_messages_of_one_person(simulator: Simulator, receiver: Receiver) -> None:
    await simulator.order("/burst", account=NUMBER, phone=PHONE, texts=["Hola", "quiero info", "precio?"])
    await until(lambda: len(receiver.deliveries) == 3)
    assert len({delivery.event.id for delivery in receiver.deliveries}) == 3


async def test_the_seller_typing_on_the_phone_is_an_echo(
    simulator: Simulator, receiver: Receiver, open_window: str
) -> None:
    assert open_window
    await simulator.order("/echo", account=NUMBER, phone=PHONE, text="Te llamo en 5")
    await until(lambda: len(receiver.deliveries) == 2)
    payload = receiver.deliveries[1].event.payload
    assert isinstance(payload, Echo)
    assert payload.text == "Te llamo en 5"
    assert payload.recipient is not None
    assert payload.recipient.to == PHONE


async def test_endpoint_and_secret_of_a_number_can_be_set_and_new_accounts_added(
    simulator: Simulator, receiver: Receiver
) -> None:
    path = f"{simulator.base_url}/_sim/accounts/+5491130003000"
    order = {
        "name": "Nueva",
        "waba_id": "3",
        "api_key": "key-three",
        "webhook_url": receiver.url,
        "webhook_secret": "whsec_three",
    }
    answer = await simulator.http.put(path, json=order, headers={"X-Simulator-Token": "token-of-the-simulator"})
    assert answer.status_code == 200
    await simulator.order("/inbound", account="+5491130003000", phone=PHONE, text="Hola")
    await until(lambda: len(receiver.deliveries) == 1)
    delivery = receiver.deliveries[0]
    assert isinstance(verify([Secret("whsec_three")], delivery.signature, delivery.body, datetime.now(UTC)), Verified)
