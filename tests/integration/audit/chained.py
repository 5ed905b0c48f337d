"""A company with a chained log, and somebody with every right in the database."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from core.database import Database, DriverConnection, standalone_connection
from core.json_types import JsonObject
from core.keyring import NamedKey
from core.principal import TenantId
from core.system_events import record_event
from orchestrator_service.audit.checkpoints import Checkpoint
from orchestrator_service.audit.digests import AuditKeys
from orchestrator_service.audit.findings import TenantReport
from orchestrator_service.audit.linking import link_waiting
from orchestrator_service.audit.verify import verify_chain
from tests.support.factories import make_tenant

KEYS = AuditKeys((NamedKey("a1", b"a" * 32),))


@dataclass(frozen=True)
class Trail:
    """A tenant's log. `intruder` is a superuser of the database."""

    db: Database
    tenant: TenantId
    superuser_url: str

    @asynccontextmanager
    async def intruder(self) -> AsyncGenerator[DriverConnection]:
        connection = await standalone_connection(self.superuser_url)
        try:
            yield connection
        finally:
            await connection.close(timeout=5)

    async def attack(self, *statements: str) -> None:
        """Run as the superuser; `{t}` is the tenant."""
        async with self.intruder() as connection:
            for statement in statements:
                await connection.execute(statement.replace("{t}", str(self.tenant)))

    async def write(self, count: int, *, first: int = 1) -> None:
        async with self.db.tenant(self.tenant) as tx:
            for number in range(first, first + count):
                detail: JsonObject = {"status": 200, "n": number}
                subject, address = f"lead:{number}", f"198.51.100.{number % 250}"
                await record_event(tx, "leads.read", user_id=7, subject=subject, address=address, detail=detail)

    async def chain(self, keys: AuditKeys = KEYS) -> None:
        while (linked := await link_waiting(self.db, keys, self.tenant)) is not None:
            if not linked.more:
                return

    async def verify(
        self, keys: AuditKeys = KEYS, checkpoint: Checkpoint | None = None, advance: Callable[[int], None] | None = None
    ) -> TenantReport:
        return await verify_chain(self.db, keys, self.tenant, checkpoint, advance or (lambda _: None))

    async def found(self, keys: AuditKeys = KEYS, checkpoint: Checkpoint | None = None) -> list[tuple[str, int | None]]:
        """Each finding's kind and its place in the chain."""
        report = await self.verify(keys, checkpoint)
        return [(finding.kind, finding.seq) for finding in report.findings]

    async def event_at(self, seq: int) -> int:
        async with self.intruder() as connection:
            (row,) = await connection.fetch(
                "SELECT event_id FROM system_event_links WHERE tenant_id = $1 AND seq = $2", self.tenant, seq
            )
        return row["event_id"]


async def make_trail(db: Database, superuser_url: str, events: int = 10) -> Trail:
    """A company whose log holds `events` reads besides its own creation, all chained: places 2 to events + 1."""
    trail = Trail(db, await make_tenant(db), superuser_url)
    await trail.write(events)
    await trail.chain()
    return trail
