"""One person once: two leads with everything become one and two again, and nothing is lost whoever writes meanwhile."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from pydantic import TypeAdapter

from core.crm_contracts import LeadsMerged, ScanDuplicates
from core.database import Database
from core.database_errors import Collided
from core.errors import NexusError
from core.identities import resolve_conversation
from core.json_types import JsonObject
from core.name_matching import normalise
from core.phone import match_key
from core.principal import TenantId
from core.statements import sibling_statements
from core.whatsapp import Sender
from orchestrator_service.clients.create import create_client
from orchestrator_service.clients.models import ClientContact, NewClient
from orchestrator_service.clients.repository import write_contacts
from orchestrator_service.db import NewMessage, append_chat_message
from orchestrator_service.leads.recognise import recognise_lead
from orchestrator_service.merging.fields import COLUMNS, OWN
from orchestrator_service.merging.merge import merge_leads, take_late
from orchestrator_service.merging.references import STAYING, TURNED, Target
from orchestrator_service.merging.scan import scan
from tests.support.api import Api, Member
from tests.support.factories import (
    Talk,
    make_channel,
    make_conversation,
    make_event,
    make_qualification,
    make_seller,
    make_tenant,
)

SQL = sibling_statements(__file__)
NUMBERS = ("+5491123456780", "+5491123456781")
NOON = datetime(2026, 2, 2, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    row: JsonObject


@dataclass(frozen=True)
class Place:
    target: str
    place: str
    relation: str
    name: str


@dataclass(frozen=True)
class Column:
    name: str


@dataclass(frozen=True)
class Event:
    payload: JsonObject
    audience: str
    owner_user_id: int | None


@dataclass(frozen=True)
class Twins:
    """A company with one person twice, and its ceo."""

    tenant: TenantId
    channel: int
    ceo: Member
    one: Talk
    other: Talk


async def make_twins(api: Api) -> Twins:
    """Both have a chat, a meeting, a task, a follow-up, a client who paid, and stand in one broadcast."""
    tenant = await make_tenant(api.db)
    channel = (await make_channel(api.db, tenant)).channel_id
    ceo = await api.member(tenant, "ceo")
    one = await make_conversation(api.db, tenant, channel, name="Ana Ruiz")
    other = await make_conversation(api.db, tenant, channel, name="Dra. Ana Ruíz")
    seller = await make_seller(api.db, tenant)
    for hour, (talk, name) in enumerate(((one, "Ana Ruiz"), (other, "Dra. Ana Ruíz"))):
        starts = NOON + timedelta(hours=hour)
        await make_event(api.db, tenant, seller, starts, starts + timedelta(hours=1), lead_id=talk.lead_id)
        await make_qualification(api.db, tenant, talk)
        async with api.db.tenant(tenant) as tx:
            fields = {"full_name": name, "email": "ana@sur.example", "company": "Sur", "value": Decimal(10 + hour)}
            number = {"phone": NUMBERS[hour], "match_key": match_key(NUMBERS[hour])}
            await tx.run(SQL["set_lead"], lead_id=talk.lead_id, **fields, **number)
            await tx.run(SQL["hang"], lead_id=talk.lead_id, conversation_id=talk.conversation_id, user_id=ceo.user_id)
            await append_chat_message(
                tx,
                NewMessage(
                    conversation_id=talk.conversation_id,
                    direction="in",
                    author="customer",
                    body="Hola",
                    origin_key=uuid4().hex,
                    status="received",
                    at=NOON,
                ),
            )
            made = NewClient(
                lead_id=talk.lead_id, full_name=name, phone=None, email=None, owner_user_id=None, created_at=NOON
            )
            client = await create_client(tx, made)
            assert client is not None
            await write_contacts(tx, client, [ClientContact(f"Persona {hour}", "Compras", None, None)])
            await tx.run(SQL["pay"], client_id=client, amount=Decimal(100 + hour))
    async with api.db.tenant(tenant) as tx:
        both = [one.lead_id, other.lead_id]
        await tx.run(SQL["broadcast_to"], channel_id=channel, user_id=ceo.user_id, lead_ids=both)
    return Twins(tenant, channel, ceo, one, other)


async def state(db: Database, tenant: TenantId) -> list[JsonObject]:
    async with db.tenant(tenant) as tx:
        rows = await tx.all(SQL["state_of_leads"], Row) + await tx.all(SQL["state_of_hangers"], Row)
    return [row.row for row in rows]


async def test_a_merge_and_its_undo_lose_nothing(api: Api) -> None:
    twins = await make_twins(api)
    one, other = twins.one.lead_id, twins.other.lead_id
    before = await state(api.db, twins.tenant)
    async with api.browser(await api.session(twins.ceo)) as browser:
        found = (await browser.get(f"/crm/leads/{one}/duplicates")).json()["items"]
        assert [(pair["low"]["id"], pair["high"]["id"], pair["score"]) for pair in found] == [(one, other, 96)]
        assert set(found[0]["reasons"]) == {"email", "name", "name_company"}
        body: JsonObject = {"survivor_id": one, "absorbed": [other], "fields": {"full_name": other}}
        made = await browser.post("/crm/merges", json=body)
        assert made.status_code == 201, made.text
        merge = made.json()
        again = await browser.post("/crm/merges", json=body)
        assert again.json() == merge, "asked again, it tells what was done"
        lead = (await browser.get(f"/crm/leads/{one}")).json()
        gone = await browser.get(f"/crm/leads/{other}")
        taken = await browser.post("/crm/leads", json={"phone": NUMBERS[1]})
        clients = (await browser.get("/crm/clients")).json()["items"]
        record = (await browser.get(f"/crm/clients/{clients[0]['id']}")).json()
        story = (await browser.get(f"/crm/clients/{clients[0]['id']}/timeline?limit=100")).json()["items"]
        assert (await browser.get(f"/crm/leads/{one}/duplicates")).json()["items"] == []
        async with api.db.tenant(twins.tenant) as tx:
            assert await tx.value(SQL["hanging_on"], int, lead_id=one) == 8
            assert await tx.value(SQL["hanging_on"], int, lead_id=other) == 0
        undone = await browser.post(f"/crm/merges/{merge['id']}/undo")
        assert undone.status_code == 200, undone.text
        twice = await browser.post(f"/crm/merges/{merge['id']}/undo")
    assert (lead["full_name"], lead["value"]) == ("Dra. Ana Ruíz", "10.00")
    assert (gone.status_code, gone.json()["code"], gone.json()["lead_id"]) == (410, "lead_merged", one)
    assert (taken.status_code, taken.json()["lead_id"]) == (409, one), "its old number is still known"
    assert len(clients) == 1
    assert record["paid"] == [{"currency": "USD", "amount": "201.00"}]
    assert {contact["name"] for contact in record["contacts"]} == {"Persona 0", "Persona 1"}
    assert [item["kind"] for item in story].count("money") == 2
    assert {"message", "meeting", "task"} <= {item["kind"] for item in story}
    told = undone.json()
    assert (told["returned"], told["stayed"], told["kept_fields"]) == (merge["moved"], 0, [])
    assert (twice.status_code, twice.json()["code"]) == (409, "merge_undone")
    assert await state(api.db, twins.tenant) == before


@pytest.mark.proof
async def test_what_came_since_stays_and_is_told(api: Api) -> None:
    twins = await make_twins(api)
    one, other = twins.one.lead_id, twins.other.lead_id
    async with api.browser(await api.session(twins.ceo)) as browser:
        body: JsonObject = {"survivor_id": one, "absorbed": [other], "fields": {"full_name": other, "value": other}}
        merge = (await browser.post("/crm/merges", json=body)).json()
        await browser.patch(f"/crm/leads/{one}", json={"full_name": "Ana R. de Paz"})
        async with api.db.tenant(twins.tenant) as tx:
            await tx.run(SQL["add_late_task"], lead_id=one)
            await tx.run(SQL["add_late_task"], lead_id=other)
        await take_late(api.db, LeadsMerged(twins.tenant, merge["id"]))
        await take_late(api.db, LeadsMerged(twins.tenant, merge["id"]))
        undone = (await browser.post(f"/crm/merges/{merge['id']}/undo")).json()
        now = [(await browser.get(f"/crm/leads/{lead}")).json() for lead in (one, other)]
    assert (undone["kept_fields"], undone["since"]["tasks"]) == (["full_name"], 1)
    assert [lead["full_name"] for lead in now] == ["Ana R. de Paz", "Dra. Ana Ruíz"]
    assert [lead["value"] for lead in now] == ["10.00", "11.00"]
    async with api.db.tenant(twins.tenant) as tx:
        counts = [await tx.value(SQL["tasks_of"], int, lead_id=lead) for lead in (one, other)]
    assert counts == [2, 2], "the late one followed the merge, and went back with the lead that it was written for"


async def _speak(api: Api, tenant: TenantId, talk: Talk) -> None:
    """A message of the customer's, and a task about whoever they are at that moment."""
    async with api.db.tenant(tenant) as tx:
        lead_id = await recognise_lead(tx, talk.conversation_id)
        assert lead_id is not None
        message = NewMessage(
            conversation_id=talk.conversation_id,
            direction="in",
            author="customer",
            body="?",
            origin_key=uuid4().hex,
            status="received",
            at=NOON,
        )
        await append_chat_message(tx, message)
        await tx.run(SQL["add_late_task"], lead_id=lead_id)


@pytest.mark.proof
async def test_two_merges_at_once_and_messages_meanwhile(api: Api) -> None:
    twins = await make_twins(api)
    ceo = twins.ceo.principal
    stop, spoken = asyncio.Event(), asyncio.Semaphore(0)
    said = 0

    async def write(talk: Talk) -> None:
        nonlocal said
        while not stop.is_set():
            await _speak(api, twins.tenant, talk)
            said += 1
            spoken.release()

    async def four_more() -> None:
        for _ in range(4):
            await spoken.acquire()

    async def merge(survivor: int, absorbed: int) -> int | None:
        for _ in range(5):
            try:
                async with api.db.tenant(twins.tenant) as tx:
                    return (await merge_leads(tx, ceo, api.clock, survivor, [absorbed], {})).survivor_id
            except Collided:
                continue
            except NexusError:
                return None
        return None

    writers = [asyncio.create_task(write(talk)) for talk in (twins.one, twins.other)]
    await four_more()
    one, other = twins.one.lead_id, twins.other.lead_id
    outcomes = await asyncio.gather(merge(one, other), merge(other, one))
    await four_more()
    stop.set()
    await asyncio.gather(*writers)
    survivors = [outcome for outcome in outcomes if outcome is not None]
    assert len(survivors) == 1, "one of the two finds the other done"
    (survivor,) = survivors
    async with api.db.tenant(twins.tenant) as tx:
        merge_id = await tx.value(SQL["last_merge"], int)
        assert merge_id is not None
    await take_late(api.db, LeadsMerged(twins.tenant, merge_id))
    async with api.db.tenant(twins.tenant) as tx:
        for talk in (twins.one, twins.other):
            whose = await tx.value(SQL["lead_of_conversation"], int, conversation_id=talk.conversation_id)
            assert whose == survivor
        assert await tx.value(SQL["tasks_of"], int, lead_id=survivor) == said + 2
        gone = next(lead for lead in (one, other) if lead != survivor)
        assert await tx.value(SQL["tasks_of"], int, lead_id=gone) == 0


@pytest.mark.proof
async def test_pairs_are_found_decided_on_and_kept_apart(api: Api) -> None:
    twins = await make_twins(api)
    closer = await api.member(twins.tenant, "closer")
    foreign = await make_twins(api)
    await scan(api.db, ScanDuplicates(twins.tenant))
    await scan(api.db, ScanDuplicates(twins.tenant))
    async with api.browser(await api.session(closer)) as browser:
        assert (await browser.get("/crm/duplicates")).json()["items"] == [], "neither is the closer's"
    async with api.browser(await api.session(foreign.ceo)) as browser:
        assert (await browser.get("/crm/duplicates")).json()["items"] == [], "another company's are not found here"
        body: JsonObject = {"survivor_id": foreign.one.lead_id, "absorbed": [twins.one.lead_id]}
        assert (await browser.post("/crm/merges", json=body)).status_code == 404
    async with api.browser(await api.session(twins.ceo)) as browser:
        (pair,) = (await browser.get("/crm/duplicates")).json()["items"]
        assert (await browser.post(f"/crm/duplicates/{pair['id']}/dismiss")).status_code == 204
        await browser.patch(f"/crm/leads/{twins.one.lead_id}", json={"company": "SUR"})
        await scan(api.db, ScanDuplicates(twins.tenant))
        assert (await browser.get("/crm/duplicates")).json()["items"] == [], "not the same person: remembered"
        (kept,) = (await browser.get("/crm/duplicates?state=dismissed")).json()["items"]
        assert kept["id"] == pair["id"]
        await browser.post(f"/crm/duplicates/{pair['id']}/reopen")
        assert len((await browser.get("/crm/duplicates")).json()["items"]) == 1
        await browser.patch(f"/crm/leads/{twins.one.lead_id}", json={"email": None, "full_name": "Luz Paz"})
        await scan(api.db, ScanDuplicates(twins.tenant))
        assert (await browser.get("/crm/duplicates")).json()["items"] == [], "nothing speaks for it any more"


async def test_two_contacts_of_one_person_become_one(api: Api) -> None:
    """The known defect: a number and a user id that came one after the other stayed two contacts for ever."""
    tenant = await make_tenant(api.db)
    channel = (await make_channel(api.db, tenant)).channel_id
    ceo = await api.member(tenant, "ceo")
    by_number, by_id, both = (
        Sender(phone, user_id, None, None, "Ana")
        for phone, user_id in (("+5491122334455", None), (None, "AR.77"), ("+5491122334455", "AR.77"))
    )
    conversations: list[int] = []
    leads: list[int] = []
    for sender in (by_number, by_id, both):
        async with api.db.tenant(tenant) as tx:
            conversation = await resolve_conversation(tx, channel, sender)
            assert conversation is not None
            lead = await recognise_lead(tx, conversation)
            assert lead is not None
        conversations.append(conversation)
        leads.append(lead)
    assert leads[0] != leads[1]
    async with api.browser(await api.session(ceo)) as browser:
        (pair,) = (await browser.get(f"/crm/leads/{leads[0]}/duplicates")).json()["items"]
        assert "whatsapp" in pair["reasons"]
        body: JsonObject = {"survivor_id": leads[0], "absorbed": [leads[1]]}
        merge = (await browser.post("/crm/merges", json=body)).json()
        async with api.db.tenant(tenant) as tx:
            found = [await resolve_conversation(tx, channel, sender) for sender in (by_number, by_id)]
        assert found[0] == found[1], "one person, one conversation from now on"
        undone = (await browser.post(f"/crm/merges/{merge['id']}/undo")).json()
        assert (undone["returned"], undone["stayed"]) == (merge["moved"], 0)
    async with api.db.tenant(tenant) as tx:
        assert [await resolve_conversation(tx, channel, sender) for sender in (by_number, by_id)] == conversations[:2]


async def test_clients_are_made_edited_put_away_and_announced(api: Api) -> None:
    tenant = await make_tenant(api.db)
    ceo, closer = await api.member(tenant, "ceo"), await api.member(tenant, "closer")
    stranger = await api.member(await make_tenant(api.db), "ceo")
    async with api.browser(await api.session(closer)) as browser:
        made = (await browser.post("/crm/patients", json={"full_name": "Bia Luz", "phone": "11 2345-6789"})).json()
        assert (made["owner_user_id"], made["phone"]) == (closer.user_id, "+541123456789")
        path = f"/crm/clients/{made['id']}"
        refused = await browser.patch(path, json={"owner_user_id": ceo.user_id})
        assert refused.status_code == 403, "own clients are not given away"
        bad = await browser.patch(path, json={"phone": "12 y 13"})
        assert (bad.status_code, bad.json()["code"]) == (422, "bad_phone")
        persons = [{"name": "Eva", "role": "Compras", "email": "EVA@sur.example"}, {"name": "Leo"}]
        await browser.put(f"{path}/contacts", json={"items": persons})
        record = (await browser.get(path)).json()
        assert ([one["name"] for one in record["contacts"]], record["paid"]) == (["Eva", "Leo"], None)
    async with api.browser(await api.session(stranger)) as browser:
        answers = [await browser.get(path), await browser.delete(path), await browser.get(f"{path}/timeline")]
        assert [answer.status_code for answer in answers] == [404, 404, 404]
    async with api.browser(await api.session(ceo)) as browser:
        assert (await browser.patch(path, json={"owner_user_id": ceo.user_id, "company": "Sur"})).status_code == 200
        assert (await browser.get("/crm/clients?q=SÚR")).json()["items"][0]["id"] == made["id"]
        assert (await browser.delete(path)).json()["deleted_at"] is not None
        assert (await browser.patch(path, json={"company": "X"})).json()["code"] == "client_deleted"
        counts = [(await browser.get(f"/crm/clients/count{query}")).json() for query in ("", "?deleted=true")]
        assert counts == [{"count": 0}, {"count": 1}]
        assert (await browser.post(f"{path}/restore")).json()["deleted_at"] is None
    async with api.browser(await api.session(closer)) as browser:
        assert (await browser.get(path)).status_code == 404, "it is another's now"
    async with api.db.tenant(tenant) as tx:
        updates = await tx.all(SQL["events_named"], Event, name="CLIENT_UPDATED")
        created = await tx.all(SQL["events_named"], Event, name="CLIENT_CREATED")
    assert [(event.audience, event.owner_user_id) for event in created] == [("clients", closer.user_id)]
    assert {event.audience for event in updates} == {"clients"}
    gone = [event for event in updates if event.payload.get("visible") is False]
    assert [(event.payload["id"], event.owner_user_id) for event in gone] == [(made["id"], closer.user_id)]


async def test_every_reference_and_every_column_is_decided_on(api: Api) -> None:
    tenant = await make_tenant(api.db)
    async with api.db.tenant(tenant) as tx:
        places = await tx.all(SQL["references"], Place)
        columns = {column.name for column in await tx.all(SQL["lead_columns"], Column)}
        names = ["Dra. Ana  Ruíz", "JUAN PÉREZ sr", "Dr Dr", "Peña, José-María", "Lic. Ing. Núñez"]
        keys = [await tx.value(SQL["person_key"], str, said=name) for name in names]
    undecided = [one.place for one in places if one.place not in STAYING and one.place not in TURNED[_target(one)]]
    assert undecided == [], "enter each in merging/references.py: does it move with a merged lead, or stay and why?"
    known = {place.place for place in places}
    assert (set().union(*TURNED.values()) | set(STAYING)) <= known, "no line speaks of what is not there"
    assert columns == {column for group in COLUMNS.values() for column in group} | OWN, "see merging/fields.py"
    assert keys == [normalise(name.replace("-", " ")) for name in names]


def _target(place: Place) -> Target:
    return TypeAdapter[Target](Target).validate_python(place.target.removeprefix("public."))
