"""Every committed event enters the chain, once, in order, whatever happens at the same time."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.clock import system_clock
from core.database import Database, TenantTransaction, open_database
from core.statements import Statement
from core.system_events import NO_TENANT, log_security_event, record_event
from nexus.servers.bootstrap import create_database
from orchestrator_service.audit import linking
from orchestrator_service.audit.chainer import Chainer
from orchestrator_service.audit.checkpoints import Checkpoints
from orchestrator_service.audit.digests import Head
from orchestrator_service.audit.linking import link_waiting
from orchestrator_service.audit.verify import verify_chain
from orchestrator_service.db import PATCHES, evolve
from tests.integration.audit.chained import KEYS, Trail, make_trail
from tests.support import servers
from tests.support.factories import DIRECTORY, make_tenant

WRITERS, EACH = 8, 500


@pytest.fixture
async def trail(db: Database, database: servers.Database) -> Trail:
    return await make_trail(db, database.superuser_url)


def chainer_of(db: Database, place: Path) -> Chainer:
    return Chainer(db, KEYS, Checkpoints(place), system_clock)


async def test_eight_writers_and_two_chainers_leave_one_whole_chain(trail: Trail, tmp_path: Path) -> None:
    async def write(writer: int) -> None:
        for number in range(EACH):
            await log_security_event(trail.db, "test.written", tenant_id=trail.tenant, detail={"n": [writer, number]})

    async with asyncio.TaskGroup() as group:
        chainers = [group.create_task(chainer_of(trail.db, tmp_path / f"{n}").run(DIRECTORY)) for n in (1, 2)]
        async with asyncio.TaskGroup() as writers:
            for writer in range(WRITERS):
                writers.create_task(write(writer))
        for task in chainers:
            task.cancel()
    await trail.chain()
    report = await trail.verify()
    assert (report.findings, report.waiting) == ([], 0)
    assert report.links == report.events == 11 + WRITERS * EACH


async def test_what_commits_late_is_chained_late_and_nothing_waits_for_it(trail: Trail) -> None:
    async with trail.db.tenant(trail.tenant) as slow:
        await record_event(slow, "test.slow")
        await trail.write(3, first=20)
        async with asyncio.timeout(5):
            await trail.chain()
        assert (await trail.verify()).links == 14
    report = await trail.verify()
    assert (report.findings, report.waiting, report.links) == ([], 1, 14)
    await trail.chain()
    assert (await trail.verify()).links == 15


async def test_what_is_rolled_back_leaves_neither_event_nor_note(trail: Trail) -> None:
    with contextlib.suppress(ZeroDivisionError):
        async with trail.db.tenant(trail.tenant) as tx:
            await record_event(tx, "test.undone")
            raise ZeroDivisionError
    report = await trail.verify()
    assert (report.findings, report.waiting, report.events) == ([], 0, 11)


@pytest.mark.parametrize("step", ["append_links", "strike_off"])
async def test_a_kill_between_two_steps_changes_nothing(
    trail: Trail, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await trail.write(5, first=20)
    run = TenantTransaction.run

    async def killed(self: TenantTransaction, statement: Statement, /, **params: object) -> int:
        if statement is linking.SQL[step]:
            await trail.attack(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'nexus_app' "
                "AND datname = current_database() AND state <> 'idle'"
            )
        return await run(self, statement, **params)

    with monkeypatch.context() as patched:
        patched.setattr(TenantTransaction, "run", killed)
        with pytest.raises(Exception, match=r".*"):
            await link_waiting(trail.db, KEYS, trail.tenant)
    report = await trail.verify()
    assert (report.findings, report.links, report.waiting) == ([], 11, 5)
    await trail.chain()
    report = await trail.verify()
    assert (report.findings, report.links, report.waiting) == ([], 16, 0)


async def test_two_chainers_cannot_fork_a_chain_even_without_the_lock(
    trail: Trail, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the lock: the keys of the table hold where it does not."""
    await trail.write(50, first=20)
    value, run, ready = TenantTransaction.value, TenantTransaction.run, asyncio.Barrier(4)

    async def always(self: TenantTransaction, statement: Statement, kind: type[object], /, **params: object) -> object:
        return True if statement is linking.SQL["claim_chain"] else await value(self, statement, kind, **params)

    async def at_once(self: TenantTransaction, statement: Statement, /, **params: object) -> int:
        if statement is linking.SQL["append_links"]:
            await ready.wait()
        return await run(self, statement, **params)

    with monkeypatch.context() as patched:
        patched.setattr(TenantTransaction, "value", always)
        patched.setattr(TenantTransaction, "run", at_once)
        done = await asyncio.gather(
            *(link_waiting(trail.db, KEYS, trail.tenant) for _ in range(4)), return_exceptions=True
        )
    assert sum(isinstance(each, Exception) for each in done) == 3
    report = await trail.verify()
    assert (report.findings, report.waiting, report.links) == ([], 0, 61)


async def test_rows_from_before_the_chain_are_taken_in_from_the_first(servers: servers.RunServers) -> None:
    """An older database: the patch leaves one note a company, the chainer works it off in batches."""
    name = "older_chain"
    await create_database(servers.superuser_url, name)
    owner, app = (servers_url(url, name) for url in (servers.owner_url, servers.app_url))
    await evolve(owner)
    trail = await older_database(servers, name, owner, app)
    try:
        report = await trail.verify()
        assert (report.findings, report.waiting, report.links) == ([], 1201, 0)
        await trail.write(2, first=5000)
        first = await link_waiting(trail.db, KEYS, trail.tenant, most=500)
        assert first is not None
        assert (first.head.seq, first.more) == (500, True)
        report = await trail.verify()
        assert (report.findings, report.waiting, report.links) == ([], 703, 500)
        await trail.chain()
        report = await trail.verify()
        assert (report.findings, report.waiting, report.links) == ([], 0, 1203)
        await trail.attack("UPDATE system_events SET subject = 'x' WHERE subject = 'lead:3'")
        assert await trail.found() == [("edited", 4)]
    finally:
        await trail.db.close()


def servers_url(url: str, name: str) -> str:
    return servers.to_database(url, name)


async def older_database(run: servers.RunServers, name: str, owner: str, app: str) -> Trail:
    """Today's database put back to before patch 45, with events of one company, and evolved again."""
    db = await open_database(app, application="tests", most_connections=4)
    trail = Trail(db, await make_tenant(db), servers_url(run.superuser_url, name))
    await trail.write(1200)
    await trail.attack(
        "DROP FUNCTION erase_event_payloads(bigint[])",
        "DROP TABLE system_event_links, system_events_waiting",
        "ALTER TABLE system_events DROP COLUMN salt",
        "DELETE FROM schema_patches WHERE number = 45",
    )
    assert [patch.number for patch in (await evolve(owner)).patches] == [45]
    assert any(patch.number == 45 for patch in PATCHES)
    return trail


async def test_events_of_no_company_have_a_chain_of_their_own(db: Database, tmp_path: Path) -> None:
    await log_security_event(db, "auth.login_refused", tenant_id=NO_TENANT)
    tenant = await make_tenant(db)
    chainer = chainer_of(db, tmp_path / "heads")
    while await chainer.round():
        pass
    reports = [await verify_chain(db, KEYS, each, None, lambda _: None) for each in (NO_TENANT, tenant)]
    assert [(report.findings, report.links, report.waiting) for report in reports] == [([], 1, 0)] * 2


async def test_heads_are_noted_outside_at_the_start_at_the_end_and_in_between(trail: Trail, tmp_path: Path) -> None:
    place = tmp_path / "heads"
    task = asyncio.create_task(chainer_of(trail.db, place).run(DIRECTORY))
    async with asyncio.timeout(10):
        while trail.tenant not in Checkpoints(place).latest():  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(0.01)
    assert Checkpoints(place).latest()[trail.tenant].seq == 11, "what a killed process had left unnoted"
    await trail.write(4, first=20)
    async with asyncio.timeout(10):
        while (await trail.verify()).links < 15:  # noqa: ASYNC110 - nor does a table
            await asyncio.sleep(0.01)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    noted = Checkpoints(place).latest()[trail.tenant]
    assert noted.seq == 15
    assert place.stat().st_mode & 0o777 == 0o600
    assert await trail.found(checkpoint=noted) == []


def test_a_half_written_line_hides_no_other(tmp_path: Path) -> None:
    place = tmp_path / "heads"
    reader, writer = Checkpoints(place), Checkpoints(place)
    assert reader.latest() == {}
    at = datetime(2026, 1, 1, tzinfo=UTC)
    writer.append({1: Head(5, b"a" * 32), 2: Head(9, b"b" * 32)}, at)
    with place.open("ab") as file:
        file.write(b'{"at":"2026-01-01T00:00:00Z","tenant":1,"se')
    assert {tenant: noted.seq for tenant, noted in reader.latest().items()} == {1: 5, 2: 9}
    writer.append({1: Head(6, b"c" * 32)}, at)
    assert {tenant: noted.seq for tenant, noted in reader.latest().items()} == {1: 6, 2: 9}
    writer.append({1: Head(3, b"d" * 32)}, at)
    assert reader.latest()[1].seq == 6, "a lower head does not unsay a higher one"
    place.write_bytes(b"")
    writer.append({2: Head(10, b"b" * 32)}, at)
    assert reader.latest()[2].seq == 10


async def test_a_checkpoint_that_cannot_be_written_is_tried_again(trail: Trail, tmp_path: Path) -> None:
    folder = tmp_path / "absent"
    chainer = chainer_of(trail.db, folder / "heads")
    await trail.write(1, first=20)
    await chainer.round()
    chainer.note_heads()
    folder.mkdir()
    chainer.note_heads()
    assert Checkpoints(folder / "heads").latest()[trail.tenant].seq == 12


async def test_one_companys_trouble_keeps_nobody_else_unchained(trail: Trail, tmp_path: Path) -> None:
    other = await make_trail(trail.db, trail.superuser_url, 1)
    await trail.write(1, first=20)
    await other.write(1, first=20)
    await trail.attack(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.tenant_id = {t} THEN "
        "RAISE EXCEPTION 'no'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER refuse BEFORE INSERT ON system_event_links FOR EACH ROW EXECUTE FUNCTION refuse()",
    )
    await chainer_of(trail.db, tmp_path / "heads").round()
    assert (await other.verify()).waiting == 0
    assert (await trail.verify()).waiting == 1


@pytest.mark.parametrize("name", ["waiting_events", "linked_events"])
async def test_a_batch_costs_the_same_however_long_the_log_is(trail: Trail, name: str) -> None:
    """The planner would like to walk through the whole log once the work list is long; here it is made to want that."""
    await trail.attack(
        "INSERT INTO system_events (tenant_id, action, severity) SELECT {t}, 'x', 'info' FROM generate_series(1, 4000)",
        "INSERT INTO system_events_waiting SELECT tenant_id, id FROM system_events ORDER BY id DESC LIMIT 2000",
        "INSERT INTO system_event_links SELECT tenant_id, id + 1000, id + 1000000, 'k', d, d, d "
        "FROM system_events CROSS JOIN sha256('') AS d WHERE action = 'x'",
        "ANALYZE",
    )
    values = {"tenant_id": trail.tenant, "most": 20, "after_seq": 1000, "through_seq": 10**6}
    statement = linking.SQL[name]
    async with trail.db.tenant(trail.tenant) as tx:
        await tx.connection.execute("SET LOCAL enable_nestloop = off")
        rows = await tx.connection.fetch(
            f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, FORMAT JSON) {statement.sql}",
            *[values[parameter] for parameter in statement.parameters],
        )
    assert max(rows_read(rows[0][0][0]["Plan"])) <= 40


def rows_read(plan: dict[str, Any]) -> list[float]:
    """What each step of a plan has read in all."""
    own = plan["Actual Rows"] * plan["Actual Loops"]
    return [own, *(count for below in plan.get("Plans", []) for count in rows_read(below))]
