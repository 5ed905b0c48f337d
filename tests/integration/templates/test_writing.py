"""A person writes by template: where the window is shut, and to a lead who has never written."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.integration.api.scene import Scene, make_scene
from tests.integration.templates.office import REMINDER, Office
from tests.support.api import Api
from tests.support.factories import make_channel, make_tenant


@pytest.fixture
async def office(api: Api) -> Office:
    return Office(await make_scene(api))


async def test_in_a_shut_window_a_template_leaves_filled_mirrored_and_once(office: Office) -> None:
    scene = office.scene
    template = await office.template("cita", REMINDER)
    talk = await scene.talk("Ana Ruiz")
    await scene.says(talk, at=scene.api.clock() - timedelta(hours=30))
    _, browser = await scene.browser("closer")
    _, ceo = await scene.browser("ceo")
    path = f"/chat/conversations/{talk.conversation_id}"
    values = {"body:1": "Ana", "body:2": "martes", "body:3": "10:30"}
    async with browser, ceo:
        assert (await ceo.post(f"{path}/messages", json={"text": "Hola"})).json()["code"] == "window_closed"
        offered = (await ceo.get(f"{path}/templates")).json()["items"]
        body = {"template_id": template, "values": values}
        sent = await ceo.post(f"{path}/templates", json=body, headers={"Idempotency-Key": "k"})
        again = await ceo.post(f"{path}/templates", json=body, headers={"Idempotency-Key": "k"})
        assert (await browser.post(f"{path}/templates", json=body)).status_code == 404, "not the closer's lead"
    assert (offered[0]["template"]["name"], offered[0]["values"]["body:1"]) == ("cita", "Ana")
    assert sent.status_code == 201, sent.text
    assert sent.json()["id"] == again.json()["id"]
    (written,) = await office.written()
    assert (written.body, written.type, written.author, written.status) == (
        "Hola Ana, te esperamos el martes a las 10:30.",
        "template",
        "person",
        "queued",
    )
    assert await scene.count("deliveries") == 1


async def test_each_wrong_value_is_named_and_nothing_is_stored(office: Office) -> None:
    template = await office.template("cita", REMINDER)
    talk = await office.scene.talk()
    _, ceo = await office.scene.browser("ceo")
    body = {"template_id": template, "values": {"body:1": "a\nb", "body:2": "x" * 1025}}
    async with ceo:
        refused = await ceo.post(f"/chat/conversations/{talk.conversation_id}/templates", json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "template_incomplete")
    assert refused.json()["values"] == {"body:1": "bad_whitespace", "body:2": "too_long", "body:3": "missing"}
    assert await office.written() == []


@pytest.mark.parametrize("status", ["PENDING", "REJECTED", "PAUSED", "DISABLED"])
async def test_only_what_is_approved_is_offered_and_sent(office: Office, status: str) -> None:
    template = await office.template()
    await office.run("set_template_status", template_id=template, status=status)
    talk = await office.scene.talk()
    path = f"/chat/conversations/{talk.conversation_id}/templates"
    _, ceo = await office.scene.browser("ceo")
    async with ceo:
        assert (await ceo.get(path)).json()["items"] == []
        refused = await ceo.post(path, json={"template_id": template, "values": {"body:1": "Ana"}})
    assert refused.json()["code"] == "template_unavailable"


async def test_a_template_of_another_number_of_the_company_is_refused(office: Office) -> None:
    template = await office.template()
    other = await make_channel(office.scene.api.db, office.scene.tenant)
    talk = await Scene(office.scene.api, office.scene.tenant, other.channel_id).talk()
    _, ceo = await office.scene.browser("ceo")
    async with ceo:
        body = {"template_id": template, "values": {"body:1": "Ana"}}
        refused = await ceo.post(f"/chat/conversations/{talk.conversation_id}/templates", json=body)
    assert refused.json()["code"] == "template_unavailable"


async def test_a_conversation_is_started_with_a_lead_whom_the_team_typed_once_for_a_key(office: Office) -> None:
    template = await office.template()
    phone = "+5491155500011"
    lead = await office.value("type_lead", name="Eva Sol", phone=phone, match_key="541155500011")
    _, ceo = await office.scene.browser("ceo")
    body = {"lead_id": lead, "template_id": template, "values": {"body:1": "Eva"}}
    async with ceo:
        offered = (await ceo.get(f"/chat/leads/{lead}/templates")).json()
        first = await ceo.post("/chat/conversations", json=body, headers={"Idempotency-Key": "s1"})
        again = await ceo.post("/chat/conversations", json=body, headers={"Idempotency-Key": "s1"})
        card = (await ceo.get(f"/chat/conversations/{first.json()['conversation_id']}")).json()
    assert (offered["reachable"], offered["items"][0]["values"]) == (True, {"body:1": "Eva"})
    assert first.status_code == 201, first.text
    assert first.json() == again.json()
    assert (card["lead_id"], card["handle"]) == (lead, "+54 9 11 5550-0011")
    assert [one.body for one in await office.written()] == ["Hola Eva"]


async def test_a_lead_without_an_address_cannot_be_written_to(office: Office) -> None:
    template = await office.template()
    lead = await office.value("type_lead", name="Sin Número", phone=None, match_key=None)
    _, ceo = await office.scene.browser("ceo")
    async with ceo:
        assert (await ceo.get(f"/chat/leads/{lead}/templates")).json() == {"reachable": False, "items": []}
        body = {"lead_id": lead, "template_id": template, "values": {"body:1": "x"}}
        refused = await ceo.post("/chat/conversations", json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "no_address")


async def test_advertising_is_refused_to_whoever_wants_none_and_other_templates_are_not(office: Office) -> None:
    promo, notice = await office.template("promo", category="MARKETING"), await office.template("aviso")
    talk = await office.scene.talk()
    await office.run("withdraw_marketing", contact_id=talk.contact_id)
    path = f"/chat/conversations/{talk.conversation_id}/templates"
    _, ceo = await office.scene.browser("ceo")
    async with ceo:
        refused = await ceo.post(path, json={"template_id": promo, "values": {"body:1": "Ana"}})
        sent = await ceo.post(path, json={"template_id": notice, "values": {"body:1": "Ana"}})
    assert (refused.json()["code"], sent.status_code) == ("opted_out", 201)


async def test_another_companys_template_and_lead_are_not_there(office: Office) -> None:
    theirs = await make_tenant(office.scene.api.db, "Theirs")
    foreign = Office(Scene(office.scene.api, theirs, (await make_channel(office.scene.api.db, theirs)).channel_id))
    template, lead = await foreign.template(), (await foreign.scene.talk()).lead_id
    ours, talk = await office.template(), await office.scene.talk()
    _, ceo = await office.scene.browser("ceo")
    async with ceo:
        values = {"body:1": "x"}
        path = f"/chat/conversations/{talk.conversation_id}/templates"
        assert (await ceo.post(path, json={"template_id": template, "values": values})).status_code == 404
        body = {"lead_id": lead, "template_id": ours, "values": values}
        assert (await ceo.post("/chat/conversations", json=body)).status_code == 404
        listed = (await ceo.get("/chat/templates")).json()["items"]
    assert [one["id"] for one in listed] == [ours]
