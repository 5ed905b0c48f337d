"""A large crowd is written without indexes and keys, which are all there again, whether it came to its end or not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from core.database import Database, standalone_connection
from core.database_errors import ConstraintViolated
from nexus.crowd import at_once
from nexus.crowd.at_once import invent, is_worth_it, write_at_once
from nexus.crowd.plan import Frame, Plan
from nexus.crowd.sheet import TABLES
from tests.integration.crowd.test_crowd import prepared
from tests.integration.evolution.catalog import schema_of
from tests.support import servers

PLAN = Plan(600, 2, 730, random=1, chunk=250)


async def catalog(database: servers.Database) -> list[str]:
    """The schema, with what a constraint's enforcement and a table's options would change."""
    connection = await standalone_connection(database.owner_url)
    try:
        more = await connection.fetch(
            """
            SELECT format('%s %s %s %s %s', k.conname, k.conenforced, k.convalidated, c.reloptions, (
                SELECT count(*) FROM pg_trigger AS t WHERE t.tgconstraint = k.oid
            ))
            FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid
            WHERE k.conrelid::regclass::text = ANY ($1)
            """,
            list(TABLES),
        )
        invalid = await connection.fetch("SELECT indexrelid FROM pg_index WHERE NOT (indisvalid AND indisready)")
        assert invalid == []
        return sorted([*await schema_of(connection), *(str(row[0]) for row in more)])
    finally:
        connection.terminate()


async def held(database: servers.Database) -> dict[str, int]:
    connection = await standalone_connection(database.owner_url)
    try:
        return {table: (await connection.fetch(f"SELECT count(*) FROM {table}"))[0][0] for table in TABLES}
    finally:
        connection.terminate()


async def test_what_was_set_aside_is_back_after_a_load_and_after_one_that_failed(
    db: Database, database: servers.Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = await prepared(db, database, PLAN)
    before, frame = await catalog(database), waiting.frame
    assert not await is_worth_it(database.owner_url, PLAN)
    monkeypatch.setattr(at_once, "FEWEST", 1)
    assert await is_worth_it(database.owner_url, PLAN)
    asked: list[tuple[int, int]] = []
    taken = list[str]()

    def spoiled(frame: Frame, chunk: int) -> dict[str, bytes]:
        rows = invent(frame, chunk)
        owner = str(frame.companies[0].owners[0]).encode()
        return {**rows, "lead_changes": rows["lead_changes"].replace(b"\t" + owner + b"\t", b"\t999999\t")}

    def remember(done: int, of: int) -> None:
        asked.append((done, of))

    with ThreadPoolExecutor(1) as pool:
        monkeypatch.setattr(at_once, "invent", spoiled)
        with pytest.raises(ConstraintViolated):  # found when the keys are checked: nothing was there to check a row
            await write_at_once(frame, database.owner_url, pool, written=remember, restored=remember)
        assert asked[:3] == [(250, 600), (500, 600), (600, 600)]
        assert await catalog(database) == before
        assert set((await held(database)).values()) == {0}
        monkeypatch.setattr(at_once, "invent", invent)
        await write_at_once(
            frame, database.owner_url, pool, written=remember, restored=lambda done, of: taken.append(f"{done} of {of}")
        )
    assert len(taken) > 60, "indexes and keys"
    assert await catalog(database) == before
    lines = [invent(frame, chunk) for chunk in range(PLAN.chunks)]
    assert await held(database) == {table: sum(rows[table].count(b"\n") for rows in lines) for table in TABLES}
    assert (await prepared(db, database, PLAN)).chunks == ()
    assert not await is_worth_it(database.owner_url, Plan(50, 2, 730, random=2)), "what is there costs more"
