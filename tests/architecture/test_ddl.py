"""DDL stands in the foundation and in PATCHES alone (PRODUCT §2.1): no statement file and no script issues any.

What stands in string literals of the packages is judged by `test_tenant_sql.py`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pglast import parse_sql

from core.statements import load_statements
from tests.architecture.foundation import PACKAGES, ROOT
from tests.architecture.sources import relative
from tests.architecture.tenant_sql import QUERY_TYPES

FOUNDATION = "db/init/"
SCRIPTS = ("bin", "tools", "web/src", ".ci")
# The exact words, in whatever case: prose about tables does not put them so.
COMMAND = re.compile(
    r"\b(create\s+(unlogged\s+|temp\s+)?table\s+(if\s+not\s+exists\s+)?[\w.\"]+\s*(\(|as\b)"
    r"|create\s+(unique\s+)?index\s+[\w ]*\bon\s+[\w.\"]+\s*\("
    r"|alter\s+table\s+[\w.\"]+\s+(add|drop|alter|enable|force)\b"
    r"|drop\s+table\s+(if\s+exists\s+)?[\w.\"]+\s*(;|cascade|['\"]))",
    re.IGNORECASE,
)
ALLOWED = {
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
}


def ddl_in_statements(root: Path) -> list[str]:
    """Statements that are no query, cross-tenant ones included."""
    return [
        f"{relative(path, root)}:{statement.name}"
        for package in PACKAGES
        for path in sorted((root / package).rglob("*.sql"))
        if not relative(path, root).startswith(FOUNDATION)
        for statement in load_statements(path).values()
        if not all(isinstance(parsed.stmt, QUERY_TYPES) for parsed in parse_sql(statement.sql))
    ]


def ddl_in_programs(root: Path) -> list[str]:
    """Programs and scripts whose text holds a DDL command."""
    return sorted(
        relative(path, root)
        for folder in (*PACKAGES, *SCRIPTS)
        for path in (root / folder).rglob("*")
        if path.is_file() and path.suffix in {".py", ".ts", ".tsx", ".sh", ""} and relative(path, root) not in ALLOWED
        if COMMAND.search(path.read_text(encoding="utf-8", errors="ignore"))
    )


def test_no_statement_is_ddl() -> None:
    assert ddl_in_statements(ROOT) == []


def test_no_program_issues_ddl() -> None:
    assert ddl_in_programs(ROOT) == []
    assert COMMAND.search((ROOT / "orchestrator_service/db.py").read_text()), "the control: there it stands"


def test_ddl_behind_the_cross_tenant_mark_is_found(tmp_path: Path) -> None:
    place = tmp_path / "orchestrator_service" / "leads" / "queries.sql"
    place.parent.mkdir(parents=True)
    place.write_text("-- name: it\n-- It.\n-- cross-tenant: said so\nALTER TABLE leads ADD COLUMN x int;\n")
    assert ddl_in_statements(tmp_path) == ["orchestrator_service/leads/queries.sql:it"]


@pytest.mark.parametrize(
    "text",
    [
        'Q = "create table x (id int)"',
        'Q = "CREATE TEMP TABLE x AS"',
        "alter table leads\n  add column x int",
        'Q = "create unique index on leads (x)"',
        "drop table if exists leads;",
    ],
)
def test_ddl_in_whatever_case_is_found(tmp_path: Path, text: str) -> None:
    place = tmp_path / "core" / "hidden.py"
    place.parent.mkdir()
    place.write_text(text)
    assert ddl_in_programs(tmp_path) == ["core/hidden.py"]
