"""What `db/init/*.sql` says about the tables: their columns, and which of them hold tenants' rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pglast import ast, parse_sql
from pglast.enums.parsenodes import AlterTableType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("core", "orchestrator_service", "whatsapp_service", "nexus")

# Tables that hold a tenant_id, or belong to the installation, and are read before or beside any tenant.
EXEMPT_TABLES = {
    "directory": "finds the tenant of a key's hash before the tenant is known; no personal data",
    "schema_patches": "the installation's record of applied patches",
    "outbox_signals": "wake-up queue of the relay for all tenants; ids only",
    "webhook_queues": "work list of the webhook senders for all tenants; ids and times only",
    "system_events_waiting": "work list of the audit chainer for all tenants; ids only",
}
EXEMPT_SCHEMAS = {
    "jobs": "the job library's own schema; payloads carry ids only",
    "pg_catalog": "the server's catalog",
    "information_schema": "the server's catalog",
}


@dataclass(frozen=True, slots=True)
class Schema:
    """The columns of each table, in order."""

    tables: Mapping[str, tuple[str, ...]]

    def tenant_key(self, table: str) -> str | None:
        """The column that says whose row it is; None for a table without one."""
        if table == "tenants":
            return "id"
        return "tenant_id" if "tenant_id" in self.tables[table] else None

    def is_tenant_table(self, table: str) -> bool:
        """Whether every reference to the table must be tied to the tenant."""
        return table not in EXEMPT_TABLES and self.tenant_key(table) is not None


def read_schema(sources: Iterable[str]) -> Schema:
    """The tables that these SQL texts create; partitions, LIKE and later ADD COLUMN included."""
    tables: dict[str, tuple[str, ...]] = {}
    for source in sources:
        for raw in parse_sql(source):
            statement = raw.stmt
            if isinstance(statement, ast.CreateStmt) and statement.relation and statement.relation.relname:
                tables[statement.relation.relname] = tuple(_columns(statement, tables))
            elif isinstance(statement, ast.AlterTableStmt) and statement.relation and statement.relation.relname:
                name = statement.relation.relname
                added = [
                    command.def_.colname
                    for command in statement.cmds or ()
                    if command.subtype == AlterTableType.AT_AddColumn
                ]
                tables[name] = (*tables.get(name, ()), *added)
    return Schema(tables)


def repository_schema() -> Schema:
    """The foundation of this repository."""
    return read_schema(path.read_text(encoding="utf-8") for path in sorted((ROOT / "db" / "init").glob("*.sql")))


def _columns(statement: ast.CreateStmt, tables: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    for parent in statement.inhRelations or ():
        yield from tables.get(parent.relname, ())
    for element in statement.tableElts or ():
        if isinstance(element, ast.ColumnDef) and element.colname:
            yield element.colname
        elif isinstance(element, ast.TableLikeClause) and element.relation and element.relation.relname:
            yield from tables.get(element.relation.relname, ())
