"""The audit trail: `log_security_event` writes a line of `system_events`, always with its tenant (seed §8)."""

from __future__ import annotations

from typing import Literal, TypeAlias

from core.database import Database, TenantTransaction
from core.database_errors import FunctionMissing
from core.json_types import JsonObject
from core.request_id import current_request_id
from core.statements import sibling_statements

SQL = sibling_statements(__file__)

Severity: TypeAlias = Literal["info", "warning", "error", "critical"]
NO_TENANT = 0


async def record_event(
    tx: TenantTransaction,
    action: str,
    *,
    severity: Severity = "info",
    user_id: int | None = None,
    subject: str | None = None,
    address: str | None = None,
    detail: JsonObject | None = None,
) -> None:
    """Write one event on the caller's transaction: it stands or falls with the change it tells of."""
    await tx.run(
        SQL["record_system_event"],
        action=action,
        severity=severity,
        user_id=user_id,
        subject=subject,
        request_id=current_request_id(),
        address=address,
        detail=detail or {},
    )


async def log_security_event(
    database: Database,
    action: str,
    *,
    tenant_id: int,
    severity: Severity = "warning",
    user_id: int | None = None,
    subject: str | None = None,
    address: str | None = None,
    detail: JsonObject | None = None,
) -> None:
    """Write one event by one statement, a transaction of its own: it stays even where the request is rolled back.

    An event that belongs to no tenant passes `NO_TENANT`.
    """
    try:
        async with database.entering(tenant_id) as tx:
            await tx.run(
                SQL["write_event"],
                action=action,
                severity=severity,
                user_id=user_id,
                subject=subject,
                request_id=current_request_id(),
                address=address,
                detail=detail or {},
            )
    except FunctionMissing:  # the schema is being evolved under a running process
        async with database.tenant(tenant_id) as tx:
            await record_event(
                tx, action, severity=severity, user_id=user_id, subject=subject, address=address, detail=detail
            )
