"""One template to many: who is left out and why, the throttle, and a worker that dies in the middle."""

from __future__ import annotations

import asyncio

import pytest

from core.clock import system_clock
from core.contracts import BroadcastBatch
from core.database import Database
from orchestrator_service.broadcasts import send_batch as batches
from orchestrator_service.broadcasts.send_batch import send_batch
from tests.integration.api.scene import Scene, make_scene
from tests.integration.templates.office import Office
from tests.support.api import Api
from tests.support.factories import Talk, make_channel, make_tenant

NAME = {"body:1": "{{first_name}}"}


@pytest.fixture
async def office(api: Api) -> Office:
    return Office(await make_scene(api))


async def people(office: Office, many: int) -> list[Talk]:
    return [await office.scene.talk(f"Ana{number} Ruiz") for number in range(many)]


async def begin(office: Office, *, per_minute: int = 600, key: str | None = None, **more: object) -> dict[str, int]:
    template = more.pop("template_id", None) or await office.template()
    body = {"name": "Noviembre", "template_id": template, "fills": NAME, "per_minute": per_minute, **more}
    _, ceo = await office.scene.browser("ceo")
    async with ceo:
        answer = await ceo.post("/chat/broadcasts", json=body, headers={"Idempotency-Key": key} if key else {})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def batch(office: Office, broadcast_id: int) -> None:
    await office.run("make_due")
    job = BroadcastBatch(int(office.scene.tenant), broadcast_id)
    await send_batch(office.scene.api.db, system_clock, job)


async def steer(office: Office, broadcast_id: int, verb: str) -> dict[str, object]:
    _, ceo = await office.scene.browser("ceo")
    async with ceo:
        return (await ceo.post(f"/chat/broadcasts/{broadcast_id}/{verb}")).json()


async def test_the_preview_says_whom_it_reaches_who_is_left_out_and_how_it_reads(office: Office) -> None:
    template = await office.template("promo", category="MARKETING")
    first, second, third = await people(office, 3)
    await office.run("opt_out", contact_id=second.contact_id)
    await office.run("withdraw_marketing", contact_id=third.contact_id)
    await office.value("type_lead", name="Sin Número", phone=None, match_key=None)
    await office.value("type_lead", name=None, phone="+5491155500022", match_key="541155500022")
    _, ceo = await office.scene.browser("ceo")
    async with ceo:
        body = {"template_id": template, "fills": NAME}
        seen = (await ceo.post("/chat/broadcasts/preview", json=body)).json()
        none = (await ceo.post("/chat/broadcasts/preview", json={**body, "filters": {"interest": "hot"}})).json()
    assert (seen["reached"], seen["sample_lead_id"], seen["sample_text"]) == (1, first.lead_id, "Hola Ana0")
    assert seen["left_out"] == {"opted_out": 2, "no_address": 1, "missing_values": 1}
    assert (none["reached"], none["sample_text"]) == (0, None)


async def test_everybody_is_written_to_once_in_batches_of_the_throttle(office: Office) -> None:
    talks = await people(office, 5)
    begun = await begin(office, per_minute=12)
    for _ in range(2):
        await batch(office, begun["id"])
    assert len(await office.written()) == 4, "two a batch, six batches a minute"
    await batch(office, begun["id"])
    await batch(office, begun["id"])
    report = await steer(office, begun["id"], "pause")
    assert report["code"] == "broadcast_over"
    written = await office.written()
    assert sorted(one.lead_id or 0 for one in written) == sorted(talk.lead_id for talk in talks)
    assert {one.body for one in written} == {f"Hola Ana{number}" for number in range(5)}


async def test_a_batch_that_is_not_due_sends_nothing_and_eight_at_once_send_one_batch(office: Office) -> None:
    await people(office, 6)
    begun = await begin(office, per_minute=12)
    await office.run("make_due")
    job = BroadcastBatch(int(office.scene.tenant), begun["id"])
    await asyncio.gather(*(send_batch(office.scene.api.db, system_clock, job) for _ in range(8)))
    assert len(await office.written()) == 2


async def test_a_worker_that_dies_in_the_middle_sends_nobody_the_same_twice_and_forgets_nobody(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    talks = await people(office, 4)
    begun = await begin(office)
    real, calls = batches.write_to, 0

    async def dying(*args: object) -> None:
        nonlocal calls
        calls += 1
        await real(*args)  # pyright: ignore[reportArgumentType]
        if calls == 2:
            raise asyncio.CancelledError  # as a kill: the second recipient's transaction is lost

    monkeypatch.setattr(batches, "write_to", dying)
    with pytest.raises(asyncio.CancelledError):
        await batch(office, begun["id"])
    assert len(await office.written()) == 1
    monkeypatch.setattr(batches, "write_to", real)
    await batch(office, begun["id"])
    assert sorted(one.lead_id or 0 for one in await office.written()) == sorted(talk.lead_id for talk in talks)


async def test_paused_nothing_leaves_resumed_it_goes_on_cancelled_the_rest_is_left_out(office: Office) -> None:
    await people(office, 3)
    begun = await begin(office, per_minute=1)
    await batch(office, begun["id"])
    assert (await steer(office, begun["id"], "pause"))["status"] == "paused"
    await batch(office, begun["id"])
    assert len(await office.written()) == 1
    assert (await steer(office, begun["id"], "resume"))["status"] == "running"
    await batch(office, begun["id"])
    ended = await steer(office, begun["id"], "cancel")
    await batch(office, begun["id"])
    assert (ended["status"], ended["waiting"], ended["left_out"], len(await office.written())) == ("cancelled", 0, 1, 2)
    assert [one.reason for one in await office.recipients()].count("cancelled") == 1


async def test_whoever_opts_out_meanwhile_is_not_written_to(office: Office) -> None:
    talks = await people(office, 2)
    begun = await begin(office)
    await office.run("opt_out", contact_id=talks[1].contact_id)
    await batch(office, begun["id"])
    assert [one.lead_id for one in await office.written()] == [talks[0].lead_id]
    assert {one.reason for one in await office.recipients()} == {None, "opted_out"}


@pytest.mark.parametrize(
    ("statement", "values"), [("pause_sending", {"paused": True}), ("set_company", {"status": "suspended"})]
)
async def test_while_the_company_sends_nothing_nobody_is_used_up(
    office: Office, statement: str, values: dict[str, object]
) -> None:
    await people(office, 2)
    begun = await begin(office)
    await office.run(statement, **values)
    await batch(office, begun["id"])
    assert [one.status for one in await office.recipients()] == ["waiting", "waiting"]


async def test_a_template_that_whatsapp_withdraws_holds_it_up(office: Office) -> None:
    await people(office, 2)
    template = await office.template("promo")
    begun = await begin(office, template_id=template)
    await office.run("set_template_status", template_id=template, status="PAUSED")
    await batch(office, begun["id"])
    assert await office.written() == []
    assert (await steer(office, begun["id"], "resume"))["status"] == "running"


async def test_the_report_counts_what_became_of_it_and_the_replies(office: Office) -> None:
    talks = await people(office, 3)
    begun = await begin(office)
    await batch(office, begun["id"])
    await office.run("was_sent")
    await office.scene.says(talks[0], "Me interesa")
    _, ceo = await office.scene.browser("ceo")
    async with ceo:
        seen = (await ceo.get("/chat/broadcasts")).json()["items"][0]
        who = (await ceo.get(f"/chat/broadcasts/{begun['id']}/recipients")).json()["items"]
    assert {name: seen[name] for name in ("total", "sent", "delivered", "read", "replies")} == {
        "total": 3,
        "sent": 3,
        "delivered": 3,
        "read": 0,
        "replies": 1,
    }
    assert {one["message_status"] for one in who} == {"delivered"}


async def test_the_same_key_begins_one_and_nobody_meant_begins_none(office: Office) -> None:
    template = await office.template()
    await people(office, 1)
    ceo, browser = await office.scene.browser("ceo")
    del ceo
    body = {"name": "Uno", "template_id": template, "fills": NAME}
    async with browser:
        first = await browser.post("/chat/broadcasts", json=body, headers={"Idempotency-Key": "b1"})
        again = await browser.post("/chat/broadcasts", json=body, headers={"Idempotency-Key": "b1"})
        nobody = await browser.post("/chat/broadcasts", json={**body, "filters": {"interest": "hot"}})
        listed = (await browser.get("/chat/broadcasts")).json()["items"]
    assert first.json()["id"] == again.json()["id"]
    assert (nobody.status_code, nobody.json()["code"]) == (409, "nobody_meant")
    assert len(listed) == 1


async def test_only_the_ceo_broadcasts_and_only_to_the_own_company(office: Office, db: Database) -> None:
    del db
    theirs = await make_tenant(office.scene.api.db, "Theirs")
    foreign = Office(Scene(office.scene.api, theirs, (await make_channel(office.scene.api.db, theirs)).channel_id))
    await people(foreign, 2)
    await people(office, 1)
    begun = await begin(office)
    _, secretary = await office.scene.browser("secretary")
    async with secretary:
        assert (await secretary.get("/chat/broadcasts")).status_code == 403
    _, other = await foreign.scene.browser("ceo")
    async with other:
        assert (await other.get(f"/chat/broadcasts/{begun['id']}")).status_code == 404
    await batch(office, begun["id"])
    assert (len(await office.written()), len(await foreign.written())) == (1, 0)
