"""What happens in a company beside its routes, story by story; `test_every_door.py` walks them all."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from core.channels import store_credential
from core.clock import system_clock
from core.contracts import AccountNotice, CheckMeeting, SyncCalendar
from core.crm_contracts import FetchLead, ReconcileLeads
from core.secret import Secret
from core.standard_webhooks import signed
from core.whatsapp import Unknown
from orchestrator_service.api_keys.issue import OFFERED
from orchestrator_service.meeting_links.links import address_of
from orchestrator_service.privacy.retention import Rules, write_rules
from orchestrator_service.pruning.hourly import keep_no_longer
from orchestrator_service.triggers.send_due import send_due
from tests.integration.lead_sources.graph import PAGE, TOKEN
from tests.integration.whatsapp.webhooks import EXAMPLES, text_event
from tests.isolation.test_keys import make_key
from tests.isolation.walking import SQL, Walk
from tests.support.api import fresh_email
from tests.support.assistant import Assistant
from tests.support.factories import KEYRING, Talk, make_event, make_qualification
from tests.support.local_google import SELLER

if TYPE_CHECKING:
    from core.json_types import JsonObject

SATURDAY: Final = 5
HOUR: Final = timedelta(hours=1)


def workday(days: int) -> datetime:
    """A Monday to Friday noon in Buenos Aires, so many days from now or a little later."""
    found = (system_clock() + timedelta(days=days)).replace(hour=15, minute=0, second=0, microsecond=0)
    return found + timedelta(days=max(0, 7 - found.weekday()) if found.weekday() >= SATURDAY else 0)


async def conversation(walking: Walk) -> None:
    """Somebody writes, is answered, and what is sent is reported; one message leaves in doubt."""
    await walking.company.says("Hola, soy Juan Gómez, necesito ordenar los turnos de mi clínica, quiero una reunión")
    await walking.after("a webhook")
    await walking.drain()
    told: dict[str, Any] = dict(EXAMPLES["status_delivered"])
    async with walking.api.db.tenant(walking.tenant) as tx:
        sent = await tx.value(SQL["newest_sent"], str)
    message: dict[str, Any] = told["whatsappMessage"]
    assert (
        await walking.company.receiver.post({**told, "whatsappMessage": {**message, "wamid": sent}})
    ).status_code == 200
    await walking.drain()
    walking.worker.provider.results = [Unknown("no answer")]
    await walking.company.says("¿Cuánto cuesta?")
    await walking.drain()


async def tools(walking: Walk) -> None:
    """Each tool of the agent, in two turns."""
    company = walking.company
    today = system_clock().date()
    window: JsonObject = {
        "date_from": today.isoformat(), "date_to": (today + timedelta(days=10)).isoformat(),
    }  # fmt: skip
    await company.says("Otra cosa")
    toolbox = await company.toolbox()
    lead_id = (await walking.browser.get("/crm/leads")).json()["items"][0]["id"]
    await walking.after("a turn begins")

    async def call(name: str, arguments: JsonObject) -> JsonObject:
        outcome = await toolbox.call(name, arguments)
        assert not outcome.refused, (name, outcome.result)
        await walking.after(f"tool:{name}")
        return outcome.result

    await call("qualify_lead", {"interest": "hot", "score": 90, "need": "Software"})
    past = system_clock() - timedelta(days=3)
    await make_event(walking.api.db, walking.tenant, walking.other, past, past + HOUR, lead_id=lead_id)
    await walking.begin()
    await call("convert_to_client", {})
    offers = (await call("check_seller_availability", window))["offers"]
    assert isinstance(offers, list | tuple)
    first, second, *_ = [str(one["offer_id"]) for one in offers if isinstance(one, dict)]
    booked = await call("book_sales_meeting", {"offer_id": first})
    moved = await call("reschedule_meeting", {"meeting_id": booked["meeting_id"], "offer_id": second})
    await call("update_lead", {"company": "Turnos SA"})
    await company.run("finish_turns")
    await walking.begin()
    await walking.drain()
    await company.says("Otra más")
    toolbox = await company.toolbox()
    await walking.after("a turn begins")
    await call("cancel_meeting", {"meeting_id": moved["meeting_id"], "reason": "x"})
    await call("get_pipeline_stages", {})
    await call("search_knowledge", {"question": "¿Cuánto cuesta?"})
    await call("request_human", {"reason": "x"})
    await company.run("finish_turns")
    await walking.begin()
    await walking.drain()


async def files(walking: Walk) -> None:
    """A picture that a customer sends; templates that the provider tells of; the knowledge."""
    picture: dict[str, Any] = dict(EXAMPLES["image"])
    message: dict[str, Any] = picture["whatsappInboundMessage"]
    now = system_clock().isoformat()
    assert (
        await walking.company.receiver.post({**picture, "whatsappInboundMessage": {**message, "sendTime": now}})
    ).status_code == 200
    await walking.drain()
    assert (await walking.company.receiver.post(EXAMPLES["template_reviewed_approved"])).status_code == 200
    await walking.drain()
    channel = walking.company.receiver.channel_id
    await walking.asks("POST", "/chat/templates/sync")
    await walking.asks("POST", f"/admin/core/channels/{channel}/check")
    await walking.asks("POST", "/agent/knowledge/texts", {"title": "Precios", "text": "El plan cuesta US$ 90 por mes."})
    await walking.asks("POST", "/agent/playground/runs", {"messages": ["¿Cuánto cuesta?"]})


async def people(walking: Walk) -> None:
    """Somebody registers, forgets a password, and is told what was done to their account."""
    made = await walking.asks("POST", "/admin/core/join-code")
    registering = {
        "join_code": made["code"], "email": fresh_email(), "name": "Eva", "role": "closer",
        "password": "nine purple lanterns drift",
    }  # fmt: skip
    async with walking.api.browser() as stranger:
        assert (await stranger.post("/auth/register", json=registering)).status_code == 202
        await walking.after("somebody registers")
        await walking.drain()
        closer = await walking.api.member(walking.tenant, "closer")
        await walking.begin()
        assert (await stranger.post("/auth/forgot", json={"email": closer.email})).status_code == 202
        await walking.after("a password is forgotten")
        await walking.drain()
    await walking.put(AccountNotice(int(walking.tenant), int(walking.ceo.user_id), "totp_reset"))


async def sources(walking: Walk) -> None:
    """Strangers' doors: another system's hook, and an advertisement of Meta's."""
    base = "/admin/core/lead-sources"
    hook = await walking.asks("POST", base, {"kind": "hook", "name": "Landing"})
    page = await walking.asks("POST", base, {"kind": "page", "name": "Página", "page_id": PAGE})
    source, told = hook["source"], page["source"]
    assert isinstance(source, dict)
    assert isinstance(told, dict)
    for number, name in enumerate(("Nora Hook", "Nora Hook")):  # new, then known
        body = json.dumps({"name": name, "phone": "+5491155500077", "company": f"Casa {number}"})
        headers = signed((Secret(str(hook["secret"])),), f"msg_{number}", system_clock(), body)
        async with walking.api.browser() as system:
            path = urlsplit(str(source["url"])).path
            assert (await system.post(path, content=body.encode(), headers=headers)).status_code == 200
        await walking.after("a signed hook")
        await walking.drain()
    async with walking.api.db.tenant(walking.tenant) as tx:
        await store_credential(tx, KEYRING, "meta:access_token", Secret(TOKEN))
    walking.worker.graph.add("111", full_name="Lucía Aviso", phone_number="+5491155512399")
    await walking.put(ReconcileLeads(int(walking.tenant), int(str(told["id"]))))
    assert walking.told[FetchLead.NAME]


async def meetings(walking: Walk) -> None:
    """A meeting that Google does not answer for, then has lost; an hour that is taken there; a customer's link."""
    lead = await walking.asks("POST", "/crm/leads", {"full_name": "Mara Meets", "phone": "+5491155500011"})
    starts = workday(4)
    wanted = {"lead_id": lead["id"], "force": True, "ends_at": (starts + HOUR).isoformat()}
    await walking.google.fault("drop", verb="insert", times=1)
    door = walking.api.app.state.google
    walking.api.app.state.google = walking.company.tools.google
    held = await walking.asks(
        "POST", "/agenda/events", {**wanted, "seller_id": walking.seller, "starts_at": starts.isoformat()}
    )
    (google_id,) = [
        one
        for one, event in walking.google.world.calendars[SELLER].events.items()
        if event.get("status") != "cancelled"
    ]
    await walking.google.order("/delete", calendar=SELLER, event={}, event_id=google_id)
    times = {"start": starts + timedelta(days=1), "end": starts + timedelta(days=1, hours=1)}
    await walking.google.by_hand({key: {"dateTime": at.isoformat()} for key, at in times.items()})
    await walking.put(
        SyncCalendar(int(walking.tenant), walking.seller), CheckMeeting(int(walking.tenant), int(str(held["id"])))
    )
    walking.api.app.state.google = door
    event = await walking.asks(
        "POST", "/agenda/events", {**wanted, "seller_id": walking.other, "starts_at": starts.isoformat()}
    )
    async with walking.api.db.tenant(walking.tenant) as tx:
        address = await address_of(
            tx, replace(walking.api.door.meeting_links, host="https://x.example"), int(str(event["id"])), system_clock()
        )
    async with walking.api.browser() as customer:
        answer = await customer.post(f"{urlsplit(str(address)).path}/cancel")
        assert answer.status_code < 400, answer.text
    await walking.after("a customer's link")
    await walking.drain()


async def leads(walking: Walk) -> None:
    """What is done for many leads, and for one later on."""
    ids = [
        (await walking.asks("POST", "/crm/leads", {"full_name": f"Lea {n}", "email": f"lea{n}@example.com"}))["id"]
        for n in range(3)
    ]
    await walking.asks("PATCH", f"/crm/leads/{ids[0]}", {"stage_key": "contacted"})
    due = (system_clock() + timedelta(days=1)).isoformat()
    task = await walking.asks(
        "POST",
        f"/crm/leads/{ids[1]}/tasks",
        {"title": "Llamar", "due_at": due, "assigned_user_id": int(walking.ceo.user_id)},
    )
    merge = walking.browser.post("/crm/merges", json={"survivor_id": ids[0], "absorbed": [ids[1]]})
    assert (await merge).status_code < 300
    await walking.after("a merge")
    await walking.run("late_task", lead_id=ids[1], task_id=task["id"])
    await walking.drain()
    await walking.asks("POST", "/crm/duplicates/scan")
    await becoming_clients(walking)
    await importing(walking)
    async with walking.api.db.tenant(walking.tenant) as tx:
        template = await tx.value(SQL["add_template"], int, channel_id=walking.company.receiver.channel_id, name="hola")
    await walking.begin()
    await walking.asks("POST", "/chat/broadcasts", {"name": "Otoño", "template_id": template, "filters": {}})


async def becoming_clients(walking: Walk) -> None:
    """Two who lack one thing: the team enters the meeting of one, and edits the other."""
    met, edited = [await qualified(walking, f"+54911555988{number:02d}") for number in range(2)]
    starts = workday(12)
    meeting = {"seller_id": walking.other, "starts_at": starts.isoformat(), "lead_id": met.lead_id}
    await walking.asks("POST", "/agenda/events", {**meeting, "ends_at": (starts + HOUR).isoformat()})
    past = system_clock() - timedelta(days=5)
    await make_event(walking.api.db, walking.tenant, walking.other, past, past + HOUR, lead_id=edited.lead_id)
    await walking.begin()
    await walking.asks("PATCH", f"/crm/leads/{edited.lead_id}", {"full_name": "Eda Edited"})


async def qualified(walking: Walk, phone: str) -> Talk:
    """Somebody who has written and is interested."""
    assert (await walking.company.receiver.post(text_event("Hola", sender=phone))).status_code == 200
    await walking.drain()
    async with walking.api.db.tenant(walking.tenant) as tx:
        talk = await tx.one(SQL["newest_talk"], Talk)
    assert talk is not None
    await make_qualification(walking.api.db, walking.tenant, talk)
    await walking.begin()
    return talk


async def importing(walking: Walk) -> None:
    """A file with a new lead and a known one, taken in and taken back."""
    csv = b"name,email,company\nIda Imported,ida@example.com,Acme\nLea 2,lea2@example.com,Norte\n"
    answer = await walking.browser.post("/crm/imports", content=csv, headers={"X-File-Name": "leads.csv"})
    one = answer.json()
    await walking.after("a file is uploaded")
    path = f"/crm/imports/{one['id']}"
    options = {"country": "AR", "existing": "overwrite"}
    await walking.asks("POST", f"{path}/check", {"columns": one["guess"], "options": options})
    await walking.asks("POST", f"{path}/run")
    await walking.asks("POST", f"{path}/undo")


async def clock(walking: Walk) -> None:
    """What the worker does by the clock: messages that are due, and what is kept no longer."""
    template = (await walking.browser.get("/chat/templates")).json()["items"][0]["id"]
    await walking.asks(
        "PUT", "/chat/triggers/reminder_24h/0", {"enabled": True, "window_text": "¡Nos vemos!", "template_id": template}
    )
    lead = await walking.value("lead_of_conversation")
    starts = workday(7)
    body = {
        "seller_id": walking.other,
        "lead_id": lead,
        "starts_at": starts.isoformat(),
        "ends_at": (starts + HOUR).isoformat(),
    }
    await walking.asks("POST", "/agenda/events", body)
    await walking.run("make_due")
    await send_due(walking.api.db, int(walking.tenant), system_clock(), walking.api.door.meeting_links)
    await walking.after("clock: due messages")
    await walking.drain()
    assert walking.told["clock: due messages"]
    async with walking.api.db.tenant(walking.tenant) as tx:
        await write_rules(tx, Rules(lead_months=12, media_months=12, payload_days=30), by=int(walking.ceo.user_id))
        idle = await tx.value(SQL["add_lead"], int, name="Idle", owner_user_id=None)
        await tx.run(SQL["age_lead"], lead_id=idle)
    await walking.begin()
    await keep_no_longer(walking.api.db, walking.api.app.state.media, int(walking.tenant), system_clock())
    await walking.after("clock: retention")
    assert walking.told["clock: retention"]
    await walking.drain()


async def assistant(walking: Walk) -> None:
    """Each tool of MCP; what writes is rehearsed first."""
    helper = Assistant(walking.api, await make_key(walking.api, walking.ceo.principal, OFFERED))
    lead = await walking.value("lead_of_conversation")
    conversation_id = await walking.value("newest_conversation")
    client = (await walking.browser.get("/crm/clients")).json()["items"][0]["id"]
    free = workday(10)
    window = {"seller_id": walking.other, "starts": free.isoformat(), "ends": (free + timedelta(days=1)).isoformat()}
    slot = {"seller_id": walking.other, "starts_at": free.isoformat()}

    async def step(name: str, *, writes: bool = False, **arguments: object) -> JsonObject:
        told = await (helper.done if writes else helper.call)(name, **arguments)
        assert "error" not in told, (name, told)
        await walking.after(f"mcp:{name}")
        await walking.drain()
        return told

    await step("create_lead", writes=True, full_name="Made by an assistant")
    await step("update_lead", writes=True, lead_id=lead, company="Norte")
    await step("move_stage", writes=True, lead_id=lead, stage_key="contacted")
    await step("add_note", writes=True, conversation_id=conversation_id, text="Llamó")
    booked = (await step("book_meeting", writes=True, lead_id=lead, **slot))["result"]
    assert isinstance(booked, dict)
    later = (free + timedelta(hours=2)).isoformat()
    await step("reschedule_meeting", writes=True, event_id=booked["id"], starts_at=later)
    await step("cancel_meeting", writes=True, event_id=booked["id"])
    reading: dict[str, dict[str, Any]] = {
        "search_leads": {}, "get_lead": {"lead_id": lead}, "pipeline_summary": {}, "list_clients": {},
        "get_client": {"client_id": client}, "list_conversations": {},
        "read_conversation": {"conversation_id": conversation_id}, "list_sellers": {},
        "list_slots": {"seller_id": walking.other, "day": free.date().isoformat()}, "list_meetings": window,
    }  # fmt: skip
    for name, arguments in reading.items():
        await step(name, writes=False, **arguments)


async def forgetting(walking: Walk) -> None:
    """A person who asks to be forgotten, with a meeting and a conversation."""
    lead = await walking.value("lead_of_conversation")
    shown = (await walking.browser.get("/crm/privacy/person", params={"lead_id": lead})).json()
    await walking.asks("POST", "/crm/privacy/erasures", {"lead_id": lead, "confirm": shown["confirm"]})
    assert (await walking.browser.get("/crm/privacy/requests")).json()["items"][0]["state"] == "done"
