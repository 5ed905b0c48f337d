"""One statement that enters its tenant by itself (ADR 0044): for itself alone, and never beside another tenant's."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import asyncpg
import pytest

from core.database import Database, open_database
from core.statements import sibling_statements
from core.system_events import log_security_event
from orchestrator_service.auth import repository
from orchestrator_service.auth.tokens import SessionClaims
from tests.support import servers
from tests.support.factories import make_tenant, make_user

SQL = sibling_statements(__file__)
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Stage:
    key: str


@pytest.fixture
async def single(database: servers.Database) -> AsyncGenerator[Database]:
    """A door with one connection, so that each statement meets what the last one left."""
    opened = await open_database(database.app_url, application="tests", most_connections=1)
    yield opened
    await opened.close()


async def a_session(db: Database) -> SessionClaims:
    tenant_id = await make_tenant(db)
    user_id = await make_user(db, tenant_id)
    session_id = uuid4()
    async with db.tenant(tenant_id) as tx:
        expires = NOW + timedelta(hours=1)
        await repository.create_session(
            tx, session_id, user_id, now=NOW, expires_at=expires, address=None, user_agent=None
        )
        return SessionClaims(tx.tenant_id, user_id, session_id)


async def live(db: Database, claims: SessionClaims, tenant_id: int) -> bool:
    async with db.entering(tenant_id) as tx:
        return await repository.live_session(tx, claims, NOW) is not None


async def test_it_enters_for_itself_alone(single: Database) -> None:
    claims = await a_session(single)
    assert await live(single, claims, claims.tenant_id)
    await log_security_event(single, "test.written", tenant_id=claims.tenant_id)
    async with single.entering(claims.tenant_id) as tx:
        assert await tx.value(SQL["whose"], str) == "", "nobody's, after both"
        assert await tx.all(SQL["any_stages"], Stage) == [], "a statement that does not enter sees nothing"
    async with single.tenant(claims.tenant_id) as tx:
        assert await tx.all(SQL["any_stages"], Stage) != [], "the statement above would have seen them"


async def test_a_session_is_of_one_company_and_counts_until_it_is_revoked(single: Database) -> None:
    claims, other = await a_session(single), await make_tenant(single, "Other")
    assert not await live(single, claims, other)
    async with single.tenant(claims.tenant_id) as tx:
        assert await repository.live_session(tx, claims, NOW) is not None, "in its own transaction too"
        await repository.revoke_session(tx, claims.session_id, claims.user_id, NOW)
    assert not await live(single, claims, claims.tenant_id)


async def test_nobody_enters_where_another_is(single: Database) -> None:
    mine, other = await make_tenant(single), await make_tenant(single, "Other")
    with pytest.raises(asyncpg.RaiseError, match="another tenant"):
        async with single.tenant(mine) as tx:
            await tx.value(SQL["enter_other"], str, other=other)
    async with single.tenant(mine) as tx:
        await tx.value(SQL["enter_other"], str, other=mine)
        assert await tx.value(SQL["whose"], str) == str(mine)


async def test_a_cancelled_statement_and_a_broken_connection_spare_the_next(single: Database) -> None:
    claims = await a_session(single)

    async def sleeps() -> None:
        async with single.entering(claims.tenant_id) as tx:
            await tx.value(SQL["sleep"], str)

    sleeping = asyncio.create_task(sleeps())
    await asyncio.sleep(0.1)
    sleeping.cancel()
    await asyncio.gather(sleeping, return_exceptions=True)
    assert await live(single, claims, claims.tenant_id)
    async with single.entering(claims.tenant_id) as tx:
        tx.connection.terminate()
    assert await live(single, claims, claims.tenant_id)
