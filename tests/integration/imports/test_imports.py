"""A spreadsheet comes in, comes in again, and goes: what is told of each row, and what is left behind (ADR 0032)."""

from __future__ import annotations

import asyncio

import pytest

from core.crm_contracts import ImportStep
from orchestrator_service.imports import repository
from orchestrator_service.imports import step as steps
from tests.integration.imports.desk import Desk, reasons, told
from tests.support.api import Api
from tests.support.factories import make_tenant
from tests.support.spreadsheets import spreadsheet

ROWS = 520  # two chunks
COLUMNS = ["full_name", "phone", "email", "company", "stage", "value", "source", "need"]
OWN = b"""Nombre;Tel\xc3\xa9fono;Correo;Empresa;Etapa;Valor;Moneda
Ana Ruiz;11 5000-0001;ana@example.com;Turnera;Contactado;1.500,50;ARS
Luz Paz;;luz@example.com;Turnera;;;
Beto;11 5000-0003;;;;;
"""


async def test_a_spreadsheet_comes_in_once_however_often_and_goes_without_a_trace(desk: Desk) -> None:
    sheet = spreadsheet(ROWS)
    before = await desk.state()
    one = await desk.upload(sheet.content)
    assert (one["guess"], one["row_count"], one["chunk_count"]) == (COLUMNS, ROWS, 2)
    assert (await desk.order(one, "run")).json()["code"] == "import_state"
    await desk.order(one, "check", {"columns": one["guess"], "options": {"country": "AR"}})
    other = await desk.upload(b"name,phone\nAna,1150001111")
    busy = await desk.order(other, "check", {"columns": ["full_name", "phone"]})
    assert busy.json()["code"] == "import_busy"
    checked = await desk.work(one)
    assert (checked["state"], checked["checked"]) == ("checked", told(sheet))
    assert await desk.state() == before, "a dry run writes nothing"
    assert await reasons(desk, one) == sheet.reasons
    listed = (await desk.browser.get(f"/crm/imports/{one['id']}/rows.csv", params={"language": "es"})).text
    assert listed.startswith("\ufeffNombre,Teléfono,")
    assert ",5,el teléfono no es válido" in listed, "a row is called as the spreadsheet calls it"
    await desk.order(one, "run")
    done = await desk.work(one)
    assert (done["state"], done["written"]) == ("done", told(sheet))
    assert len(await desk.state()) == sheet.good
    again = await desk.bring_in(sheet.content)
    assert (again["written"].get("create", 0), again["written"]["skip"]) == (0, sheet.good)
    exported = await desk.browser.get("/crm/leads/export.csv")
    back = await desk.bring_in(exported.content, existing="overwrite")
    assert back["written"] == {"same": sheet.good}, "what was exported says nothing new"
    assert len(await desk.state()) == sheet.good
    assert (await desk.order(one, "undo")).status_code == 202
    undone = await desk.work(one)
    assert (undone["state"], undone["undone"]) == ("undone", {"restored": sheet.good})
    assert await desk.state() == before
    assert (await desk.order(one, "undo")).json()["code"] == "import_state", "once"


async def test_what_was_there_is_filled_or_replaced_and_put_back_where_nobody_has_touched_it(desk: Desk) -> None:
    browser = desk.browser
    ana = (await browser.post("/crm/leads", json={"full_name": "A. Ruiz", "phone": "+54 9 11 5000-0001"})).json()
    luz = (await browser.post("/crm/leads", json={"full_name": "Luz", "email": "luz@example.com"})).json()
    before = await desk.state()
    filled = await desk.bring_in(OWN, existing="fill")
    assert filled["written"] == {"create": 1, "change": 2}
    one = (await browser.get(f"/crm/leads/{ana['id']}")).json()
    assert (one["full_name"], one["email"], one["stage_key"], one["value"]) == (
        "A. Ruiz", "ana@example.com", "new", "1500.50",
    )  # fmt: skip
    await desk.order(filled, "undo")
    assert (await desk.work(filled))["undone"] == {"restored": 3}
    assert await desk.state() == before
    replaced = await desk.bring_in(OWN, existing="overwrite")
    one = (await browser.get(f"/crm/leads/{ana['id']}")).json()
    assert (one["full_name"], one["stage_key"]) == ("Ana Ruiz", "contacted")
    await browser.patch(f"/crm/leads/{ana['id']}", json={"full_name": "Ana María Ruiz"})
    beto = (await browser.get("/crm/leads", params={"q": "Beto"})).json()["items"][0]
    await browser.patch(f"/crm/leads/{beto['id']}", json={"need": "turnos"})
    await desk.order(replaced, "undo")
    assert (await desk.work(replaced))["undone"] == {"partly": 1, "restored": 1, "kept": 1}
    one = (await browser.get(f"/crm/leads/{ana['id']}")).json()
    assert (one["full_name"], one["stage_key"], one["value"], one["email"]) == ("Ana María Ruiz", "new", None, None)
    assert (await browser.get(f"/crm/leads/{luz['id']}")).json()["full_name"] == "Luz"
    rows = await browser.get(f"/crm/imports/{replaced['id']}/rows", params={"verdict": "create", "undone": "kept"})
    assert [row["lead_id"] for row in rows.json()["items"]] == [beto["id"]]
    names = [name for name, _ in await desk.events()]
    told = {"NEW_LEAD", "LEAD_UPDATED", "IMPORT_UPDATED", "NOTIFICATION"}
    assert told == set(names), "a small import tells of each lead"


async def test_a_worker_that_dies_in_the_middle_doubles_nobody_and_a_stop_can_be_undone(
    desk: Desk, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = spreadsheet(ROWS)
    one = await desk.upload(sheet.content)
    await desk.order(one, "check", {"columns": one["guess"], "options": {"country": "AR"}})
    await desk.work(one)
    await desk.order(one, "run")

    async def dying(*_: object) -> None:
        raise asyncio.CancelledError  # as a kill: the chunk's transaction is lost

    with monkeypatch.context() as patched:
        patched.setattr(steps, "announce_written", dying)
        with pytest.raises(asyncio.CancelledError):
            await steps.step(api.db, ImportStep(int(desk.ceo.tenant_id), one["id"], 0))
    assert await desk.state() == []
    await desk.work(one, most=1)
    first = len(await desk.state())
    assert 0 < first < sheet.good
    assert {name for name, _ in await desk.events()} == {"LEADS_CHANGED", "IMPORT_UPDATED"}, "many are told at once"
    stopped = (await desk.order(one, "cancel")).json()
    assert (stopped["state"], stopped["written"]["create"]) == ("cancelled", first)
    await desk.work(one)
    assert len(await desk.state()) == first, "what comes late finds nothing to do"
    await desk.order(one, "undo")
    assert (await desk.work(one))["undone"] == {"restored": first}
    assert await desk.state() == []


RICH = """Nombre;Correo;Etiquetas;Cumpleaños;Plan;Cupo;Activo
Ana;ana@example.com;vip, Otoño;3/4/1990;Oro;1.200;sí
Luz;luz@example.com;Feria | otoño;;Plata;;no
Beto;beto@example.com;;mañana;Verde;doce;quizás
Eva;eva@example.com;Única;;;;
""".encode()


async def test_tags_and_own_fields_come_in_once_and_are_taken_back_exactly(desk: Desk) -> None:
    browser = desk.browser
    for key, label, type_, choices in (
        ("born", "Cumpleaños", "date", []),
        ("plan", "Plan", "choice", ["Oro", "Plata"]),
        ("seats", "Cupo", "number", []),
        ("active", "Activo", "yes_no", []),
    ):
        body = {"key": key, "label": label, "type": type_, "choices": choices}
        assert (await browser.post("/crm/fields", json=body)).status_code == 201
    vip = (await browser.post("/crm/tags", json={"name": "VIP", "color": "hot"})).json()
    own = {"full_name": "Ana", "email": "ana@example.com", "custom": {"plan": "Plata"}}
    ana = (await browser.post("/crm/leads", json=own)).json()
    await browser.put(f"/crm/leads/{ana['id']}/tags/{vip['id']}")
    before, tags = await desk.state(), (await browser.get("/crm/tags")).json()
    one = await desk.upload(RICH)
    assert one["guess"] == ["full_name", "email", "tags", "custom:born", "custom:plan", "custom:seats", "custom:active"]
    bad = await desk.order(one, "check", {"columns": ["full_name", *[None] * 5, "custom:nothing"]})
    assert bad.json()["code"] == "bad_plan"
    done = await desk.bring_in(RICH, existing="overwrite")
    assert (done["written"], done["new_tags"]) == ({"create": 2, "change": 1, "bad": 1}, ["Otoño", "Feria", "Única"])
    rows = (await browser.get(f"/crm/imports/{done['id']}/rows")).json()["items"]
    assert [(each["code"], each["field"]) for each in rows[0]["problems"]] == [
        ("bad_date", "custom:born"), ("bad_choice", "custom:plan"), ("bad_number", "custom:seats"),
        ("bad_yes_no", "custom:active"),
    ]  # fmt: skip
    listed = (await browser.get(f"/crm/imports/{done['id']}/rows.csv")).text
    assert "no es una fecha (Cumpleaños); no es una de las opciones (Plan)" in listed
    names = {tag["id"]: tag["name"] for tag in (await browser.get("/crm/tags")).json()["items"]}
    known = (await browser.get(f"/crm/leads/{ana['id']}")).json()
    assert known["custom"] == {"plan": "Oro", "born": "1990-04-03", "seats": 1200, "active": True}
    assert {names[tag] for tag in known["tag_ids"]} == {"VIP", "Otoño"}
    found = (await browser.get("/crm/leads", params={"q": "Feria"})).json()["items"]
    assert [lead["full_name"] for lead in found] == ["Luz"], "the search finds new tags"
    after = await desk.state()
    again = await desk.bring_in(RICH, existing="overwrite")
    assert (again["written"], await desk.state()) == ({"same": 3, "bad": 1}, after)
    eva = (await browser.get("/crm/leads", params={"q": "Eva"})).json()["items"][0]
    await browser.patch(f"/crm/leads/{eva['id']}", json={"need": "turnos"})
    told = await desk.bells()
    assert told == [
        (int(desk.ceo.user_id), {"import_id": done["id"], "created": 2, "changed": 1, "refused": 1}),
        (int(desk.ceo.user_id), {"import_id": again["id"], "created": 0, "changed": 0, "refused": 1}),
    ], "each import rings by itself"
    await desk.order(done, "undo")
    assert (await desk.work(done))["undone"] == {"restored": 2, "kept": 1}
    kept = (await browser.get(f"/crm/leads/{eva['id']}")).json()
    assert [names[tag] for tag in kept["tag_ids"]] == ["Única"], "who was worked on keeps what came"
    await browser.delete(f"/crm/leads/{eva['id']}/tags/{kept['tag_ids'][0]}")
    assert [lead for lead in await desk.state() if lead["id"] != eva["id"]] == before
    left = (await browser.get("/crm/tags")).json()["items"]
    assert [tag["name"] for tag in left] == ["VIP", "Única"], "tags that nobody carries go with the import"
    assert tags["items"][0]["leads"] == 1


@pytest.mark.proof
async def test_without_the_look_at_the_leads_the_same_file_would_come_in_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: what keeps rows with mail alone from coming twice is the match, and nothing else."""
    await desk.bring_in(OWN)

    async def blind(*_: object) -> list[object]:
        return []

    monkeypatch.setattr(repository, "known_leads", blind)
    with pytest.raises(steps.Overtaken):  # the numbers are unique by the table's own key
        await desk.bring_in(OWN)
    assert len(await desk.state()) == 3


async def test_nobody_elses_leads_are_matched_written_or_undone(desk: Desk, api: Api) -> None:
    stranger = await api.member(await make_tenant(api.db), "ceo")
    theirs = Desk(api, stranger, api.browser(await api.session(stranger)))
    await theirs.bring_in(OWN)
    before = await theirs.state()
    ours = await desk.bring_in(OWN, existing="overwrite")
    assert ours["written"] == {"create": 3}
    for verb in ("check", "run", "cancel", "undo"):
        body = {"columns": ["full_name"]} if verb == "check" else None
        assert (await theirs.order(ours, verb, body)).status_code == 404
    await desk.order(ours, "undo")
    await desk.work(ours)
    assert (await desk.state(), await theirs.state()) == ([], before)


async def test_clients_leave_as_the_list_shows_them_and_disarmed(desk: Desk) -> None:
    for name in ("=SUM(A1)", "Luz Paz"):
        made = await desk.browser.post("/crm/clients", json={"full_name": name, "company": "Turnera"})
        assert made.status_code == 201, made.text
    whole = (await desk.browser.get("/crm/clients/export.csv")).text
    assert whole.startswith("\ufeffNombre,Teléfono,Correo electrónico,Empresa,Dueño,Notas,Lead,Creado")
    assert "'=SUM(A1)" in whole
    assert len(whole.splitlines()) == 3
    some = (await desk.browser.get("/crm/clients/export.csv", params={"q": "luz", "language": "en"})).text.splitlines()
    assert (len(some), some[1].partition(",")[0]) == (2, "Luz Paz")
