"""The resilience protocol (seed §5, PRODUCT §2.5): a module's missing table degrades, every other error propagates."""

import pytest

from core import resilience
from core.database import Database, TenantTransaction
from core.database_errors import ConstraintViolated
from core.resilience import optional
from core.statements import sibling_statements
from nexus.servers.bootstrap import connected
from orchestrator_service.sellers.calendar import active_sellers
from tests.support import servers as support
from tests.support.factories import make_seller, make_tenant

SQL = sibling_statements(__file__)


async def drop(database: support.Database, what: str) -> None:
    """A migration that is half done, as the owner."""
    async with connected(database.owner_url) as owner:
        await owner.execute(what)


async def told(tx: TenantTransaction) -> int | None:
    return await tx.value(SQL["missing_modules"], int)


async def test_a_missing_module_table_gives_the_empty_value_and_is_told_once(
    db: Database, database: support.Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resilience, "_told", set[str]())  # other tests of this process have told of it
    tenant_id = await make_tenant(db)
    await make_seller(db, tenant_id)
    async with db.tenant(tenant_id) as tx:
        assert len(await active_sellers(tx)) == 1
    await drop(database, "DROP TABLE sellers CASCADE")
    for _ in range(3):
        async with db.tenant(tenant_id) as tx:
            assert await active_sellers(tx) == ()
            assert await tx.value(SQL["tenant_name"], str) == "Acme", "the transaction goes on"
    async with db.tenant(tenant_id) as tx:
        assert await told(tx) == 1


async def test_a_missing_column_degrades_too(db: Database, database: support.Database) -> None:
    tenant_id = await make_tenant(db)
    await drop(database, "ALTER TABLE leads DROP COLUMN need CASCADE")
    async with db.tenant(tenant_id) as tx:

        async def query() -> list[Named]:
            return await tx.all(SQL["needs"], Named)

        assert await optional(tx, query, missing=[]) == []


async def test_any_other_error_propagates(db: Database) -> None:
    tenant_id = await make_tenant(db)
    async with db.tenant(tenant_id) as tx:

        async def query() -> int:
            return await tx.run(SQL["duplicate_stage"])

        with pytest.raises(ConstraintViolated):
            await optional(tx, query, missing=0)
        assert await told(tx) == 0


class Named:
    """A row that no test gets to see."""

    def __init__(self, need: str | None) -> None:
        self.need = need
