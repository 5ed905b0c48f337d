"""Canned replies: whose they are, how they are filled, and that no gap ever leaves."""

from __future__ import annotations

import pytest

from core.json_types import JsonObject
from core.principal import Role
from tests.support.api import Api
from tests.support.factories import make_channel, make_conversation, make_tenant

PRICE: JsonObject = {"title": "Precio", "shortcut": "precio", "text": "Hola {nombre}, son US$ 90.", "shared": True}
PATH = "/chat/canned-replies"


async def test_a_reply_is_kept_changed_and_forgotten(api: Api) -> None:
    ceo = await api.member(await make_tenant(api.db), "ceo")
    async with api.browser(await api.session(ceo)) as browser:
        made = await browser.post(PATH, json=PRICE)
        assert made.status_code == 201
        reply = made.json()
        assert {key: reply[key] for key in PRICE} == PRICE
        assert (reply["author_user_id"], reply["language"]) == (ceo.user_id, None)
        changed = await browser.put(f"{PATH}/{reply['id']}", json={**PRICE, "title": "Precios", "language": "es"})
        assert (changed.status_code, changed.json()["title"], changed.json()["language"]) == (200, "Precios", "es")
        assert (await browser.get(PATH)).json() == {"items": [changed.json()]}
        assert (await browser.delete(f"{PATH}/{reply['id']}")).status_code == 204
        assert (await browser.delete(f"{PATH}/{reply['id']}")).status_code == 404
        assert (await browser.get(PATH)).json() == {"items": []}


@pytest.mark.parametrize("role", ["setter", "closer", "professional"])
async def test_the_companys_replies_are_read_by_all_and_written_by_few(api: Api, role: Role) -> None:
    tenant = await make_tenant(api.db)
    secretary, seller = await api.member(tenant, "secretary"), await api.member(tenant, role)
    async with api.browser(await api.session(secretary)) as browser:
        shared = (await browser.post(PATH, json=PRICE)).json()
    async with api.browser(await api.session(seller)) as browser:
        assert [one["id"] for one in (await browser.get(PATH)).json()["items"]] == [shared["id"]]
        refused = [
            await browser.post(PATH, json={**PRICE, "shortcut": "otro"}),
            await browser.put(f"{PATH}/{shared['id']}", json={**PRICE, "shared": False}),
            await browser.delete(f"{PATH}/{shared['id']}"),
        ]
        assert [answer.status_code for answer in refused] == [403, 403, 403]
        own = await browser.post(PATH, json={**PRICE, "shared": False})
        assert own.status_code == 201, "one's own may have a shortcut of the company's"
        raised = await browser.put(f"{PATH}/{own.json()['id']}", json=PRICE)
        assert raised.status_code == 403, "nobody makes their own the company's by changing it"
    async with api.browser(await api.session(secretary)) as browser:
        assert [one["id"] for one in (await browser.get(PATH)).json()["items"]] == [shared["id"]]
        assert (await browser.delete(f"{PATH}/{own.json()['id']}")).status_code == 404


async def test_another_company_has_its_own(api: Api) -> None:
    first, second = [await api.member(await make_tenant(api.db), "ceo") for _ in range(2)]
    async with api.browser(await api.session(first)) as browser:
        reply = (await browser.post(PATH, json=PRICE)).json()
    async with api.browser(await api.session(second)) as browser:
        assert (await browser.get(PATH)).json() == {"items": []}
        assert (await browser.put(f"{PATH}/{reply['id']}", json=PRICE)).status_code == 404
        assert (await browser.delete(f"{PATH}/{reply['id']}")).status_code == 404
        assert (await browser.post(PATH, json=PRICE)).status_code == 201


async def test_a_shortcut_is_kept_once_and_unknown_variables_never(api: Api) -> None:
    ceo = await api.member(await make_tenant(api.db), "ceo")
    async with api.browser(await api.session(ceo)) as browser:
        other = (await browser.post(PATH, json={**PRICE, "shortcut": "otro"})).json()
        assert (await browser.post(PATH, json=PRICE)).status_code == 201
        taken = [await browser.post(PATH, json=PRICE), await browser.put(f"{PATH}/{other['id']}", json=PRICE)]
        assert [(answer.status_code, answer.json()["code"]) for answer in taken] == [(409, "shortcut_taken")] * 2
        unknown = await browser.post(PATH, json={**PRICE, "shortcut": "x", "text": "Hola {nombres}"})
        assert (unknown.status_code, unknown.json()["code"]) == (422, "unknown_variable")
        assert unknown.json()["variables"] == ["nombres"]


async def test_what_is_known_is_filled_and_what_is_not_stays_a_gap(api: Api) -> None:
    tenant = await make_tenant(api.db, name="Clínica Norte")
    channel = (await make_channel(api.db, tenant)).channel_id
    setter = await api.member(tenant, "setter", name="Luz Vera")
    talk = await make_conversation(api.db, tenant, channel, name="Ana Ruiz", owner_user_id=setter.user_id)
    text = "Hola {nombre}, soy {Vendedor} de {empresa}. Nos vemos el {fecha de la reunión}."
    async with api.browser(await api.session(setter)) as browser:
        await browser.post(PATH, json={"title": "Cita", "shortcut": "cita", "text": text})
        answer = await browser.get(f"/chat/conversations/{talk.conversation_id}/canned-replies")
        (filled,) = answer.json()["items"]
    assert filled["text"] == "Hola Ana, soy Luz Vera de Clínica Norte. Nos vemos el {fecha de la reunión}."
    assert filled["gaps"] == ["fecha de la reunión"]


async def test_a_gap_is_never_sent(api: Api) -> None:
    tenant = await make_tenant(api.db)
    channel = (await make_channel(api.db, tenant)).channel_id
    ceo = await api.member(tenant, "ceo")
    talk = await make_conversation(api.db, tenant, channel, name="Ana Ruiz")
    path = f"/chat/conversations/{talk.conversation_id}/messages"
    async with api.browser(await api.session(ceo)) as browser:
        refused = await browser.post(path, json={"text": "Hola { Nombre }, te espero el {meeting day}"})
        assert (refused.status_code, refused.json()["code"]) == (409, "gap_left")
        assert refused.json()["gaps"] == ["Nombre", "meeting day"]
        assert (await browser.get(path)).json()["items"] == []
        note = await browser.post(path.replace("messages", "notes"), json={"text": "pide {nombre}"})
        assert note.status_code == 201, "a note never leaves"
