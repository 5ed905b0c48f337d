"""A person is erased: found nowhere, whatever held them; the books and the chain of the audit log hold (ADR 0041)."""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest

from core.contracts import ErasePerson
from core.identities import resolve_conversation
from core.json_types import Json
from core.media_store import FileMissing, MediaStore
from core.whatsapp import Sender
from orchestrator_service.audit.linking import link_waiting
from orchestrator_service.audit.verify import verify_chain
from orchestrator_service.leads.recognise import recognise_lead
from orchestrator_service.privacy import erase
from orchestrator_service.privacy.erase import EraseTools, erase_person
from orchestrator_service.privacy.retention import Rules, count_due, enforce, write_rules
from tests.integration.audit.chained import KEYS
from tests.integration.privacy.world import EMAIL, FILE, NAME, PHONE, SAID, SQL, World, in_redis, make_world
from tests.support import servers
from tests.support.api import Api
from tests.support.factories import make_conversation, make_tenant
from tests.support.files import stored_file

# Tables that can hold words and never held this person's, each with the reason why the eraser need not know it.
KEPT: dict[str, str] = {}


@dataclass(frozen=True)
class Row:
    row: Json


class Dying(MediaStore):
    """The worker dies where it would take the first file away."""

    async def remove(self, key: str) -> None:
        raise FileMissing(key)


async def published(world: World) -> None:
    async with asyncio.timeout(10):
        while True:
            async with world.api.db.tenant(world.tenant) as tx:
                if not await tx.value(SQL["unpublished"], int):
                    return
            await asyncio.sleep(0.05)


async def chained(world: World) -> list[str]:
    while (linked := await link_waiting(world.api.db, KEYS, world.tenant)) is not None and linked.more:
        pass
    report = await verify_chain(world.api.db, KEYS, world.tenant, None, lambda _done: None)
    return [finding.kind for finding in report.findings]


async def test_a_person_is_found_nowhere(  # noqa: PLR0915 - one story, told once
    api: Api,
    database: servers.Database,
    redis_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    world = await make_world(api, database)
    stranger = await make_tenant(api.db)
    other = await api.session(await api.member(stranger, "ceo"))
    lead = world.talk.lead_id
    async with api.browser(await api.session(world.ceo)) as ceo, api.browser(other) as foreign:
        note = {"body": f"{NAME} said {SAID}"}
        key = {"Idempotency-Key": uuid4().hex}
        noted = await ceo.post(f"/crm/leads/{lead}/notes", json=note, headers=key)
        assert noted.status_code == 201, noted.text
        tag = await ceo.post("/crm/tags", json={"name": "VIP"})
        assert (await ceo.put(f"/crm/leads/{lead}/tags/{tag.json()['id']}")).status_code == 200
        assert (await ceo.patch(f"/crm/leads/{lead}", json={"need": SAID + " again"})).status_code == 200
        assert (await ceo.get("/crm/leads", params={"q": NAME})).status_code == 200
        assert await chained(world) == []
        await published(world)

        before = await world.tables()
        assert {name for name, marks in before.items() if not marks} == set(KEPT)

        # Handed out, and told what would go.
        archive = zipfile.ZipFile(
            io.BytesIO((await ceo.get("/crm/privacy/export.zip", params={"lead_id": lead})).content)
        )
        data = json.loads(archive.read("data.json"))
        assert data["messages"][-1]["body"] == SAID
        assert data["leads"][0]["email"] == EMAIL
        files = [name for name in archive.namelist() if name.startswith("files/")]
        assert [archive.read(name) for name in files] == [FILE]
        shown = (await ceo.get("/crm/privacy/person", params={"lead_id": lead})).json()
        assert shown == {
            "confirm": NAME, "messages": 2, "files": 1, "notes": 1, "tasks": 1, "meetings": 2, "transactions": 1,
        }  # fmt: skip
        assert (await foreign.get("/crm/privacy/person", params={"lead_id": lead})).status_code == 404
        body = {"lead_id": lead, "confirm": "Zulema"}
        assert (await ceo.post("/crm/privacy/erasures", json=body)).json()["code"] == "not_confirmed"
        body["confirm"] = NAME.upper()
        assert (await foreign.post("/crm/privacy/erasures", json=body)).status_code == 404

        # Erased: gone from every page at once.
        made = await ceo.post("/crm/privacy/erasures", json=body)
        assert (made.status_code, made.json()["state"]) == (202, "waiting")
        assert (await ceo.get(f"/crm/leads/{lead}")).status_code == 404
        assert (await ceo.post(f"/crm/leads/{lead}/restore")).status_code == 404
        assert (await ceo.get("/crm/leads", params={"deleted": True})).json()["items"] == []
        assert (await ceo.post("/crm/privacy/erasures", json=body)).status_code == 404
        await published(world)

        # A worker that dies in the middle, and that knew one statement too few: the walk finds what is left.
        job = ErasePerson(int(world.tenant), made.json()["id"])
        monkeypatch.setattr(erase, "STEPS", tuple(step for step in erase.STEPS if step != "notes"))
        with pytest.raises(FileMissing):
            await erase_person(EraseTools(api.db, Dying(str(world.store._url)), api.clock), job)
        assert "lead_notes" in await world.marked()
        assert "chat_messages" not in await world.marked()
        monkeypatch.undo()
        for _ in range(2):  # again changes nothing
            await erase_person(EraseTools(api.db, world.store, api.clock), job)
        await published(world)
        assert (await ceo.get("/crm/privacy/requests")).json()["items"][0]["state"] == "done"

    left = {name: marks for name, marks in (await world.tables()).items() if marks}
    assert left == {}
    assert await in_redis(redis_url) == []
    async with api.db.tenant(world.tenant) as tx:
        assert await tx.value(SQL["amounts"], int) == 1
        assert await tx.value(SQL["gone"], int) == 1
        chunk = await tx.one(SQL["chunk_cells"], Row)
    assert chunk is not None
    assert chunk.row == [["Otro", "otro@sur.example"], []]
    for content in (FILE, b"pastelito receipt"):
        stored = await world.store.put(0, content)
        assert not await world.file_is_stored(stored.key.replace("0/", f"{world.tenant}/", 1))
        await world.store.remove(stored.key)
    assert await chained(world) == []
    printed = "".join(capfd.readouterr()).lower()
    assert not [mark for mark in ("zulema", "pastelito", "1155667788") if mark in printed]

    # Who writes again is a stranger, and is in no campaign.
    async with api.db.tenant(world.tenant) as tx:
        talk = await resolve_conversation(tx, world.channel, Sender(phone=PHONE[1:], user_id=None, name="Zulema"))
        assert talk is not None
        assert talk != world.talk.conversation_id
        assert await recognise_lead(tx, talk) != lead
        assert await tx.value(SQL["refusals"], int) == 1


async def test_what_is_kept_no_longer(api: Api, database: servers.Database) -> None:
    """Nothing but payloads goes by itself; leads and files where the company has said so."""
    world = await make_world(api, database)
    idle = await make_conversation(api.db, world.tenant, world.channel)
    await stored_file(api, world.tenant, idle.conversation_id, b"old", at=api.clock() - timedelta(days=730))
    rules = Rules(lead_months=12, media_months=12, payload_days=30)
    async with api.db.tenant(world.tenant) as tx:
        await tx.run(SQL["age"], lead_id=idle.lead_id)
        assert (await enforce(tx, api.clock())).leads == 0
        due = await count_due(tx, rules, api.clock())
        assert (due.leads, due.files, due.payloads) == (1, 2, 0)
        await write_rules(tx, rules, by=int(world.ceo.user_id))
    async with api.db.tenant(world.tenant) as tx:
        done = await enforce(tx, api.clock())
        assert (done.leads, done.files) == (1, 2)
        waiting = await tx.value(SQL["waiting"], int)
        assert waiting is not None
    await erase_person(EraseTools(api.db, world.store, api.clock), ErasePerson(int(world.tenant), waiting))
    async with api.db.tenant(world.tenant) as tx:
        assert await count_due(tx, rules, api.clock()) == await enforce(tx, api.clock())
