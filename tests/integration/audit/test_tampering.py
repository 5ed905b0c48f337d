"""Whatever a superuser of the database does to the log is found and named."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.database import Database
from core.keyring import NamedKey
from orchestrator_service.audit.checkpoints import Checkpoint
from orchestrator_service.audit.digests import AuditKeys
from orchestrator_service.audit.linking import head_of
from tests.integration.audit.chained import KEYS, Trail, make_trail
from tests.support import servers

AT = "tenant_id = {t} AND id = (SELECT event_id FROM system_event_links WHERE tenant_id = {t} AND seq = 5)"
EXCHANGE_CONTENTS = """
    UPDATE system_events AS e SET
        (occurred_at, action, severity, user_id, subject, request_id, address, detail, salt) =
        (o.occurred_at, o.action, o.severity, o.user_id, o.subject, o.request_id, o.address, o.detail, o.salt)
    FROM system_event_links AS l
    JOIN system_event_links AS k ON k.tenant_id = l.tenant_id AND k.seq = 12 - l.seq
    JOIN system_events AS o ON o.tenant_id = k.tenant_id AND o.id = k.event_id
    WHERE l.tenant_id = {t} AND l.seq IN (5, 7) AND e.tenant_id = l.tenant_id AND e.id = l.event_id
"""
EXCHANGE_LINKS = (
    "UPDATE system_event_links SET seq = seq + 1000 WHERE tenant_id = {t} AND seq IN (5, 6)",
    "UPDATE system_event_links SET seq = 6 WHERE tenant_id = {t} AND seq = 1005",
    "UPDATE system_event_links SET seq = 5 WHERE tenant_id = {t} AND seq = 1006",
)
LINK = "DELETE FROM system_event_links WHERE tenant_id = {t} AND seq "
EVENTS = "DELETE FROM system_events WHERE tenant_id = {t} AND id "


@pytest.fixture
async def trail(db: Database, database: servers.Database) -> Trail:
    return await make_trail(db, database.superuser_url)


async def checkpoint_of(trail: Trail) -> Checkpoint:
    async with trail.db.tenant(trail.tenant) as tx:
        head = await head_of(tx)
    return Checkpoint(datetime.now(UTC), trail.tenant, head.seq, head.mac.hex())


async def test_an_untouched_log_has_nothing_to_name(trail: Trail) -> None:
    """The control of all that follows."""
    report = await trail.verify(checkpoint=await checkpoint_of(trail))
    assert (report.findings, report.overflowed) == ([], False)
    assert (report.links, report.events, report.waiting, report.erased) == (11, 11, 0, 0)


@pytest.mark.parametrize(
    ("statements", "findings"),
    [
        ((f"UPDATE system_events SET subject = 'lead:99' WHERE {AT}",), [("edited", 5)]),
        ((f"UPDATE system_events SET user_id = 8 WHERE {AT}",), [("edited", 5)]),
        ((f"UPDATE system_events SET user_id = NULL WHERE {AT}",), [("edited", 5)]),
        ((f"UPDATE system_events SET action = 'leads.list' WHERE {AT}",), [("edited", 5)]),
        ((f"UPDATE system_events SET severity = 'error' WHERE {AT}",), [("edited", 5)]),
        ((f"UPDATE system_events SET request_id = 'another' WHERE {AT}",), [("edited", 5)]),
        ((f"UPDATE system_events SET occurred_at = occurred_at + '1us' WHERE {AT}",), [("edited", 5)]),
        ((f"UPDATE system_events SET address = '203.0.113.1' WHERE {AT}",), [("payload_edited", 5)]),
        ((f"UPDATE system_events SET detail = '{{}}' WHERE {AT}",), [("payload_edited", 5)]),
        ((f"UPDATE system_events SET salt = gen_random_uuid() WHERE {AT}",), [("payload_edited", 5)]),
        ((f"UPDATE system_events SET detail = NULL WHERE {AT}",), [("erased_unannounced", None)]),
        ((f"DELETE FROM system_events WHERE {AT}",), [("deleted", 5)]),
        ((EXCHANGE_CONTENTS,), [("swapped", 5), ("swapped", 7)]),
        (EXCHANGE_LINKS, [("forged_link", 5), ("forged_link", 6), ("forged_link", 7), ("moved", 5), ("moved", 6)]),
        ((f"{LINK} = 5",), [("gap", 5), ("forged", None)]),
        ((f"DELETE FROM system_events WHERE {AT}", f"{LINK} = 5"), [("gap", 5)]),
        (
            ("INSERT INTO system_events (tenant_id, action, severity) VALUES ({t}, 'leads.read', 'info')",),
            [("forged", None)],
        ),
        (
            ("UPDATE system_event_links SET mac = sha256('x') WHERE tenant_id = {t} AND seq = 5",),
            [("forged_link", 5), ("forged_link", 6)],
        ),
        (
            ("UPDATE system_event_links SET digest = sha256('x') WHERE tenant_id = {t} AND seq = 5",),
            [("forged_link", 5), ("edited", 5)],
        ),
        (
            ("UPDATE system_event_links SET payload_digest = sha256('x') WHERE tenant_id = {t} AND seq = 5",),
            [("edited", 5)],
        ),
        (("UPDATE system_event_links SET kid = 'z' WHERE tenant_id = {t} AND seq = 5",), [("unknown_key", 5)]),
    ],
)
async def test_what_was_done_is_named(
    trail: Trail, statements: tuple[str, ...], findings: list[tuple[str, int | None]]
) -> None:
    await trail.attack(*statements)
    assert await trail.found() == findings


async def test_a_forged_event_with_a_link_of_its_own_is_named(trail: Trail) -> None:
    await trail.attack(
        "INSERT INTO system_events (tenant_id, action, severity) VALUES ({t}, 'leads.read', 'info')",
        """INSERT INTO system_event_links SELECT tenant_id, 12,
            (SELECT max(id) FROM system_events WHERE tenant_id = {t}), kid, payload_digest, digest, mac
            FROM system_event_links WHERE tenant_id = {t} AND seq = 11""",
    )
    assert await trail.found() == [("forged_link", 12), ("edited", 12)]


async def test_a_renumbered_chain_is_not_a_whole_one(trail: Trail) -> None:
    await trail.attack(
        f"DELETE FROM system_events WHERE {AT}",
        f"{LINK} = 5",
        "UPDATE system_event_links SET seq = 5 WHERE tenant_id = {t} AND seq = 6",
    )
    found = await trail.found()
    assert ("edited", 5) in found
    assert ("gap", 6) in found


async def test_a_cut_tail_is_found_by_the_checkpoint_alone(trail: Trail) -> None:
    noted = await checkpoint_of(trail)
    async with trail.intruder() as intruder:
        rows = await intruder.fetch(
            "DELETE FROM system_event_links WHERE tenant_id = $1 AND seq > 8 RETURNING event_id", trail.tenant
        )
        ids = [row["event_id"] for row in rows]
        await intruder.execute("DELETE FROM system_events WHERE tenant_id = $1 AND id = ANY($2)", trail.tenant, ids)
    assert await trail.found() == [], "the database alone cannot tell"
    assert await trail.found(checkpoint=noted) == [("cut_tail", 9)]
    await trail.write(5, first=100)
    await trail.chain()
    assert await trail.found() == []
    assert await trail.found(checkpoint=noted) == [("rewritten", 11)]


async def test_a_tail_cut_from_the_chain_only_leaves_its_events(trail: Trail) -> None:
    await trail.attack(f"{LINK} > 9")
    assert await trail.found() == [("forged", None), ("forged", None)]


async def test_an_event_that_went_before_it_was_chained_is_named(trail: Trail) -> None:
    await trail.write(3, first=50)
    await trail.attack(f"{EVENTS} = (SELECT max(id) FROM system_events WHERE tenant_id = {{t}})")
    report = await trail.verify()
    assert [finding.kind for finding in report.findings] == ["vanished"]
    assert (report.waiting, report.links) == (2, 11)
    assert report.waiting_since is not None
    await trail.chain()
    assert await trail.found() == [("vanished", None)], "the chainer does not wipe the proof away"


async def test_without_the_right_key_nothing_is_taken_for_whole(trail: Trail) -> None:
    other = AuditKeys((NamedKey("a1", b"b" * 32),))
    report = await trail.verify(other)
    assert {finding.kind for finding in report.findings} == {"forged_link", "edited"}
    assert len(report.findings) == 22
    assert {kind for kind, _ in await trail.found(AuditKeys((NamedKey("b1", b"a" * 32),)))} == {"unknown_key"}


async def test_a_wrong_key_over_a_long_chain_ends_early(trail: Trail) -> None:
    await trail.write(600)
    await trail.chain()
    report = await trail.verify(AuditKeys((NamedKey("a1", b"b" * 32),)))
    assert report.overflowed
    assert report.links < 300


async def test_a_chain_goes_on_under_a_new_key_while_the_old_one_is_kept(trail: Trail) -> None:
    new = NamedKey("a2", b"c" * 32)
    await trail.write(3)
    await trail.chain(AuditKeys((new, *KEYS.keys)))
    assert await trail.found(AuditKeys((new, *KEYS.keys))) == []
    assert await trail.found(AuditKeys((new,))) == [("unknown_key", seq) for seq in range(1, 12)]


async def test_erasing_payloads_keeps_the_chain_valid_and_leaves_an_event(trail: Trail) -> None:
    ids = [await trail.event_at(seq) for seq in (4, 5)]
    async with trail.db.tenant(trail.tenant) as tx:
        records = await tx.connection.fetch("SELECT erase_event_payloads($1)", ids)
    assert records[0][0] == 2
    assert await trail.found() == [], "also before its event is chained"
    await trail.chain()
    report = await trail.verify()
    assert (report.findings, report.erased, report.links) == ([], 2, 12)
    async with trail.intruder() as intruder:
        left = await intruder.fetch("SELECT address, detail, salt FROM system_events WHERE id = ANY($1)", ids)
    assert [tuple(row) for row in left] == [(None, None, None)] * 2
    await trail.attack(f"UPDATE system_events SET subject = 'lead:99' WHERE {AT}")
    assert await trail.found() == [("edited", 5)], "what is not personal is still held"


async def test_erasing_reaches_neither_another_company_nor_its_own_events(trail: Trail, db: Database) -> None:
    other = await make_trail(db, trail.superuser_url, 1)
    ids = [await trail.event_at(5)]
    async with db.tenant(other.tenant) as tx:
        assert (await tx.connection.fetch("SELECT erase_event_payloads($1)", ids))[0][0] == 0
    async with db.tenant(trail.tenant) as tx:
        assert (await tx.connection.fetch("SELECT erase_event_payloads($1)", ids))[0][0] == 1
        own = [row["id"] for row in await tx.connection.fetch("SELECT max(id) AS id FROM system_events")]
        assert (await tx.connection.fetch("SELECT erase_event_payloads($1)", own))[0][0] == 0


@pytest.mark.parametrize("table", ["system_events", "system_event_links"])
async def test_the_service_role_can_add_and_read_only(trail: Trail, table: str) -> None:
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET tenant_id = tenant_id", f"TRUNCATE {table}"):
        async with trail.db.tenant(trail.tenant) as tx:
            with pytest.raises(Exception, match="permission denied"):
                await tx.connection.execute(statement)
            await tx.connection.execute("ROLLBACK; BEGIN")


async def test_with_the_grant_the_service_role_could(trail: Trail) -> None:
    """The control: it is the missing grant that holds, and the chain tells where it does not."""
    await trail.attack("GRANT UPDATE, DELETE ON system_events TO nexus_app")
    async with trail.db.tenant(trail.tenant) as tx:
        assert await tx.connection.execute("DELETE FROM system_events WHERE id % 2 = 0") != "DELETE 0"
    assert {kind for kind, _ in await trail.found()} == {"deleted"}
