"""The search in messages: what is found, by whom, in which order; and the thread around what was found."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from core.principal import TenantId
from orchestrator_service.chat import reading
from orchestrator_service.chat.searching import search_messages
from orchestrator_service.db import NewMessage, append_chat_message
from orchestrator_service.new_message import Direction
from tests.support.api import Api
from tests.support.factories import Talk, make_channel, make_conversation, make_tenant
from tests.support.files import stored_file


async def say(api: Api, tenant: TenantId, talk: Talk, *texts: str, direction: Direction = "in") -> list[int]:
    said: list[int] = []
    async with api.db.tenant(tenant) as tx:
        for text in texts:
            message = NewMessage(
                conversation_id=talk.conversation_id,
                direction=direction,
                author="customer" if direction == "in" else "person",
                body=text,
                origin_key=uuid4().hex,
                status="received" if direction == "in" else "sent",
            )
            said.append((await append_chat_message(tx, message)).id)
    return said


def marked(found: dict[str, Any]) -> list[str]:
    return [part["text"] for part in found["parts"] if part["hit"]]


@pytest.mark.parametrize(
    ("asked", "hits"),
    [
        ("cotizacion", ["Cotización"]),
        ("COTIZ", ["Cotiz"]),
        ("cotización martes", ["Cotización", "martes"]),
        ("reuniao", ["reunião"]),
        ("pricing", ["pricing"]),
    ],
)
async def test_accents_case_and_endings_do_not_matter(api: Api, asked: str, hits: list[str]) -> None:
    tenant = await make_tenant(api.db)
    talk = await make_conversation(api.db, tenant, (await make_channel(api.db, tenant)).channel_id, name="Ana Ruiz")
    await say(api, tenant, talk, "¿La Cotización para el martes?", "a reunião de amanhã", "the new pricing", "hola")
    ceo = await api.member(tenant, "ceo")
    async with api.browser(await api.session(ceo)) as browser:
        (found,) = (await browser.get("/chat/search", params={"q": asked})).json()["items"]
    assert marked(found) == hits
    assert (found["lead_name"], found["conversation_id"], found["place"]) == ("Ana Ruiz", talk.conversation_id, "body")


async def test_file_names_and_transcripts_are_searched_too(api: Api) -> None:
    tenant = await make_tenant(api.db)
    talk = await make_conversation(api.db, tenant, (await make_channel(api.db, tenant)).channel_id)
    await stored_file(api, tenant, talk.conversation_id, b"x", filename="Presupuesto_FINAL-2026.pdf")
    spoken = await stored_file(api, tenant, talk.conversation_id, b"y")
    async with api.db.tenant(tenant) as tx:
        await tx.connection.execute(
            "UPDATE media_files SET words = 'quiero una demostración', words_state = 'ready' WHERE id = $1", spoken
        )
    ceo = await api.member(tenant, "ceo")
    async with api.browser(await api.session(ceo)) as browser:
        (named,) = (await browser.get("/chat/search", params={"q": "final presupuesto"})).json()["items"]
        (heard,) = (await browser.get("/chat/search", params={"q": "demostracion"})).json()["items"]
    assert (named["place"], marked(named)) == ("file", ["Presupuesto", "FINAL"])
    assert (heard["place"], marked(heard)) == ("words", ["demostración"])


async def test_it_goes_on_page_by_page_newest_first(api: Api) -> None:
    tenant = await make_tenant(api.db)
    talk = await make_conversation(api.db, tenant, (await make_channel(api.db, tenant)).channel_id)
    ids = await say(api, tenant, talk, *(f"factura {number}" for number in range(7)))
    ceo = await api.member(tenant, "ceo")
    seen: list[int] = []
    cursor: str | None = None
    async with api.browser(await api.session(ceo)) as browser:
        for size in (3, 3, 1):
            params = {"q": "factura", "limit": "3", **({"cursor": cursor} if cursor else {})}
            page = (await browser.get("/chat/search", params=params)).json()
            assert len(page["items"]) == size
            seen += [found["id"] for found in page["items"]]
            cursor = page["next_cursor"]
    assert (seen, cursor) == (ids[::-1], None)


async def test_a_slip_of_the_pen_finds_what_comes_near(api: Api) -> None:
    tenant = await make_tenant(api.db)
    talk = await make_conversation(api.db, tenant, (await make_channel(api.db, tenant)).channel_id)
    await say(api, tenant, talk, "la cotización, por favor", "nada que ver")
    ceo = await api.member(tenant, "ceo")
    async with api.browser(await api.session(ceo)) as browser:
        near = (await browser.get("/chat/search", params={"q": "cotisacion"})).json()
        exact = (await browser.get("/chat/search", params={"q": "cotizacion"})).json()
        nothing = (await browser.get("/chat/search", params={"q": "¡!"})).json()
    assert (len(near["items"]), near["alike"], near["next_cursor"]) == (1, True, None)
    assert marked(near["items"][0]) == ["cotización"]
    assert exact["alike"] is False
    assert nothing == {"items": [], "next_cursor": None, "alike": False}


@pytest.mark.parametrize("asked", ["secreto", "secretto"])
async def test_a_setter_never_finds_what_was_said_to_another(api: Api, asked: str) -> None:
    tenant = await make_tenant(api.db)
    channel = (await make_channel(api.db, tenant)).channel_id
    setter, closer = await api.member(tenant, "setter"), await api.member(tenant, "closer")
    owners = {"mine": setter.user_id, "nobody's": None, "another's": closer.user_id}
    said: dict[str, int] = {}
    for whose, owner in owners.items():
        talk = await make_conversation(api.db, tenant, channel, name=whose, owner_user_id=owner)
        (said[whose],) = await say(api, tenant, talk, "un secreto")
    found: dict[str, set[int]] = {}
    for member in (setter, closer, await api.member(tenant, "secretary")):
        async with api.browser(await api.session(member)) as browser:
            answer = await browser.get("/chat/search", params={"q": asked})
            found[member.role] = {one["id"] for one in answer.json()["items"]}
    assert found == {
        "setter": {said["mine"], said["nobody's"]},
        "closer": {said["another's"]},
        "secretary": set(said.values()),
    }


@pytest.mark.parametrize("asked", ["secreto", "secretto", "t"])
async def test_another_company_is_never_searched(api: Api, asked: str) -> None:
    mine, theirs = await make_tenant(api.db), await make_tenant(api.db)
    for tenant in (mine, theirs):
        talk = await make_conversation(api.db, tenant, (await make_channel(api.db, tenant)).channel_id)
        await say(api, tenant, talk, f"un secreto t{theirs} @{theirs}")
    ceo = (await api.member(mine, "ceo")).principal
    async with api.db.tenant(mine) as tx:
        search = await search_messages(tx, ceo, asked, before_id=2**62, most=50)
        told = await tx.connection.fetch(
            "SELECT m.tenant_id FROM chat_messages AS m WHERE m.id = ANY(ARRAY("
            "SELECT find_messages($1, NULL, true, 1000000, 50)))",
            "'secreto':*",
        )
        raw = await tx.connection.fetch("SELECT find_messages($1, NULL, true, 1000000, 50)", "'secreto':*")
    assert len(search.found) == 1
    assert [row["tenant_id"] for row in told] == [mine]
    assert len(raw) == 1, "the function itself tells of one company alone, whatever row level security hides after it"


async def test_the_thread_opens_around_a_message_and_goes_on_both_ways(api: Api) -> None:
    tenant = await make_tenant(api.db)
    channel = (await make_channel(api.db, tenant)).channel_id
    talk, other = [await make_conversation(api.db, tenant, channel) for _ in range(2)]
    ids = await say(api, tenant, talk, *(f"linea {number}" for number in range(20)))
    (elsewhere,) = await say(api, tenant, other, "otra")
    ceo = await api.member(tenant, "ceo")
    path = f"/chat/conversations/{talk.conversation_id}/messages"
    async with api.browser(await api.session(ceo)) as browser:
        middle = (await browser.get(path, params={"around": ids[10], "limit": 6})).json()
        assert [one["id"] for one in middle["items"]] == ids[8:14][::-1]
        older = (await browser.get(path, params={"cursor": middle["next_cursor"], "limit": 6})).json()
        newer = (await browser.get(path, params={"after": middle["newer_cursor"], "limit": 6})).json()
        assert [one["id"] for one in older["items"]] == ids[2:8][::-1]
        assert [one["id"] for one in newer["items"]] == ids[14:20][::-1]
        assert newer["newer_cursor"] is None
        newest = (await browser.get(path, params={"limit": 6})).json()
        assert (newest["newer_cursor"], newest["items"][0]["id"]) == (None, ids[-1])
        assert (await browser.get(path, params={"around": elsewhere})).status_code == 404
        assert (await browser.get(path, params={"around": ids[3], "cursor": "x"})).status_code == 422


async def test_the_ends_of_a_thread_are_told(api: Api) -> None:
    tenant = await make_tenant(api.db)
    talk = await make_conversation(api.db, tenant, (await make_channel(api.db, tenant)).channel_id)
    ids = await say(api, tenant, talk, "una", "dos", "tres")
    ceo = (await api.member(tenant, "ceo")).principal
    async with api.db.tenant(tenant) as tx:
        around = await reading.list_around(tx, ceo, talk.conversation_id, message_id=ids[2], most=4)
    assert ([one.id for one in around.messages], around.older, around.newer) == (ids[1:][::-1], True, False)
