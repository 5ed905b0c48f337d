"""Every route, as everybody, with everybody's ids: nobody sees another company, and the refusals tell nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from core.statements import sibling_statements
from orchestrator_service.leads.repository import SQL as LEADS
from tests.isolation.asking import Asked, ask_all, judge, leaks
from tests.isolation.companies import Companies, make_companies
from tests.isolation.matrix import MATRIX
from tests.isolation.rows import ACTORS, Actor, Row, role_of
from tests.isolation.walls import take_filters_down, take_row_security_down, without_filter
from tests.support import servers
from tests.support.api import Api
from tests.support.live_routes import live_routes

SQL = sibling_statements(__file__)
LISTS = {
    "/crm/leads", "/crm/clients", "/crm/patients", "/crm/views", "/chat/conversations", "/chat/search",
    "/chat/canned-replies", "/agenda/events",
}  # fmt: skip
REPORT = Path(__file__).parents[2] / ".artefacts" / "isolation.json"
READS = tuple(row for row in MATRIX if row.method == "GET")
KNOWN_TO_LEAK = {
    "/crm/leads", "/crm/leads/{lead_id}", "/crm/clients/{client_id}", "/chat/conversations",
    "/chat/conversations/{conversation_id}/messages", "/agenda/events", "/admin/core/users",
}  # fmt: skip
# With one wall down: whoever may most reads everything; by hand, everybody does everything.
WALKS = (
    pytest.param(READS, ("ceo",), id="reads"),
    pytest.param(MATRIX, ACTORS, id="all", marks=[pytest.mark.slow, pytest.mark.timeout(600)]),
)


@dataclass(frozen=True)
class Access:
    """What the audit log says of one request."""

    request_id: str
    action: str
    user_id: int
    status: int


def test_every_route_has_its_row_and_every_row_its_route(api: Api) -> None:
    assert {route.key for route in live_routes(api.app)} == {row.key for row in MATRIX}


def test_a_row_names_the_permission_that_its_route_asks_for(api: Api) -> None:
    asked = {route.key: route.permissions for route in live_routes(api.app)}
    wrong = [str(row) for row in MATRIX if asked[row.key] != frozenset({row.permission} if row.permission else ())]
    assert wrong == []


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "actors", [("setter",), pytest.param(ACTORS, marks=pytest.mark.proof)], ids=["who sees least", "everybody"]
)
async def test_nobody_sees_another_company_or_beyond_their_scope(
    api: Api, actors: tuple[Actor, ...], tmp_path: Path
) -> None:
    companies = await make_companies(api)
    asked = await ask_all(companies, MATRIX, actors)
    assert judge(asked) == []
    assert own_records_missing(asked) == []
    assert await unaudited(companies, asked) == []
    report = write_report(asked, REPORT if actors == ACTORS else tmp_path / REPORT.name)
    cells = {(line["method"], line["path"], line["case"], line["actor"], line["state"]) for line in report}
    assert cells == {
        (row.method, row.path, row.case, actor, state) for row in MATRIX for actor in actors for state in row.states
    }
    print(f"{len(report)} cells, {len({row.key for row in MATRIX})} routes, 0 leaks")  # noqa: T201 - the report


@pytest.mark.parametrize(("rows", "actors"), WALKS)
async def test_without_the_sql_filter_row_level_security_leaks_nothing(
    api: Api, monkeypatch: pytest.MonkeyPatch, rows: tuple[Row, ...], actors: tuple[Actor, ...]
) -> None:
    companies = await make_companies(api)
    take_filters_down(monkeypatch)
    assert judge(await ask_all(companies, rows, actors)) == []


@pytest.mark.parametrize(("rows", "actors"), WALKS)
async def test_without_row_level_security_the_sql_filter_leaks_nothing(
    api: Api, database: servers.Database, rows: tuple[Row, ...], actors: tuple[Actor, ...]
) -> None:
    companies = await make_companies(api)
    assert await take_row_security_down(database.owner_url) > 20
    assert judge(await ask_all(companies, rows, actors)) == []


async def test_with_both_walls_down_the_checker_finds_the_leaks(
    api: Api, database: servers.Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    companies = await make_companies(api)
    await take_row_security_down(database.owner_url)
    take_filters_down(monkeypatch)
    rows = [row for row in READS if row.path in KNOWN_TO_LEAK]
    found = leaks(await ask_all(companies, rows, actors=("ceo",)))
    assert {row.path for row in rows if any(str(row) in leak for leak in found)} == KNOWN_TO_LEAK


def test_the_filters_are_really_gone_when_they_are_taken_down() -> None:
    assert "tenant_id = $1" in LEADS["list_leads"].sql
    assert "tenant_id = $1" not in without_filter(LEADS["list_leads"]).sql


def test_the_judge_sees_a_wrong_status_a_leak_and_a_difference(api: Api) -> None:
    del api
    row = next(row for row in MATRIX if row.key == ("GET", "/crm/leads/{lead_id}"))
    fine = [Asked(row, "closer", state, 404, (), b"{}") for state in ("foreign", "missing", "colleague")]
    assert judge(fine) == []
    assert len(judge([replace(fine[0], status=403)])) == 1
    assert len(judge([replace(fine[0], body=b'{"name":"Foreign-lead"}')])) == 1
    assert len(judge([replace(fine[2], body=b"COLLEAGUE-lead")])) == 1
    assert len(judge([fine[1], replace(fine[0], body=b"{ }")])) == 1
    assert len(judge([fine[1], replace(fine[0], headers=(("x-tenant", "2"),))])) == 1


def own_records_missing(asked: list[Asked]) -> list[str]:
    """Lists that are empty would leak nothing either."""
    return [
        str(cell)
        for cell in asked
        if cell.state == "plain"
        and cell.status == 200
        and cell.row.method == "GET"
        and cell.row.path in LISTS
        and f"own-{cell.actor}" not in cell.text
    ]


async def unaudited(companies: Companies, asked: list[Asked]) -> list[str]:
    """Requests of somebody logged in to a marked route that left no line, or one that says something else."""
    marks = {route.key: route.mark for route in live_routes(companies.api.app)}
    async with companies.api.db.tenant(companies.tenant) as tx:
        lines = await tx.all(SQL["accesses"], Access)
    written = {line.request_id: line for line in lines}
    assert len(written) == len(lines), "one line a request"
    wrong: list[str] = []
    for cell in asked:
        mark = marks[cell.row.key]
        if mark is None or role_of(cell.actor) is None:
            continue
        line = written.get(cell.request_id)
        member = companies.members[cell.actor]
        if line is None or (line.action, line.user_id, line.status) != (mark.action, member.user_id, cell.status):
            wrong.append(f"{cell}: {line}")
    return wrong


def write_report(asked: list[Asked], place: Path) -> list[dict[str, str | int]]:
    """One line per cell; written, and read back as whoever audits it would."""
    place.parent.mkdir(exist_ok=True)
    lines = [
        {
            "method": cell.row.method,
            "path": cell.row.path,
            "case": cell.row.case,
            "actor": cell.actor,
            "state": cell.state,
            "status": cell.status,
        }
        for cell in asked
    ]
    place.write_text(json.dumps(lines, indent=1), encoding="utf-8")
    read: list[dict[str, str | int]] = json.loads(place.read_text(encoding="utf-8"))
    return read
