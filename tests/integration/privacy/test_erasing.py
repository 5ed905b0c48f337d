"""A person is erased: found nowhere, whatever held them; the books and the chain of the audit log hold (ADR 0041)."""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from core.crm_contracts import ErasePerson
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
from tests.integration.privacy.world import (
    EMAIL,
    FILE,
    MARKS,
    NAME,
    PHONE,
    RECEIPT,
    SAID,
    SQL,
    World,
    in_redis,
    make_world,
)
from tests.support import servers
from tests.support.api import Api
from tests.support.factories import make_conversation, make_tenant
from tests.support.files import stored_file

# Tables that can hold words and never held this person's, each with the reason why the eraser need not know it.
KEPT: dict[str, str] = {
    "account_tokens": "links of the team",
    "accounting_transactions": "amounts, kinds and dates; its words stand in transaction_words",
    "agenda_days_off": "the sellers' own free days",
    "agent_drafts": "what the company writes for its agent",
    "agent_versions": "as above",
    "alert_preferences": "the team's own",
    "api_keys": "the team's own",
    "calendar_consents": "the sellers' own",
    "canned_replies": "what the company writes to everybody",
    "channels": "the company's numbers",
    "commission_rules": "a currency",
    "conversations": "states; the words stand in chat_messages",
    "conversion_criteria": "the company's rule",
    "credentials": "the company's secrets, sealed",
    "custom_fields": "names of fields; the values stand in leads",
    "directory": "keyed hashes of the team's",
    "erased_opt_outs": "keyed hashes, kept so that no campaign writes to them",
    "invitations": "to the team",
    "knowledge_documents": "what the company writes for everybody",
    "knowledge_passages": "as above",
    "knowledge_terms": "as above",
    "knowledge_vectors": "as above",
    "knowledge_versions": "as above",
    "lead_pairs": "names of reasons, and the row goes",
    "lead_sources": "the company's forms",
    "meeting_links": "what it was used for, and the row goes",
    "merge_moves": "keys of rows, and they go with their merge",
    "lost_reasons": "what the company calls them",
    "message_templates": "what the company writes to everybody",
    "message_triggers": "as above",
    "model_calls": "what a call cost",
    "pipeline_stages": "the company's",
    "privacy_files": "keys made of what a file holds; emptied by the job",
    "privacy_keys": "the company's key",
    "privacy_requests": "what finds the person until the job is done; the check below holds for it",
    "procrastinate_jobs": "payloads hold ids only (core/contracts.py)",
    "procrastinate_periodic_defers": "as above",
    "push_subscriptions": "the team's browsers",
    "recovery_codes": "hashes of the team's",
    "schema_patches": "ours",
    "seller_calendars": "the sellers' own",
    "seller_targets": "figures",
    "sellers": "the team",
    "sessions": "the team's",
    "system_event_links": "keyed digests (ADR 0009)",
    "tags": "names of tags; who has one stands in lead_tags",
    "template_syncs": "what a provider answered",
    "tenant_settings": "the company's",
    "tenants": "the company's",
    "users": "the team",
    "webhook_endpoints": "the company's",
}


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


async def work(world: World, ceo: httpx.AsyncClient) -> None:
    """What the team does with them by the real doors."""
    lead = world.talk.lead_id
    note, key = {"text": f"{NAME} said {SAID}"}, {"Idempotency-Key": uuid4().hex}
    noted = await ceo.post(f"/crm/leads/{lead}/notes", json=note, headers=key)
    assert noted.status_code == 201, noted.text
    tag = await ceo.post("/crm/tags", json={"name": "VIP"})
    assert (await ceo.put(f"/crm/leads/{lead}/tags/{tag.json()['id']}")).status_code == 200
    assert (await ceo.patch(f"/crm/leads/{lead}", json={"need": SAID + " again"})).status_code == 200
    assert await chained(world) == []
    await published(world)


async def ask(world: World, ceo: httpx.AsyncClient, foreign: httpx.AsyncClient) -> ErasePerson:
    """Their data is handed out, and told what would go; then they are erased, and gone from every page at once."""
    lead = world.talk.lead_id
    given = await ceo.get("/crm/privacy/export.zip", params={"lead_id": lead})
    archive = zipfile.ZipFile(io.BytesIO(given.content))
    data = json.loads(archive.read("data.json"))
    assert data["messages"][-1]["body"] == SAID
    assert data["leads"][0]["email"] == EMAIL
    assert [archive.read(name) for name in archive.namelist() if name.startswith("files/")] == [FILE]
    shown = (await ceo.get("/crm/privacy/person", params={"lead_id": lead})).json()
    assert shown == {
        "confirm": NAME, "messages": 2, "files": 1, "notes": 1, "tasks": 1, "meetings": 2, "transactions": 1,
    }  # fmt: skip
    assert (await foreign.get("/crm/privacy/person", params={"lead_id": lead})).status_code == 404
    body = {"lead_id": lead, "confirm": "Zulema"}
    assert (await ceo.post("/crm/privacy/erasures", json=body)).json()["code"] == "not_confirmed"
    body["confirm"] = NAME.upper()
    assert (await foreign.post("/crm/privacy/erasures", json=body)).status_code == 404
    made = await ceo.post("/crm/privacy/erasures", json=body)
    assert (made.status_code, made.json()["state"]) == (202, "waiting")
    assert (await ceo.get(f"/crm/leads/{lead}")).status_code == 404
    assert (await ceo.post(f"/crm/leads/{lead}/restore")).status_code == 404
    assert (await ceo.get("/crm/leads", params={"deleted": True})).json()["items"] == []
    assert (await ceo.get("/chat/conversations")).json()["items"] == []
    assert (await ceo.post("/crm/privacy/erasures", json=body)).status_code == 404
    await published(world)
    return ErasePerson(int(world.tenant), made.json()["id"])


async def test_a_person_is_found_nowhere(
    api: Api,
    database: servers.Database,
    redis_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    world = await make_world(api, database)
    other = await api.session(await api.member(await make_tenant(api.db), "ceo"))
    async with api.browser(await api.session(world.ceo)) as ceo, api.browser(other) as foreign:
        await work(world, ceo)
        before = await world.tables()
        assert sorted(name for name, marks in before.items() if not marks) == sorted(KEPT)
        job = await ask(world, ceo, foreign)

        # A worker that dies in the middle, and that knows one statement too few: the walk finds what is left.
        monkeypatch.setattr(erase, "STEPS", tuple(step for step in erase.STEPS if step != "notes"))
        with pytest.raises(FileMissing):
            await erase_person(EraseTools(api.db, Dying("memory://dying"), api.clock), job)
        marked = await world.marked()
        assert "lead_notes" in marked
        assert "chat_messages" not in marked
        monkeypatch.undo()
        for _ in range(2):  # again changes nothing
            await erase_person(EraseTools(api.db, world.store, api.clock), job)
        await published(world)
        assert (await ceo.get("/crm/privacy/requests")).json()["items"][0]["state"] == "done"

    left = {name: marks for name, marks in (await world.tables()).items() if marks}
    assert left == {}
    assert await in_redis(redis_url) == []
    for content in (FILE, RECEIPT):
        assert not await world.is_stored(content)
    assert await chained(world) == []
    printed = "".join(capfd.readouterr()).lower()
    assert not [mark for mark in MARKS if mark in printed]
    await what_stays(world)


async def what_stays(world: World) -> None:
    """The books, others' rows; and who writes again is a stranger, who is in no campaign."""
    async with world.api.db.tenant(world.tenant) as tx:
        assert await tx.value(SQL["amounts"], int) == 1
        assert await tx.value(SQL["gone"], int) == 1
        chunk = await tx.one(SQL["chunk_cells"], Row)
        assert chunk == Row([["Otro", "otro@sur.example"], []])
        talk = await resolve_conversation(tx, world.channel, Sender(PHONE[1:], None, None, None, "Zulema"))
        assert talk is not None
        assert talk != world.talk.conversation_id
        assert await recognise_lead(tx, talk) != world.talk.lead_id
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
