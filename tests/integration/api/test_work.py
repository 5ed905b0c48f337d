"""Conversations and the agenda through the API: take over, give back, page, book once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core.clock import system_clock
from orchestrator_service.db import NewMessage, append_chat_message
from tests.support.api import Api
from tests.support.factories import make_channel, make_conversation, make_seller, make_tenant

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


async def test_a_takeover_silences_the_agent_until_it_is_given_back(api: Api) -> None:
    tenant = await make_tenant(api.db)
    ana = await api.member(tenant, "closer")
    talk = await make_conversation(
        api.db, tenant, (await make_channel(api.db, tenant)).channel_id, owner_user_id=ana.user_id
    )
    path = f"/chat/conversations/{talk.conversation_id}"
    async with api.browser(await api.session(ana)) as browser:
        taken = (await browser.post(f"{path}/takeover")).json()
        hours = datetime.fromisoformat(taken["agent_paused_until"]) - system_clock()
        assert timedelta(hours=23) < hours <= timedelta(hours=24)
        given_back = (await browser.post(f"{path}/resume")).json()
    assert given_back == {"id": talk.conversation_id, "agent_paused_until": None, "needs_person": False}


async def test_the_inbox_pages_through_conversations_that_moved_at_the_same_moment(api: Api) -> None:
    tenant = await make_tenant(api.db)
    channel = (await make_channel(api.db, tenant)).channel_id
    made: list[int] = []
    for number in range(5):
        talk = await make_conversation(api.db, tenant, channel)
        made.append(talk.conversation_id)
        async with api.db.tenant(tenant) as tx:
            await append_chat_message(
                tx,
                NewMessage(
                    conversation_id=talk.conversation_id,
                    direction="in",
                    author="customer",
                    body=f"message {number}",
                    origin_key=f"test:{number}",
                    status="received",
                    at=NOON + timedelta(minutes=number // 3),
                ),
            )
    seen: list[tuple[int, str]] = []
    cursor: str | None = ""
    async with api.browser(await api.session(await api.member(tenant, "secretary"))) as browser:
        while cursor is not None:
            answer = (await browser.get("/chat/conversations", params={"limit": 2, "cursor": cursor})).json()
            seen += [(line["id"], line["last_body"]) for line in answer["items"]]
            cursor = answer["next_cursor"]
        messages = (await browser.get(f"/chat/conversations/{made[0]}/messages")).json()["items"]
    expected = [made[number] for number in (4, 3, 2, 1, 0)]
    assert seen == [(conversation, f"message {made.index(conversation)}") for conversation in expected]
    assert [message["body"] for message in messages] == ["message 0"]


async def test_a_time_is_booked_once_and_shown_in_the_window_that_it_lies_in(api: Api) -> None:
    tenant = await make_tenant(api.db)
    seller = await make_seller(api.db, tenant)
    half_hour = NOON + timedelta(minutes=30)
    body = {"seller_id": seller, "starts_at": NOON.isoformat(), "ends_at": half_hour.isoformat(), "title": "Demo"}
    async with api.browser(await api.session(await api.member(tenant, "setter"))) as browser:
        made = await browser.post("/agenda/events", json=body)
        again = await browser.post("/agenda/events", json=body)
        day = {"from": "2026-12-01T00:00:00Z", "to": "2026-12-02T00:00:00Z"}
        next_day = {"from": "2026-12-02T00:00:00Z", "to": "2026-12-03T00:00:00Z"}
        backwards = {"from": day["to"], "to": day["from"]}
        shown = (await browser.get("/agenda/events", params=day)).json()["items"]
        empty = (await browser.get("/agenda/events", params=next_day)).json()["items"]
        refused = await browser.get("/agenda/events", params=backwards)
    assert (made.status_code, made.json()["status"]) == (201, "confirmed")
    assert (again.status_code, again.json()["code"]) == (409, "slot_taken")
    assert (shown, empty) == ([made.json()], [])
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_window")
