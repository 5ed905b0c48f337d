"""Every statement of every `queries.sql` is tied to the tenant, and raw SQL stands only where it may."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from core.statements import load_statements
from tests.architecture.cross_tenant import CROSS_TENANT
from tests.architecture.foundation import (
    EXEMPT_SCHEMAS,
    EXEMPT_TABLES,
    PACKAGES,
    ROOT,
    Schema,
    read_schema,
    repository_schema,
)
from tests.architecture.tenant_sql import violations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

# Where SQL may stand outside the slices' *.sql and db/init, and whether it may be DDL.
SQL_MODULES = {
    "orchestrator_service/db.py": "patches, and the one writer of chat_messages",
    "orchestrator_service/later_patches.py": "the later patches, entered in db.py",
    "orchestrator_service/alert_patches.py": "patches from 69 on, entered in db.py",
    "orchestrator_service/agenda_patches.py": "patches 74 and 75, entered in db.py",
    "orchestrator_service/room_patches.py": "patches from 112 on, entered in db.py",
    "orchestrator_service/report_patches.py": "patches from 135 on, entered in db.py",
    "orchestrator_service/record_patches.py": "patches 113 to 117, entered in calendar_patches.py",
    "orchestrator_service/knowledge_patches.py": "patches 98 to 100, entered in db.py",
    "orchestrator_service/gate_patches.py": "patches from 104 on, entered in db.py",
    "orchestrator_service/calendar_patches.py": "patches 82 to 87, entered in db.py",
    "orchestrator_service/model_patches.py": "patches 90 and 91, entered in calendar_patches.py",
    "orchestrator_service/evaluation_patches.py": "patches 107 and 108, entered in db.py",
    "orchestrator_service/hook_patches.py": "patches 147 to 150, entered in calendar_patches.py",
    "orchestrator_service/privacy_patches.py": "patches 153 and 154, entered in calendar_patches.py",
    "orchestrator_service/figure_patches.py": "patches 158 to 160, entered in calendar_patches.py",
    "orchestrator_service/spread_patches.py": "patches 161 to 163, entered in calendar_patches.py",
    "orchestrator_service/key_patches.py": "patches 140 and 141, entered in calendar_patches.py",
    "orchestrator_service/script_patches.py": "patches 94 to 96, entered in db.py",
    "orchestrator_service/accounting_patches.py": "patches 130 to 133, entered in calendar_patches.py",
    "orchestrator_service/exchange_patches.py": "patches 120 and 121, entered in calendar_patches.py",
    "orchestrator_service/people_patches.py": "patches 125 and 127 to 129, entered in calendar_patches.py",
    "orchestrator_service/merge_patches.py": "patch 126, entered in calendar_patches.py",
    "orchestrator_service/scale_patches.py": "patches 168 to 170, entered in calendar_patches.py",
    "orchestrator_service/load_patches.py": "patches 174 and 175, entered in calendar_patches.py",
    "orchestrator_service/hand_patches.py": "patches 179 and 180, entered in calendar_patches.py",
    "orchestrator_service/request_patches.py": "patch 171, entered in calendar_patches.py",
    "orchestrator_service/idempotency_patches.py": "patch 143, entered in calendar_patches.py",
    "orchestrator_service/evolution.py": "the pipeline's lock and record, and the job library's pinned schema",
    "core/database.py": "transactions and the tenant setting",
    "core/jobs.py": "a job on the caller's transaction",
    "core/job_worker.py": "the job library's upkeep",
}
SQL_FOLDERS = {"nexus/servers/": "the launcher creates databases, roles and extensions"}
DDL_MODULES = {
    "orchestrator_service/db.py",
    "orchestrator_service/later_patches.py",
    "orchestrator_service/alert_patches.py",
    "orchestrator_service/agenda_patches.py",
    "orchestrator_service/room_patches.py",
    "orchestrator_service/report_patches.py",
    "orchestrator_service/record_patches.py",
    "orchestrator_service/knowledge_patches.py",
    "orchestrator_service/gate_patches.py",
    "orchestrator_service/calendar_patches.py",
    "orchestrator_service/model_patches.py",
    "orchestrator_service/evaluation_patches.py",
    "orchestrator_service/hook_patches.py",
    "orchestrator_service/script_patches.py",
    "orchestrator_service/accounting_patches.py",
    "orchestrator_service/exchange_patches.py",
    "orchestrator_service/people_patches.py",
    "orchestrator_service/merge_patches.py",
    "orchestrator_service/idempotency_patches.py",
    "orchestrator_service/scale_patches.py",
    "orchestrator_service/load_patches.py",
    "orchestrator_service/hand_patches.py",
    "orchestrator_service/request_patches.py",
    "orchestrator_service/privacy_patches.py",
    "orchestrator_service/figure_patches.py",
    "orchestrator_service/spread_patches.py",
    "orchestrator_service/key_patches.py",
    "orchestrator_service/evolution.py",
}
BOOTSTRAP = re.compile(r"\s*(CREATE|ALTER|DROP)\s+(DATABASE|ROLE|EXTENSION)\b", re.IGNORECASE)

DML = re.compile(
    r"\A\s*(WITH\s+(RECURSIVE\s+)?\w+(\s*\([^)]*\))?\s+AS\s+(NOT\s+)?(MATERIALIZED\s+)?\("
    r"|SELECT\s[\s\S]*\sFROM\s|SELECT\s+[\w.]+\s*\(|INSERT\s+INTO\s|UPDATE\s+[\w.\"]+(\s+AS\s+\w+)?\s+SET\s|DELETE\s+FROM\s"
    r"|MERGE\s+INTO\s|TRUNCATE\s|COPY\s+[\w.\"]+.*\s(FROM|TO)\s|LOCK\s+TABLE\s)",
)
DDL = re.compile(
    r"\b((CREATE(\s+OR\s+REPLACE)?(\s+UNIQUE)?|ALTER|DROP)\s+"
    r"(TABLE|INDEX|VIEW|MATERIALIZED\s+VIEW|FUNCTION|PROCEDURE|TRIGGER|TYPE|DOMAIN|SCHEMA|SEQUENCE|POLICY|DATABASE|ROLE"
    r"|EXTENSION|USER)|COMMENT\s+ON|GRANT\s+[\w, ]+\s+ON|REVOKE\s+[\w, ]+\s+ON)\b",
)


def statement_files(root: Path) -> list[Path]:
    return sorted(path for package in PACKAGES for path in (root / package).rglob("*.sql"))


def check_files(root: Path, schema: Schema, allowed: Mapping[str, str]) -> list[str]:
    """What is wrong in the tree's statements, and the allowed exceptions that no statement uses."""
    found: list[str] = []
    unused = dict(allowed)
    for path in statement_files(root):
        for statement in load_statements(path).values():
            key = f"{path.relative_to(root).as_posix()}:{statement.name}"
            if statement.cross_tenant_reason is None:
                wrong = violations(statement.sql, schema, tenant_bound=statement.wants_tenant)
                found += [f"{key}: {violation}" for violation in wrong]
            elif unused.pop(key, None) != statement.cross_tenant_reason:
                found.append(f"{key}: is cross-tenant without standing, with its reason, in the closed list")
    return found + [f"{key}: is in the closed list but is no cross-tenant statement" for key in unused]


def stray_sql(root: Path) -> list[str]:
    """SQL in string literals of modules that may not hold it, as `file:line: text`."""
    found: list[str] = []
    for path in (path for package in PACKAGES for path in sorted((root / package).rglob("*.py"))):
        place = path.relative_to(root).as_posix()
        may_sql = place in SQL_MODULES or place.startswith(tuple(SQL_FOLDERS))
        for line, text in string_literals(path):
            is_ddl = DDL.search(text) is not None
            may_ddl = place in DDL_MODULES or (place.startswith(tuple(SQL_FOLDERS)) and BOOTSTRAP.match(text))
            if (is_ddl and not may_ddl) or (DML.search(text) and not may_sql):
                found.append(f"{place}:{line}: {' '.join(text.split())[:60]}")
    return found


def string_literals(path: Path) -> Iterator[tuple[int, str]]:
    """The string constants of a module with their lines, docstrings aside; an f-string's holes read as `x`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
        if isinstance(node, ast.JoinedStr):
            skipped.update(id(part) for part in node.values)
            parts = [str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values]
            yield node.lineno, "".join(parts)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.lineno, node.value


def write(root: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def names(lines: Iterable[str]) -> list[str]:
    return [line.rpartition(": ")[0] for line in lines]


def test_every_statement_of_the_repository_is_tied_to_the_tenant() -> None:
    assert check_files(ROOT, repository_schema(), CROSS_TENANT) == []


def test_no_module_holds_sql_that_belongs_into_queries_sql() -> None:
    assert stray_sql(ROOT) == []


@pytest.mark.parametrize("table", ["tenants", "leads", "chat_messages", "system_events", "webhook_inbox"])
def test_the_foundation_declares_the_core_tables_as_tenant_tables(table: str) -> None:
    assert repository_schema().is_tenant_table(table)


def test_every_table_of_the_foundation_is_a_tenant_table_or_exempt_with_a_reason() -> None:
    schema = repository_schema()
    assert [name for name in schema.tables if not schema.is_tenant_table(name) and name not in EXEMPT_TABLES] == []
    assert all({**EXEMPT_TABLES, **EXEMPT_SCHEMAS}.values())


SCHEMA = read_schema(["CREATE TABLE leads (tenant_id int, id int); CREATE TABLE clients (tenant_id int, id int)"])
HEADER = "-- name: it\n-- What it does.\n"
LEAK = f"{HEADER}SELECT 1 FROM leads l JOIN clients c ON c.id = l.id WHERE l.tenant_id = :tenant_id"
ALL = "-- name: all\n-- All.\n-- cross-tenant: the fan-out\nSELECT tenant_id FROM leads"


def test_a_leaking_statement_is_found_in_each_package(tmp_path: Path) -> None:
    write(tmp_path, {f"{package}/deep/slice/queries.sql": LEAK for package in PACKAGES})
    found = check_files(tmp_path, SCHEMA, {})
    assert names(found) == [f"{package}/deep/slice/queries.sql:it" for package in sorted(PACKAGES)]
    assert all(line.endswith("clients AS c is not tied to the tenant") for line in found)


def test_a_tied_statement_with_reordered_parameters_passes(tmp_path: Path) -> None:
    sql = f"{HEADER}SELECT 1 FROM leads WHERE id = :id AND tenant_id = :tenant_id"
    assert check_files(write(tmp_path, {"core/queries.sql": sql}), SCHEMA, {}) == []


def test_a_cross_tenant_statement_must_stand_in_the_closed_list_with_its_reason(tmp_path: Path) -> None:
    write(tmp_path, {"core/queries.sql": ALL})
    assert check_files(tmp_path, SCHEMA, {"core/queries.sql:all": "the fan-out"}) == []
    assert names(check_files(tmp_path, SCHEMA, {"core/queries.sql:all": "another reason"})) == ["core/queries.sql:all"]
    assert names(check_files(tmp_path, SCHEMA, {})) == ["core/queries.sql:all"]


def test_the_closed_list_holds_nothing_that_is_gone(tmp_path: Path) -> None:
    assert names(check_files(tmp_path, SCHEMA, {"core/queries.sql:gone": "x"})) == ["core/queries.sql:gone"]


@pytest.mark.parametrize(
    "code",
    [
        'Q = "SELECT id FROM leads WHERE tenant_id = $1"',
        'Q = "INSERT INTO leads (id) VALUES (1)"',
        'Q = "\\n  UPDATE leads SET id = 1"',
        'Q = f"DELETE FROM {table}"',
        'Q = "WITH a AS (SELECT 1) SELECT 2"',
        'Q = "SELECT pg_notify($1, $2)"',
        'Q = "CREATE TABLE leads (id int)"',
        'Q = "DO $$ BEGIN ALTER TABLE leads ADD COLUMN x int; END $$"',
        'Q = "CREATE ROLE nexus_app"',
    ],
)
def test_sql_in_an_ordinary_module_is_found(tmp_path: Path, code: str) -> None:
    write(tmp_path, {"orchestrator_service/leads/repository.py": code})
    assert names(stray_sql(tmp_path)) == ["orchestrator_service/leads/repository.py:1"]


@pytest.mark.parametrize(
    ("place", "code", "allowed"),
    [
        ("orchestrator_service/db.py", 'Q = "CREATE TABLE x (id int)"', True),
        ("orchestrator_service/db.py", 'Q = "INSERT INTO chat_messages (id) VALUES (1)"', True),
        ("core/database.py", 'Q = "SELECT set_config($1, $2, true)"', True),
        ("core/database.py", 'Q = "ALTER TABLE leads ADD COLUMN x int"', False),
        ("nexus/servers/postgres.py", 'Q = "CREATE EXTENSION IF NOT EXISTS vector"', True),
        ("nexus/servers/postgres.py", 'Q = "CREATE TABLE x (id int)"', False),
        ("core/prose.py", 'Q = "Select a seller from the list"', True),
        ("core/prose.py", '"""SELECT id FROM leads is not said here."""', True),
        ("core/prose.py", 'Q = "update your profile, then set it"', True),
    ],
)
def test_sql_is_judged_by_its_place(tmp_path: Path, place: str, code: str, allowed: bool) -> None:
    write(tmp_path, {place: code})
    assert (stray_sql(tmp_path) == []) is allowed
