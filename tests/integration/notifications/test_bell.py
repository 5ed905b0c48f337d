"""One's own bell: nothing piles up, nobody reads another's, and what is looked at falls silent."""

from __future__ import annotations

import asyncio

import httpx

from nexus.servers.bootstrap import connected
from orchestrator_service.leads.tasks import add_task
from tests.integration.notifications.office import Office, make_office
from tests.support import servers as support
from tests.support.api import Api
from tests.support.factories import Talk


async def call(office: Office, talk: Talk) -> None:
    async with office.scene.api.db.tenant(office.scene.tenant) as tx:
        await add_task(tx, "person_requested", talk.conversation_id, talk.lead_id, "asked")


async def summary(browser: httpx.AsyncClient) -> tuple[int, int]:
    found = (await browser.get("/notifications/summary")).json()
    return found["unread"], found["person_needed"]


async def test_a_second_call_moves_the_unread_one_up_and_does_not_pile_up(api: Api) -> None:
    office = await make_office(api)
    ana, luis = await office.talk("closer"), await office.talk("closer", name="Luis Paz")
    await call(office, ana)
    await call(office, luis)
    await call(office, ana)
    async with api.browser(await api.session(office.team["closer"])) as browser:
        names = [line["lead_name"] for line in (await browser.get("/notifications")).json()["items"]]
        assert await summary(browser) == (2, 2)
    assert names == ["Ana Ruiz", "Luis Paz"]
    assert [event.payload["again"] for event in await office.announced()] == [False, False, True]


async def test_once_it_was_read_the_next_call_is_a_new_one(api: Api) -> None:
    office = await make_office(api)
    talk = await office.talk("closer")
    await call(office, talk)
    async with api.browser(await api.session(office.team["closer"])) as browser:
        first = (await browser.get("/notifications")).json()["items"][0]
        assert (await browser.post("/notifications/read", json={"ids": [first["id"]]})).json()["unread"] == 0
        await call(office, talk)
        assert await summary(browser) == (1, 1)
        assert len((await browser.get("/notifications")).json()["items"]) == 2
        assert len((await browser.get("/notifications", params={"unread": "true"})).json()["items"]) == 1


async def test_calls_at_once_for_the_same_people_wait_for_each_other_and_none_is_lost(api: Api) -> None:
    office = await make_office(api)
    talks = [await office.talk(name=f"Person {number}") for number in range(4)]
    await asyncio.gather(*(call(office, talk) for talk in talks * 3))
    told = await office.told()
    assert len(told) == 4 * 3, "four records, three who see the unassigned"
    assert len({(line.who, line.conversation_id) for line in told}) == len(told)


async def test_everything_up_to_one_is_read_and_what_came_later_is_not(api: Api) -> None:
    office = await make_office(api)
    for number in range(3):
        await call(office, await office.talk("closer", name=f"Person {number}"))
    async with api.browser(await api.session(office.team["closer"])) as browser:
        newest, middle, _ = (await browser.get("/notifications")).json()["items"]
        await browser.post("/notifications/read", json={"through_id": middle["id"]})
        left = (await browser.get("/notifications", params={"unread": "true"})).json()["items"]
        assert [line["id"] for line in left] == [newest["id"]]
        assert (await browser.post("/notifications/read", json={})).status_code == 422
    assert [event.payload["notification"] for event in await office.announced()][3:] == [None]


async def test_pages_go_on_where_they_ended(api: Api) -> None:
    office = await make_office(api)
    for number in range(3):
        await call(office, await office.talk("closer", name=f"Person {number}"))
    async with api.browser(await api.session(office.team["closer"])) as browser:
        first = (await browser.get("/notifications", params={"limit": 2})).json()
        rest = (await browser.get("/notifications", params={"cursor": first["next_cursor"]})).json()
    names = [line["lead_name"] for line in first["items"] + rest["items"]]
    assert names == ["Person 2", "Person 1", "Person 0"]


async def test_nobody_reads_or_silences_anothers_not_even_the_ceo(api: Api) -> None:
    office = await make_office(api)
    await call(office, await office.talk("closer"))
    (told,) = await office.told()
    async with api.browser(await api.session(office.team["ceo"])) as ceo:
        assert (await ceo.get("/notifications")).json()["items"] == []
        assert await summary(ceo) == (0, 0)
        await ceo.post("/notifications/read", json={"ids": [told.id]})
        await ceo.post("/notifications/read", json={"through_id": told.id})
    (told,) = await office.told()
    assert not told.read


async def test_a_lead_that_went_to_a_colleague_loses_its_name_in_the_old_notice(api: Api) -> None:
    office = await make_office(api)
    talk = await office.talk("closer", name="Secret Person")
    await call(office, talk)
    async with api.browser(await api.session(office.team["closer"])) as closer:
        assert (await closer.get("/notifications")).json()["items"][0]["lead_name"] == "Secret Person"
        async with api.browser(await api.session(office.team["ceo"])) as ceo:
            owner = {"owner_user_id": office.team["setter"].user_id}
            assert (await ceo.patch(f"/crm/leads/{talk.lead_id}", json=owner)).status_code == 200
        assert (await closer.get("/notifications")).json()["items"][0]["lead_name"] is None


async def test_opening_the_conversation_silences_ones_own_and_answering_it_everybodys(api: Api) -> None:
    office = await make_office(api)
    talk = await office.talk()
    await office.scene.says(talk, at=None)
    await call(office, talk)
    path = f"/chat/conversations/{talk.conversation_id}"
    async with api.browser(await api.session(office.team["setter"])) as setter:
        assert (await setter.post(f"{path}/read", json={})).status_code == 200
    assert [told.who for told in await office.told() if told.read] == ["setter"]
    async with api.browser(await api.session(office.team["secretary"])) as secretary:
        assert (await secretary.post(f"{path}/messages", json={"text": "Hola"})).status_code == 201
    assert all(told.read for told in await office.told())


async def test_giving_back_and_closing_end_the_call_too(api: Api) -> None:
    office = await make_office(api)
    for end in ("resume", "close"):
        talk = await office.talk()
        await call(office, talk)
        async with api.browser(await api.session(office.team["ceo"])) as ceo:
            assert (await ceo.post(f"/chat/conversations/{talk.conversation_id}/{end}")).status_code == 200
    assert all(told.read for told in await office.told())


async def test_without_its_table_the_bell_is_empty_and_the_fact_stands(api: Api, database: support.Database) -> None:
    office = await make_office(api)
    talk = await office.talk()
    await office.scene.says(talk)
    async with connected(database.owner_url) as owner:
        await owner.execute("DROP TABLE notifications CASCADE")
    await call(office, talk)
    async with api.browser(await api.session(office.team["ceo"])) as ceo:
        waiting = (await ceo.get("/chat/conversations", params={"needs_person": "true"})).json()["items"]
        assert [line["id"] for line in waiting] == [talk.conversation_id]
        assert (await ceo.get("/notifications")).json() == {"items": [], "next_cursor": None}
        assert await summary(ceo) == (0, 0)
        assert (await ceo.post("/notifications/read", json={"through_id": 1})).json() == {
            "unread": 0,
            "person_needed": 0,
        }
        answered = await ceo.post(f"/chat/conversations/{talk.conversation_id}/resume")
        assert answered.status_code == 200
