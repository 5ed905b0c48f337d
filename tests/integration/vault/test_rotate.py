"""Rotation under load: nothing is lost, whatever kills it and whoever writes in between (PRODUCT §4.3)."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from core.channels import read_credential, store_credential
from core.credentials import Keyring, seal
from core.database import Database
from core.json_types import JsonObject
from core.secret import Secret
from core.statements import sibling_statements
from orchestrator_service.vault import repository
from orchestrator_service.vault.repository import Sealed
from orchestrator_service.vault.rotate import count_stale, rotate
from tests.integration.vault.rotating import BOTH, NEW_KEY, OLD, OLD_KEY, make_vaults, name_of, start_rotating
from tests.support import servers
from tests.support.factories import make_tenant

SQL = sibling_statements(__file__)
READS_PER_SECOND = 200


@dataclass(frozen=True)
class Event:
    action: str
    severity: str
    user_id: int | None
    subject: str | None
    detail: JsonObject


def nobody_hears(done: int) -> None:
    del done


@pytest.mark.parametrize(
    ("tenants", "each"),
    [(4, 500), pytest.param(10, 1000, marks=[pytest.mark.slow, pytest.mark.timeout(300)])],
    ids=["2,000", "10,000"],
)
async def test_killed_and_run_again_under_reads_it_loses_none(
    db: Database, database: servers.Database, redis_url: str, tmp_path: Path, *, tenants: int, each: int
) -> None:
    vaults = await make_vaults(db, tenants=tenants, each=each)
    total = tenants * each
    reading = asyncio.create_task(vaults.read_steadily(READS_PER_SECOND))
    began = time.monotonic()
    try:
        first = await start_rotating(database, redis_url, str(tmp_path / "state"))
        await vaults.until_rotating()
        await first.kill()
        left = await vaults.left_over()
        assert 0 < left < total, "the kill came in the middle"
        second = await start_rotating(database, redis_url, str(tmp_path / "state"))
        code, out, err = await second.end()
        seconds = time.monotonic() - began
    finally:
        reading.cancel()
        await asyncio.wait([reading])
    assert code == 0, err
    report = json.loads(out)
    assert (report["ok"], report["rewritten"], report["key"]) == (True, left, "new")
    assert await vaults.left_over() == 0
    assert vaults.read > 0.8 * READS_PER_SECOND * seconds, "the reads went on all the while"
    await vaults.read_all()
    assert vaults.wrong == []


async def test_legacy_tokens_are_sealed_anew_and_each_batch_is_told(db: Database) -> None:
    fernet = Fernet.generate_key()
    ring = Keyring.from_text(Secret(f"{NEW_KEY},{OLD_KEY},fernet:2023:{fernet.decode()}"))
    vaults = await make_vaults(db, tenants=1, each=250)
    (tenant,) = vaults.tenants
    async with db.tenant(tenant) as tx:
        await tx.run(SQL["put_sealed"], name="model:api_key", sealed=Fernet(fernet).encrypt(b"legacy").decode())
    assert await count_stale(db, ring, [tenant]) == 251
    heard: list[int] = []
    done = await rotate(db, ring, [tenant], heard.append)
    assert (done.rewritten, done.overtaken, done.unreadable, heard) == (251, 0, [], [100, 100, 51])
    async with db.tenant(tenant) as tx:
        assert await read_credential(tx, Keyring.from_text(Secret(NEW_KEY)), "model:api_key") == Secret("legacy")
        told = await tx.all(SQL["events"], Event)
    assert [event.detail["rewritten"] for event in told] == [100, 100, 51]
    assert (await rotate(db, ring, [tenant], heard.append)).rewritten == 0


async def test_a_write_in_between_wins(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that still seals with the old key writes after the batch was read, before it is replaced."""
    vaults = await make_vaults(db, tenants=1, each=3)
    (tenant,) = vaults.tenants
    replace, written = repository.replace_sealed, list[str]()

    async def after_a_write(tx: object, replaced: list[tuple[Sealed, str]]) -> int:
        if not written:
            written.append(name_of(1))
            async with db.tenant(tenant) as other:
                await store_credential(other, OLD, name_of(1), Secret("written in between"))
        return await replace(tx, replaced)  # pyright: ignore[reportArgumentType] - the caller's own transaction

    monkeypatch.setattr(repository, "replace_sealed", after_a_write)
    done = await rotate(db, BOTH, [tenant], nobody_hears)
    assert (done.rewritten, done.overtaken) == (3, 1)
    async with db.tenant(tenant) as tx:
        assert await read_credential(tx, Keyring.from_text(Secret(NEW_KEY)), name_of(1)) == Secret("written in between")


async def test_without_the_comparison_that_write_would_be_lost(db: Database) -> None:
    """The control: the envelope that was read is no longer there, and only the comparison notices."""
    vaults = await make_vaults(db, tenants=1, each=1)
    (tenant,) = vaults.tenants
    async with db.tenant(tenant) as tx:
        (old,) = await repository.stale_batch(tx, "v2.new.", after="", most=1)
        fresh = seal(BOTH, Secret("stale"), tenant_id=tenant, name=old.name)
        await store_credential(tx, OLD, old.name, Secret("written in between"))
        assert await repository.replace_sealed(tx, [(old, fresh)]) == 0
        now = (await repository.stale_batch(tx, "v2.new.", after="", most=1))[0]
        assert await repository.replace_sealed(tx, [(now, fresh)]) == 1
        assert await read_credential(tx, BOTH, old.name) == Secret("stale"), "compared with itself, it is overwritten"


async def test_what_no_key_opens_is_named_and_left_as_it_is(db: Database) -> None:
    vaults = await make_vaults(db, tenants=1, each=2)
    (tenant,) = vaults.tenants
    gone = Keyring.from_text(Secret("gone:" + OLD_KEY.partition(":")[2]))
    lost = seal(gone, Secret("x"), tenant_id=tenant, name="model:api_key")
    async with db.tenant(tenant) as tx:
        await tx.run(SQL["put_sealed"], name="model:api_key", sealed=lost)
    done = await rotate(db, BOTH, [tenant, await make_tenant(db)], nobody_hears)
    assert [(one.tenant_id, one.name) for one in done.unreadable] == [(tenant, "model:api_key")]
    assert done.rewritten == 2
    async with db.tenant(tenant) as tx:
        assert lost in repr(await tx.all(SQL["sealed"], StillThere))
        assert [event.severity for event in await tx.all(SQL["events"], Event)] == ["critical"]


@dataclass(frozen=True)
class StillThere:
    name: str
    sealed: str
