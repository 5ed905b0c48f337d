"""Sealing everything anew with the active key, while the services work (PRODUCT §4.3).

Small batches by name, each one transaction with its line in the audit log; an envelope is replaced only where it is
still the one that was read, so a write in between wins. Nothing is remembered outside the rows: a run that was killed
is continued by the next one, which sees what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from core.credentials import VERSION, Keyring, VaultError, open_sealed, seal
from core.database import Database, TenantTransaction
from core.system_events import record_event
from orchestrator_service.vault import repository
from orchestrator_service.vault.repository import Sealed

BATCH: Final = 100
MOST_PASSES: Final = 5


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A value that no key of the keyring opens: it was left as it is."""

    tenant_id: int
    name: str


@dataclass(slots=True)
class Rotation:
    """What a run did. `overtaken` counts values that were written anew while they were being rotated."""

    key: str
    tenants: int = 0
    rewritten: int = 0
    overtaken: int = 0
    unreadable: list[Unreadable] = field(default_factory=list[Unreadable])


async def count_stale(database: Database, keyring: Keyring, tenants: Iterable[int]) -> int:
    """How many values a rotation would seal anew."""
    total = 0
    for tenant_id in tenants:
        async with database.tenant(tenant_id) as tx:
            total += await repository.count_stale(tx, _prefix(keyring))
    return total


async def rotate(
    database: Database, keyring: Keyring, tenants: Iterable[int], heard: Callable[[int], None], *, batch: int = BATCH
) -> Rotation:
    """Seal anew what is not sealed with the active key, legacy tokens included; `heard` is told how many at a time."""
    run = _Run(database, keyring, Rotation(keyring.active.kid), heard, batch)
    for tenant_id in tenants:
        run.rotation.tenants += 1
        await run.of_tenant(tenant_id)
    return run.rotation


@dataclass(frozen=True, slots=True)
class _Run:
    database: Database
    keyring: Keyring
    rotation: Rotation
    heard: Callable[[int], None]
    batch: int

    async def of_tenant(self, tenant_id: int) -> None:
        """A service that still seals with an older key may write behind us, so look again."""
        unreadable = list[Unreadable]()
        for _ in range(MOST_PASSES):
            unreadable = await self._pass(tenant_id)
            async with self.database.tenant(tenant_id) as tx:
                if await repository.count_stale(tx, _prefix(self.keyring)) <= len(unreadable):
                    break
        self.rotation.unreadable.extend(unreadable)

    async def _pass(self, tenant_id: int) -> list[Unreadable]:
        """Once through the company's values; answers those that do not open."""
        after, unreadable = "", list[Unreadable]()
        while True:
            async with self.database.tenant(tenant_id) as tx:
                stale = await repository.stale_batch(tx, _prefix(self.keyring), after=after, most=self.batch)
                if not stale:
                    return unreadable
                fresh = [(old, again) for old in stale if (again := _again(tx, self.keyring, old)) is not None]
                replaced = await repository.replace_sealed(tx, fresh)
                await _tell(tx, self.keyring, replaced, len(stale) - len(fresh))
            readable = {old.name for old, _ in fresh}
            unreadable += [Unreadable(tenant_id, old.name) for old in stale if old.name not in readable]
            self.rotation.rewritten += replaced
            self.rotation.overtaken += len(fresh) - replaced
            self.heard(replaced)
            after = stale[-1].name


def _again(tx: TenantTransaction, keyring: Keyring, old: Sealed) -> str | None:
    try:
        value = open_sealed(keyring, old.sealed, tenant_id=tx.tenant_id, name=old.name)
    except VaultError:
        return None
    return seal(keyring, value, tenant_id=tx.tenant_id, name=old.name)


async def _tell(tx: TenantTransaction, keyring: Keyring, replaced: int, unreadable: int) -> None:
    await record_event(
        tx,
        "vault.rotated",
        severity="critical" if unreadable else "info",
        detail={"key": keyring.active.kid, "rewritten": replaced, "unreadable": unreadable},
    )


def _prefix(keyring: Keyring) -> str:
    return f"{VERSION}.{keyring.active.kid}."
