"""What a team keeps on its leads: tags, fields, notes, tasks, the bin, edits of many; each told and found again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from core.crm_contracts import TaskDue
from core.json_types import JsonObject
from core.principal import TenantId
from core.statements import sibling_statements
from orchestrator_service.leads.recognise import recognise_lead
from orchestrator_service.tasks.keep import tell_of_due
from tests.support.api import Api, Member
from tests.support.factories import make_channel, make_conversation, make_tenant

SQL = sibling_statements(__file__)


async def browser_of(api: Api, member: Member) -> httpx.AsyncClient:
    return api.browser(await api.session(member))


async def changes(api: Api, tenant: TenantId) -> list[str]:
    """What LEAD_UPDATED told, in order."""
    async with api.db.tenant(tenant) as tx:
        told = await tx.value(SQL["changes"], str)
    return told.split(",") if told else []


async def lead_of(browser: httpx.AsyncClient, **body: object) -> JsonObject:
    made = await browser.post("/crm/leads", json=body)
    assert made.status_code == 201, made.text
    return made.json()


async def found(browser: httpx.AsyncClient, **query: object) -> list[int]:
    answer = await browser.get("/crm/leads", params={key: str(value) for key, value in query.items()})
    assert answer.status_code == 200, answer.text
    return [lead["id"] for lead in answer.json()["items"]]


async def test_a_record_is_kept_told_and_found(api: Api) -> None:
    tenant = await make_tenant(api.db)
    ceo, luz = await api.member(tenant, "ceo", name="Ceo"), await api.member(tenant, "closer", name="Luz")
    async with await browser_of(api, ceo) as browser:
        lead = await lead_of(browser, full_name="Anahí Gonçalves", company="Vidrios del Sur", email="ana@sur.example")
        other = await lead_of(browser, full_name="Bruno Paz", phone="+54 9 11 5555-4321", owner_user_id=luz.user_id)
        path = f"/crm/leads/{lead['id']}"

        tag = (await browser.post("/crm/tags", json={"name": "Feria Otoño", "color": "note"})).json()
        twice = await browser.post("/crm/tags", json={"name": "FERIA otoño"})
        assert (twice.status_code, twice.json()["code"]) == (409, "tag_taken")
        assert (await browser.put(f"{path}/tags/{tag['id']}")).json()["tag_ids"] == [tag["id"]]
        assert (await browser.get("/crm/tags")).json()["items"] == [{**tag, "leads": 1}]

        size = {"key": "size", "label": "Tamaño", "type": "choice", "choices": ["chica", "grande"], "required": True}
        assert (await browser.post("/crm/fields", json=size)).status_code == 201
        await browser.post("/crm/fields", json={"key": "vip", "label": "VIP", "type": "yes_no"})
        wrong = await browser.patch(path, json={"custom": {"size": "enorme"}})
        assert (wrong.status_code, wrong.json()["code"]) == (422, "bad_field_value")
        edited = await browser.patch(path, json={"custom": {"size": "grande"}, "source": "fair", "campaign": "otono"})
        assert (edited.json()["custom"], edited.json()["campaign"]) == ({"size": "grande"}, "otono")
        edited = await browser.patch(path, json={"custom": {"vip": True}})
        assert edited.json()["custom"] == {"size": "grande", "vip": True}
        emptied = await browser.patch(path, json={"custom": {"size": None}})
        assert (emptied.status_code, emptied.json()["code"]) == (409, "field_required")

        blind = await browser.post(f"{path}/notes", json={"text": "Mira", "mentions": [luz.user_id]})
        assert (blind.status_code, blind.json()["code"]) == (409, "mentioned_cannot_see")
        noted = await browser.post(f"{path}/notes", json={"text": "Pidió planos de la claraboya"})
        assert noted.status_code == 201
        seen = await browser.post(f"/crm/leads/{other['id']}/notes", json={"text": "@Luz", "mentions": [luz.user_id]})
        assert seen.status_code == 201

        assert await changes(api, tenant) == ["tags", "source", "campaign", "custom", "custom", "notes", "notes"]
        story = (await browser.get(f"{path}/timeline")).json()["items"]
        assert {one["detail"].get("field", one["kind"]) for one in story} >= {"tags", "custom", "source", "note"}

        for q in ("goncalves", "onçalv", "claraboya", "feria otono", "grande", "sur.example", "vidrios anahi"):
            assert await found(browser, q=q) == [lead["id"]], q
        assert await found(browser, q="Gonsalves") == [lead["id"]], "what comes near, where nothing holds it"
        assert await found(browser, q="5555-4321") == [other["id"]]
        assert await found(browser, q="zzzz") == []
        assert await found(browser, tag_id=tag["id"], source="fair", campaign="otono") == [lead["id"]]
        assert await found(browser, field="vip", value="true") == [lead["id"]]
        assert await found(browser, active_to="2020-01-01T00:00:00Z") == []

        renamed = await browser.patch(f"/crm/tags/{tag['id']}", json={"name": "Expo"})
        assert renamed.json()["leads"] == 1
        assert (await found(browser, q="expo"), await found(browser, q="feria")) == ([lead["id"]], [])
        assert (await browser.delete(f"/crm/tags/{tag['id']}")).json() == {"leads": 1}
        assert (await browser.get(path)).json()["tag_ids"] == []
    async with await browser_of(api, luz) as browser:
        told = (await browser.get("/notifications")).json()["items"]
        assert [(one["kind"], one["lead_id"]) for one in told] == [("mention", other["id"])]
        own = (await browser.get(f"/crm/leads/{other['id']}/notes")).json()["items"][0]
        foreign = await browser.patch(f"/crm/notes/{own['id']}", json={"text": "Otra cosa"})
        assert foreign.status_code == 403, "a note is its author's"
        assert await found(browser, q="goncalves") == [], "out of scope is not found"


async def test_a_task_is_given_reminded_of_once_and_done(api: Api) -> None:
    tenant = await make_tenant(api.db)
    ceo, luz, eva = [await api.member(tenant, role) for role in ("ceo", "closer", "closer")]
    due = datetime.now(UTC) - timedelta(minutes=5)
    async with await browser_of(api, ceo) as browser, await browser_of(api, luz) as hers:
        lead = await lead_of(browser, full_name="Carla Ruiz", owner_user_id=luz.user_id)
        path = f"/crm/leads/{lead['id']}/tasks"
        blind = await browser.post(path, json={"title": "Llamar", "assigned_user_id": eva.user_id})
        assert (blind.status_code, blind.json()["code"]) == (409, "assignee_cannot_see")
        task = (await browser.post(path, json={"title": "Llamar", "due_at": due.isoformat()})).json()
        later = (await browser.post(path, json={"title": "Enviar planos"})).json()
        listed = [one["id"] for one in (await hers.get("/crm/tasks", params={"which": "mine"})).json()["items"]]
        assert listed == [task["id"], later["id"]], "the owner's, where nobody else has it; without a time last"
        first = (await hers.get("/crm/tasks", params={"limit": 1})).json()
        rest = (await hers.get("/crm/tasks", params={"limit": 1, "cursor": first["next_cursor"]})).json()
        assert [one["id"] for page in (first, rest) for one in page["items"]] == listed
        assert await found(browser, open_task="true") == [lead["id"]]

        for _ in range(2):  # a job may run again
            await tell_of_due(api.db, TaskDue(int(tenant), task["id"], task["due_at"]))
        told = (await hers.get("/notifications")).json()["items"]
        assert [(one["kind"], one["lead_id"]) for one in told] == [("task_due", lead["id"])]

        late = (await hers.get("/crm/tasks", params={"which": "overdue"})).json()["items"]
        assert [one["id"] for one in late] == [task["id"]]
        done = await hers.patch(f"/crm/tasks/{task['id']}", json={"status": "done"})
        assert done.json()["done_at"] is not None
        assert (await hers.get("/crm/tasks", params={"which": "overdue"})).json()["items"] == []
        reopened = await hers.patch(f"/crm/tasks/{task['id']}", json={"status": "open", "title": "Llamar hoy"})
        assert (reopened.json()["done_at"], reopened.json()["title"]) == (None, "Llamar hoy")
    assert await changes(api, tenant) == ["tasks"] * 4


async def test_a_deleted_lead_is_nowhere_until_it_comes_back(api: Api) -> None:
    tenant = await make_tenant(api.db)
    channel = (await make_channel(api.db, tenant)).channel_id
    talk = await make_conversation(api.db, tenant, channel, name="Dana Sosa")
    ceo, setter, closer = [await api.member(tenant, role) for role in ("ceo", "setter", "closer")]
    async with await browser_of(api, ceo) as browser, await browser_of(api, closer) as outsider:
        lead = await lead_of(browser, full_name="Dario Luna", phone="+54 9 11 5555-7777")
        path = f"/crm/leads/{lead['id']}"
        gone = await browser.delete(path)
        assert gone.json()["deleted_at"] is not None
        assert await changes(api, tenant) == ["deleted_at"]
        assert (await browser.get(path)).status_code == 404
        assert await found(browser, q="dario") == []
        counted = (await browser.get("/crm/pipeline/summary", params={"q": "dario"})).json()["items"]
        assert counted == []
        assert await found(browser, deleted="true") == [lead["id"]]
        assert await found(outsider, deleted="true") == [], "the bin has the scope of writing"
        second = await lead_of(browser, full_name="Dario otra vez", phone="+54 9 11 5555-7777")
        taken = await browser.post(f"{path}/restore")
        assert (taken.status_code, taken.json()["lead_id"]) == (409, second["id"])
        await browser.delete(f"/crm/leads/{second['id']}")
        assert (await browser.post(f"{path}/restore")).json()["deleted_at"] is None

        await browser.delete(f"/crm/leads/{talk.lead_id}")
        where = f"/chat/conversations/{talk.conversation_id}"
        assert (await browser.get(where)).status_code == 404, "its conversation goes with it"
        async with api.db.tenant(tenant) as tx:
            assert await recognise_lead(tx, talk.conversation_id) == talk.lead_id, "whoever writes again comes back"
        assert (await browser.get(where)).status_code == 200
        assert (await browser.get(f"/crm/leads/{talk.lead_id}")).json()["deleted_at"] is None
    async with await browser_of(api, setter) as browser:
        assert talk.lead_id in await found(browser)


async def test_many_are_edited_at_once_and_each_is_put_back_exactly(api: Api) -> None:
    tenant = await make_tenant(api.db)
    ceo, luz = await api.member(tenant, "ceo"), await api.member(tenant, "closer")
    async with await browser_of(api, ceo) as browser, await browser_of(api, luz) as hers:
        before = [await lead_of(browser, full_name=name, owner_user_id=luz.user_id) for name in ("Uno", "Dos", "Tres")]
        ids = [int(str(lead["id"])) for lead in before]
        kept, put = [(await browser.post("/crm/tags", json={"name": name})).json()["id"] for name in ("a", "b")]
        before[0] = (await browser.put(f"/crm/leads/{ids[0]}/tags/{put}")).json()
        before[1] = (await browser.put(f"/crm/leads/{ids[1]}/tags/{kept}")).json()
        edit = {
            "lead_ids": ids,
            "stage_key": "contacted",
            "owner_user_id": ceo.user_id,
            "add_tag_ids": [put],
            "remove_tag_ids": [kept],
            "task": {"title": "Revisar"},
        }
        nobody = await hers.post("/crm/leads/bulk", json={**edit, "lead_ids": [ids[0], 10**12]})
        assert nobody.status_code in {403, 404}, "all or none"
        done = (await browser.post("/crm/leads/bulk", json=edit)).json()
        assert [(lead["stage_key"], lead["tag_ids"]) for lead in done["items"]] == [("contacted", [put])] * 3
        await browser.patch(f"/crm/leads/{ids[2]}", json={"stage_key": "proposal"})
        path = f"/crm/leads/bulk/{done['bulk_id']}/undo"
        assert (await hers.post(path)).status_code == 404, "an edit is undone by whoever made it"
        undone = (await browser.post(path)).json()
        assert undone["refused"] == [{"lead_id": ids[2], "reason": "changed"}]
        for was, now in zip(before[:2], undone["items"], strict=True):
            assert {**was, "updated_at": now["updated_at"]} == now, "the time in its stage too"
        assert [one["lead_id"] for one in (await browser.get("/crm/tasks")).json()["items"]] == [ids[2]]
        assert (await browser.post(path)).json()["code"] == "already_undone"

        binned = (await browser.post("/crm/leads/bulk", json={"lead_ids": ids[:2], "bin": "delete"})).json()
        assert await found(browser) == [ids[2]]
        assert len((await browser.post(f"/crm/leads/bulk/{binned['bulk_id']}/undo")).json()["items"]) == 2
        assert await found(browser) == sorted(ids, reverse=True)


async def test_a_person_qualifies_and_converts_through_the_same_gate(api: Api) -> None:
    tenant = await make_tenant(api.db)
    channel = (await make_channel(api.db, tenant)).channel_id
    talk = await make_conversation(api.db, tenant, channel, name="Elsa")
    async with await browser_of(api, await api.member(tenant, "ceo")) as browser:
        path = f"/crm/leads/{talk.lead_id}"
        refused = await browser.post(f"{path}/convert")
        assert (refused.status_code, refused.json()["code"]) == (409, "lead_not_ready")
        standing = (await browser.get(f"{path}/standing")).json()
        assert (standing["missing"], standing["client_id"]) == (refused.json()["missing"], None)
        where = f"/chat/conversations/{talk.conversation_id}/qualification"
        outside = await browser.post(where, json={"interest": "hot", "score": 10})
        assert (outside.status_code, outside.json()["low"]) == (422, 50)
        judged = {"interest": "warm", "score": 60, "need": "Un turno", "evidence": ["Preguntó dos veces el precio"]}
        assert (await browser.post(where, json=judged)).json()["score"] == 60
        story = (await browser.get(f"{path}/timeline", params={"kind": "qualification"})).json()["items"]
        assert story[0]["detail"]["qualified_by"] is not None
        assert "interest" not in (await browser.get(f"{path}/standing")).json()["missing"]


@pytest.mark.parametrize("path", ["/crm/tags", "/crm/fields", "/crm/tasks"])
async def test_another_company_sees_nothing_of_it(api: Api, path: str) -> None:
    ours, theirs = await make_tenant(api.db), await make_tenant(api.db)
    async with await browser_of(api, await api.member(ours, "ceo")) as browser:
        lead = await lead_of(browser, full_name="Fabio")
        await browser.post("/crm/tags", json={"name": "x"})
        await browser.post("/crm/fields", json={"key": "x", "label": "X", "type": "text"})
        await browser.post(f"/crm/leads/{lead['id']}/tasks", json={"title": "x"})
        assert len((await browser.get(path)).json()["items"]) == 1
    async with await browser_of(api, await api.member(theirs, "ceo")) as browser:
        assert (await browser.get(path)).json()["items"] == []
        assert await found(browser, q="fabio") == []
