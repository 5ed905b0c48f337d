"""What is Meta's own at the door: the handshake, deliveries of many events, and numbers known by an id."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.database_errors import DatabaseUnavailable
from core.secret import Secret
from core.statements import sibling_statements
from orchestrator_service.provisioning.add_channel import add_channel
from tests.integration.whatsapp.test_webhook import Setting
from tests.integration.whatsapp.webhooks import (
    ACCOUNT,
    SECRET,
    VERIFY_TOKEN,
    receiver_of,
    settings_for,
    text_event,
)
from tests.support.factories import DIRECTORY, KEYRING, make_tenant
from tests.support.meta_words import webhook
from whatsapp_service.inbox.accept import accept_event

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    import httpx

    from core.channels import Channel
    from core.database import Database, TenantTransaction
    from core.inbound_events import Delivered
    from core.whatsapp import Json, JsonObject
    from tests.support import servers as support

SQL = sibling_statements(__file__)
FIXTURES = Path(__file__).parents[2] / "fixtures" / "contracts"
EXAMPLES: dict[str, JsonObject] = json.loads((FIXTURES / "meta_whatsapp.json").read_text())["examples"]
WABA_OF_EXAMPLES = "102290129340398"


@pytest.fixture
async def setting(db: Database, database: support.Database, redis_url: str) -> AsyncGenerator[Setting]:
    tenant_id = await make_tenant(db)
    settings = settings_for(database.app_url, redis_url)
    async with receiver_of(db, tenant_id, settings, provider="meta") as receiver:
        yield Setting(db, tenant_id, receiver)


def texts(*people: str, first: int = 1, waba_id: str = ACCOUNT) -> bytes:
    """One delivery in which each of the people says something."""
    messages: list[Json] = [
        {"from": person, "id": f"wamid.{person}.{first + number}", "timestamp": "1795359600", "type": "text",
         "text": {"body": f"hola {number}"}}
        for number, person in enumerate(people)
    ]  # fmt: skip
    return webhook({"messages": messages}, waba_id=waba_id)


async def test_the_handshake_repeats_the_challenge_to_who_knows_the_token(setting: Setting) -> None:
    async def shake(token: str, mode: str = "subscribe", challenge: str = "1158201444") -> httpx.Response:
        query = {"hub.mode": mode, "hub.verify_token": token, "hub.challenge": challenge}
        return await setting.receiver.http.get(f"/webhook/meta/{setting.receiver.endpoint_key}", params=query)

    good = await shake(VERIFY_TOKEN.reveal())
    assert (good.status_code, good.text) == (200, "1158201444")
    assert good.headers["content-type"].startswith("text/plain")
    assert good.headers["x-content-type-options"] == "nosniff"
    for refused in (
        await shake("another"),
        await shake(""),
        await shake(VERIFY_TOKEN.reveal(), mode="unsubscribe"),
        await shake(VERIFY_TOKEN.reveal(), challenge=""),
        await shake(VERIFY_TOKEN.reveal(), challenge="x" * 1000),
        await setting.receiver.http.get(f"/webhook/meta/{setting.receiver.endpoint_key}"),
    ):
        assert refused.status_code == 403
        assert "1158201444" not in refused.text
    assert (await setting.receiver.http.get("/webhook/meta/unknown")).status_code == 404


async def test_every_documented_example_is_accepted_once(setting: Setting) -> None:
    bodies = [json.dumps(example).replace(WABA_OF_EXAMPLES, ACCOUNT).encode() for example in EXAMPLES.values()]
    for body in bodies * 2:
        assert (await setting.receiver.post(body)).status_code == 200
    stored = await setting.inbox()
    assert Counter(row.kind for row in stored) == {"inbound": 9, "status": 2, "echo": 1}
    assert await setting.quarantine() == []


async def test_a_delivery_of_many_messages_is_as_many_rows_and_a_retry_adds_none(setting: Setting) -> None:
    people = [f"54911555{number:05d}" for number in range(20)]
    for _ in range(2):
        assert (await setting.receiver.post(texts(*people))).status_code == 200
    stored = await setting.inbox()
    assert len(stored) == len({row.conversation_id for row in stored}) == 20
    assert (await setting.jobs())["chat.take_turn"] == 20
    regrouped = texts(people[0])
    assert (await setting.receiver.post(regrouped)).status_code == 200
    assert len(await setting.inbox()) == 20
    assert await setting.quarantine() == []


async def test_a_delivery_is_stored_whole_or_not_at_all(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0

    async def third_fails(tx: TenantTransaction, endpoint: Channel, delivered: Delivered) -> str:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise DatabaseUnavailable
        return await accept_event(tx, endpoint, delivered)

    monkeypatch.setattr("whatsapp_service.webhook.accept_event", third_fails)
    body = texts("5491155500001", "5491155500002", "5491155500003")
    assert (await setting.receiver.post(body)).status_code == 503
    assert await setting.inbox() == []
    monkeypatch.undo()
    assert (await setting.receiver.post(body)).status_code == 200
    assert len(await setting.inbox()) == 3


async def test_deliveries_that_name_people_in_other_orders_do_not_wait_in_a_circle(setting: Setting) -> None:
    people = [f"54911556{number:05d}" for number in range(12)]
    assert (await setting.receiver.post(texts(*people))).status_code == 200
    bodies = [texts(*(people if number % 2 else people[::-1]), first=100 * number) for number in range(1, 9)]
    answers = await asyncio.gather(*(setting.receiver.post(body) for body in bodies))
    assert {answer.status_code for answer in answers} == {200}
    assert len(await setting.inbox()) == 12 * 9


async def test_an_old_message_is_accepted_and_counted(setting: Setting) -> None:
    await setting.receiver.post(text_event("hola"))
    assert setting.receiver.door.counts["stale"] == 0
    old = webhook(
        {"messages": [{"from": "5491155500001", "id": "w1", "timestamp": "1", "type": "text"}]}, waba_id=ACCOUNT
    )
    assert (await setting.receiver.post(old)).status_code == 200
    assert setting.receiver.door.counts["stale"] == 1


async def test_another_number_of_the_company_is_its_own_channels_and_a_strangers_is_set_aside(setting: Setting) -> None:
    async with setting.db.tenant(setting.tenant_id) as tx:
        second = await add_channel(
            tx,
            DIRECTORY,
            KEYRING,
            provider="meta",
            name="Second",
            business_number="+5491130002000",
            waba_id=ACCOUNT,
            api_key=Secret("token"),
            webhook_secrets=(SECRET,),
            phone_number_id="2222",
        )
    told = json.loads(texts("5491155500001"))
    about = told["entry"][0]["changes"][0]["value"]["metadata"]
    about["phone_number_id"] = "2222"
    assert (await setting.receiver.post(json.dumps(told).encode())).status_code == 200
    about["phone_number_id"] = "3333"
    told["entry"][0]["changes"][0]["value"]["messages"][0]["id"] = "wamid.other"
    assert (await setting.receiver.post(json.dumps(told).encode())).status_code == 200
    async with setting.db.tenant(setting.tenant_id) as tx:
        assert await tx.value(SQL["channel_of_last_event"], int) == second.channel_id
    assert [row.reason for row in await setting.quarantine()] == ["foreign_number"]


async def test_a_channels_key_opens_only_its_own_providers_door(setting: Setting) -> None:
    key = setting.receiver.endpoint_key
    assert (await setting.receiver.http.post(f"/webhook/ycloud/{key}", content=b"{}")).status_code == 404


@dataclass(frozen=True)
class News:
    shown_name: str | None
    message_limit: str | None
    provider_status: str | None


async def test_news_of_the_number_show_on_its_channel(setting: Setting) -> None:
    ours: JsonObject = {"display_phone_number": "5491130001000"}
    for kind, value in (
        ("phone_number_name_update", {**ours, "decision": "APPROVED", "requested_verified_name": "Clínica Sol"}),
        ("phone_number_quality_update", {**ours, "event": "FLAGGED", "current_limit": "TIER_250"}),
    ):
        assert (await setting.receiver.post(webhook(value, waba_id=ACCOUNT, kind=kind))).status_code == 200
    async with setting.db.tenant(setting.tenant_id) as tx:
        assert await tx.one(SQL["news"], News) == News("Clínica Sol", "TIER_250", "FLAGGED")


async def test_a_new_user_id_links_and_starts_nothing(setting: Setting) -> None:
    def said(ident: str, user_id: str) -> bytes:
        message: JsonObject = {"from_user_id": user_id, "id": ident, "timestamp": "1795359600", "type": "text"}
        return webhook({"messages": [message]}, waba_id=ACCOUNT)

    def changed(previous: str, current: str) -> bytes:
        item: JsonObject = {"user_id": {"previous": previous, "current": current}}
        return webhook({"user_id_update": [item]}, waba_id=ACCOUNT, kind="user_id_update")

    for body in (said("w1", "AR.1"), changed("AR.1", "AR.2"), said("w2", "AR.2"), changed("AR.8", "AR.9")):
        assert (await setting.receiver.post(body)).status_code == 200
    conversations = [row.conversation_id for row in await setting.inbox() if row.kind == "inbound"]
    assert len(conversations) == 2
    assert len(set(conversations)) == 1
    assert len(await setting.mail()) == 1
