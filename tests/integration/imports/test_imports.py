"""A spreadsheet comes in, comes in again, and goes: what is told of each row, and what is left behind (ADR 0032)."""

from __future__ import annotations

import pytest

from tests.integration.imports.desk import Desk, reasons, told
from tests.support.spreadsheets import spreadsheet

ROWS = 1100  # three chunks
COLUMNS = ["full_name", "phone", "email", "company", "stage", "value", "source", "need"]


async def test_a_spreadsheet_comes_in_once_however_often_and_goes_without_a_trace(desk: Desk) -> None:
    sheet = spreadsheet(ROWS)
    before = await desk.state()
    one = await desk.upload(sheet.content)
    assert (one["guess"], one["row_count"], one["chunk_count"]) == (COLUMNS, ROWS, 3)
    assert (await desk.order(one, "run")).json()["code"] == "import_state"
    body = {"columns": one["guess"], "options": {"country": "AR"}}
    await desk.order(one, "check", body)
    assert (await desk.order(await desk.upload(b"name,phone\nAna,1150001111"), "check", {"columns": ["full_name", "phone"]})).json()["code"] == "import_busy"
    checked = await desk.work(one)
    assert (checked["state"], checked["checked"]) == ("checked", told(sheet))
    assert await desk.state() == before, "a dry run writes nothing"
    assert await reasons(desk, one) == sheet.reasons
    csv = (await desk.browser.get(f"/crm/imports/{one['id']}/rows.csv")).text
    assert "el teléfono no es válido" in csv
    await desk.order(one, "run")
    done = await desk.work(one)
    assert (done["state"], done["written"]) == ("done", told(sheet))
    assert len(await desk.state()) == sheet.good
    again = await desk.bring_in(sheet.content)
    assert again["written"] == {**told(sheet), "create": 0, "skip": sheet.good} | {} or again["written"].get("create", 0) == 0
    assert len(await desk.state()) == sheet.good, "the same file again makes nobody twice"
    assert (await desk.order(one, "undo")).status_code == 202
    undone = await desk.work(one)
    assert (undone["state"], undone["undone"]) == ("undone", {"restored": sheet.good})
    assert await desk.state() == before
    assert (await desk.order(one, "undo")).json()["code"] == "import_state", "once"
