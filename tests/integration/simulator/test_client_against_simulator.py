"""`YCloudClient` against the simulator: every way a send can end, and what the customer then sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from core.secret import Secret
from core.whatsapp import (
    Accepted,
    Button,
    ForeignTenantError,
    InboundMessage,
    JsonObject,
    ListRow,
    Outgoing,
    OutgoingButtons,
    OutgoingList,
    OutgoingTemplate,
    OutgoingText,
    Recipient,
    Refused,
    StatusUpdate,
    Unknown,
)
from core.ycloud.client import YCloudClient
from tests.integration.simulator.simulated import NUMBER, PHONE, Receiver, Simulator, free_port, until

if TYPE_CHECKING:
    from core.whatsapp import WhatsAppProvider

TO = Recipient(to=PHONE)
TEXT = OutgoingText("Hola *Lucía*")
MESSAGES: list[Outgoing] = [
    TEXT,
    OutgoingButtons("¿Cuál te sirve?", (Button("slot:1", "Mar 10:00"), Button("slot:2", "Otro")), "Hora Argentina"),
    OutgoingList("Elige un plan", "Ver planes", (ListRow("plan:pro", "Pro", "Hasta 10"), ListRow("plan:uno", "Uno"))),
    OutgoingTemplate("recordatorio_cita", "es_AR", ("Lucía", "martes 24, 10:00")),
]


def statuses(receiver: Receiver) -> list[StatusUpdate]:
    payloads = [delivery.event.payload for delivery in receiver.of_type("whatsapp.message.updated")]
    return [payload for payload in payloads if isinstance(payload, StatusUpdate)]


async def sends(simulator: Simulator) -> list[JsonObject]:
    requests = await simulator.read("/journal", kind="request")
    return [entry for entry in requests if "external_id" in entry]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
async def test_every_kind_of_message_is_accepted_and_its_statuses_name_our_id(
    simulator: Simulator, receiver: Receiver, open_window: str, message: Outgoing
) -> None:
    assert open_window
    provider: WhatsAppProvider = simulator.client()
    result = await provider.send(TO, message, external_id="crm:msg:1", tenant_id=7)
    assert isinstance(result, Accepted)
    assert result.wamid
    await until(lambda: len(statuses(receiver)) == 4)
    assert sorted(status.status for status in statuses(receiver)) == ["delivered", "delivered", "read", "sent"]
    assert {status.external_id for status in statuses(receiver)} == {"crm:msg:1"}
    assert {status.provider_id for status in statuses(receiver)} == {result.provider_id}


async def test_a_person_without_phone_is_reached_by_user_id(
    simulator: Simulator, receiver: Receiver, open_window: str
) -> None:
    assert open_window
    message = receiver.deliveries[0].event.payload
    assert isinstance(message, InboundMessage)
    user_id = message.sender.user_id
    result = await simulator.client().send(Recipient(user_id=user_id), TEXT, external_id="crm:msg:2")
    assert isinstance(result, Accepted)
    await until(lambda: "read" in [status.status for status in statuses(receiver)])
    request = (await sends(simulator))[-1]["body"]
    assert isinstance(request, dict)
    assert (request.get("recipient"), request.get("to")) == (user_id, None)


async def test_templates_go_by_the_queue_with_its_filters_and_replies_go_directly(
    simulator: Simulator, open_window: str
) -> None:
    assert open_window
    await simulator.client().send(TO, MESSAGES[3], external_id="t")
    await simulator.client().send(TO, TEXT, external_id="d")
    queued, direct = (await sends(simulator))[-2:]
    assert (queued["path"], direct["path"]) == ("/v2/whatsapp/messages", "/v2/whatsapp/messages/sendDirectly")
    assert isinstance(queued["body"], dict)
    assert (queued["body"]["filterUnsubscribed"], queued["body"]["filterBlocked"]) == (True, True)


async def test_free_text_outside_the_window_fails_only_later(simulator: Simulator, receiver: Receiver) -> None:
    result = await simulator.client().send(TO, TEXT, external_id="crm:msg:3")
    assert isinstance(result, Accepted)
    await until(lambda: len(statuses(receiver)) == 1)
    assert (statuses(receiver)[0].status, statuses(receiver)[0].error_code) == ("failed", "131047")


async def test_a_rate_limit_is_refused_with_its_wait_and_never_sent(simulator: Simulator, open_window: str) -> None:
    assert open_window
    await simulator.order("/fail", account=NUMBER, mode="status", status=429, retry_after=3)
    result = await simulator.client().send(TO, TEXT, external_id="x")
    assert result == Refused("SENDER_RATE_LIMITED", "Ordered by the test.", 3, retryable=True)
    assert [entry["accepted"] for entry in await sends(simulator)] == [False]


@pytest.mark.parametrize("status", [500, 503])
async def test_a_server_error_is_unknown_and_the_client_sends_once(
    simulator: Simulator, open_window: str, status: int
) -> None:
    assert open_window
    await simulator.order("/fail", account=NUMBER, status=status, code="INTERNAL_SERVER_ERROR", retry_after=None)
    result = await simulator.client().send(TO, TEXT, external_id="x")
    assert result == Unknown(f"HTTP {status} INTERNAL_SERVER_ERROR")
    assert len(await sends(simulator)) == 1


async def test_an_answer_that_never_comes_is_unknown_though_the_customer_got_the_message(
    simulator: Simulator, receiver: Receiver, open_window: str
) -> None:
    assert open_window
    await simulator.order("/fail", account=NUMBER, mode="drop")
    result = await simulator.client().send(TO, TEXT, external_id="crm:msg:lost")
    assert isinstance(result, Unknown)
    await until(lambda: "delivered" in [status.status for status in statuses(receiver)])
    assert {status.external_id for status in statuses(receiver)} == {"crm:msg:lost"}
    assert [(entry["outcome"], entry["accepted"]) for entry in await sends(simulator)] == [("dropped", True)]


async def test_an_answer_that_comes_too_late_is_unknown(simulator: Simulator, open_window: str) -> None:
    assert open_window
    await simulator.order("/fail", account=NUMBER, mode="timeout", seconds=0.5)
    result = await simulator.client(seconds=0.1).send(TO, TEXT, external_id="x")
    assert result == Unknown("ReadTimeout")


async def test_no_connection_is_surely_no_send(simulator: Simulator) -> None:
    client = YCloudClient(
        simulator.http,
        api_key=Secret("k"),
        business_number=NUMBER,
        tenant_id=7,
        base_url=f"http://127.0.0.1:{free_port()}/v2",
    )
    assert await client.send(TO, TEXT, external_id="x") == Refused(
        "CONNECTION_FAILED", "ConnectError", None, retryable=True
    )


@pytest.mark.parametrize(
    ("message", "key", "code"),
    [
        (TEXT, "wrong", "UNAUTHORIZED"),
        (TEXT, "another-key", "WHATSAPP_PHONE_NUMBER_UNAVAILABLE"),
        (OutgoingTemplate("promo", "es_AR"), "key-of-the-test", "WHATSAPP_TEMPLATE_UNAVAILABLE"),
        (OutgoingTemplate("no_such", "es_AR"), "key-of-the-test", "WHATSAPP_TEMPLATE_UNAVAILABLE"),
    ],
)
async def test_what_the_provider_refuses_is_refused_for_good(
    simulator: Simulator, message: Outgoing, key: str, code: str
) -> None:
    result = await simulator.client(key=Secret(key)).send(TO, message, external_id="x")
    assert isinstance(result, Refused)
    assert (result.code, result.retryable) == (code, False)


async def test_a_wrong_number_of_template_values_fails_later(simulator: Simulator, receiver: Receiver) -> None:
    await simulator.client().send(TO, OutgoingTemplate("recordatorio_cita", "es_AR", ("Ana",)), external_id="x")
    await until(lambda: len(statuses(receiver)) == 1)
    assert statuses(receiver)[0].error_code == "132000"


async def test_who_unsubscribed_gets_no_template(simulator: Simulator, receiver: Receiver) -> None:
    await simulator.call("POST", "/unsubscribers", {"customer": PHONE, "channel": "whatsapp"})
    await simulator.client().send(TO, MESSAGES[3], external_id="x")
    await until(lambda: len(statuses(receiver)) == 1)
    assert statuses(receiver)[0].error_code == "RECIPIENT_UNSUBSCRIBED"


async def test_reading_and_typing_show_on_the_phone(simulator: Simulator, open_window: str) -> None:
    async def chat() -> JsonObject:
        query = {"account": NUMBER, "phone": PHONE}
        headers = {"X-Simulator-Token": "token-of-the-simulator"}
        return (await simulator.http.get(f"{simulator.base_url}/_sim/chat", params=query, headers=headers)).json()

    assert await simulator.client().mark_read(open_window)
    bubbles = (await chat())["bubbles"]
    assert isinstance(bubbles, list)
    assert isinstance(bubbles[0], dict)
    assert bubbles[0]["status"] == "read"
    assert (await chat())["typing"] is False
    assert await simulator.client().typing(open_window)
    assert (await chat())["typing"] is True


async def test_courtesies_for_an_unknown_message_say_false(simulator: Simulator) -> None:
    assert not await simulator.client().mark_read("wamid.NO")
    assert not await simulator.client().typing("../../webhookEndpoints")


async def test_templates_are_listed_whatever_their_status(simulator: Simulator) -> None:
    templates = await simulator.client().list_templates()
    assert isinstance(templates, tuple)
    assert [(t.name, t.language, t.status) for t in templates] == [
        ("recordatorio_cita", "es_AR", "APPROVED"),
        ("promo", "es_AR", "PAUSED"),
    ]
    assert templates[0].components[0]["text"] == "Hola {{1}}, te esperamos el {{2}}."
    assert isinstance(await simulator.client(key=Secret("no")).list_templates(), Refused)


async def test_a_message_is_looked_up_by_its_id(simulator: Simulator, open_window: str) -> None:
    assert open_window
    sent = await simulator.client().send(TO, TEXT, external_id="crm:msg:9")
    assert isinstance(sent, Accepted)
    found = await simulator.client().look_up(sent.provider_id)
    assert isinstance(found, StatusUpdate)
    assert (found.external_id, found.wamid) == ("crm:msg:9", sent.wamid)
    missing = await simulator.client().look_up("nothing")
    assert isinstance(missing, Refused)
    assert missing.code == "NOT_FOUND"


async def test_another_tenant_than_the_bound_one_raises_before_anything_leaves(simulator: Simulator) -> None:
    client = simulator.client()
    for call in (
        client.send(TO, TEXT, external_id="x", tenant_id=8),
        client.mark_read("x", tenant_id=8),
        client.typing("x", tenant_id=8),
        client.list_templates(tenant_id=8),
        client.look_up("x", tenant_id=8),
    ):
        with pytest.raises(ForeignTenantError):
            await call
    assert await simulator.read("/journal", kind="request") == []


async def test_a_redirect_is_not_followed_so_that_the_key_stays_with_its_host() -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.host)
        return httpx.Response(307, headers={"Location": "http://elsewhere.example/v2"})

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer), follow_redirects=True) as http:
        client = YCloudClient(
            http, api_key=Secret("k"), business_number=NUMBER, tenant_id=7, base_url="http://here.example/v2"
        )
        result = await client.send(TO, TEXT, external_id="x")
    assert seen == ["here.example"]
    assert result == Refused("HTTP_307", "", None, retryable=False)
