"""Many sealed credentials, a rotation in a process of its own that can be killed, and readers beside it."""

from __future__ import annotations

import asyncio
import base64
import os
import random
import signal
import sys
from dataclasses import dataclass, field

from core.channels import read_credential
from core.credentials import Keyring, seal
from core.database import Database
from core.principal import TenantId
from core.secret import Secret
from core.statements import sibling_statements
from tests.support import servers
from tests.support.factories import DIRECTORY_KEY, make_tenant

SQL = sibling_statements(__file__)
OLD_KEY = "old:" + base64.b64encode(b"o" * 32).decode()
NEW_KEY = "new:" + base64.b64encode(b"n" * 32).decode()
OLD = Keyring.from_text(Secret(OLD_KEY))
BOTH = Keyring.from_text(Secret(f"{NEW_KEY},{OLD_KEY}"))


@dataclass
class Vaults:
    """Companies with `each` credentials sealed with the old key."""

    db: Database
    tenants: list[TenantId]
    each: int
    read: int = 0
    wrong: list[str] = field(default_factory=list[str])

    async def left_over(self) -> int:
        total = 0
        for tenant in self.tenants:
            async with self.db.tenant(tenant) as tx:
                total += await tx.value(SQL["left_over"], int, prefix="v2.new.") or 0
        return total

    async def until_rotating(self) -> None:
        """Until something was sealed anew."""
        while await self.left_over() == len(self.tenants) * self.each:
            pass

    async def read_one(self, tenant: TenantId, number: int) -> None:
        """As a service that knows both keys."""
        async with self.db.tenant(tenant) as tx:
            value = await read_credential(tx, BOTH, name_of(number))
        self.read += 1
        if value != secret_of(tenant, number):
            self.wrong.append(f"{tenant}/{number}")

    async def read_steadily(self, per_second: int) -> None:
        """Until cancelled, whatever the others do."""
        chance, loop = random.Random(4), asyncio.get_running_loop()  # noqa: S311 - no secret
        due = loop.time()
        async with asyncio.TaskGroup() as group:
            while True:
                group.create_task(self.read_one(chance.choice(self.tenants), chance.randrange(self.each)))
                due += 1 / per_second
                await asyncio.sleep(max(0.0, due - loop.time()))

    async def read_all(self) -> None:
        for tenant in self.tenants:
            for number in range(self.each):
                await self.read_one(tenant, number)


def name_of(number: int) -> str:
    return f"channel:{number + 1}:api_key"


def secret_of(tenant: TenantId, number: int) -> Secret:
    return Secret(f"secret-{tenant}-{number}-abcdefgh")


async def make_vaults(db: Database, *, tenants: int, each: int) -> Vaults:
    made = Vaults(db, [await make_tenant(db) for _ in range(tenants)], each)
    names = [name_of(number) for number in range(each)]
    for tenant in made.tenants:
        sealed = [seal(OLD, secret_of(tenant, n), tenant_id=tenant, name=names[n]) for n in range(each)]
        async with db.tenant(tenant) as tx:
            await tx.run(SQL["put_many"], names=names, sealed=sealed)
    return made


@dataclass
class Rotating:
    """`nexus vault rotate --json`, running."""

    process: asyncio.subprocess.Process

    async def kill(self) -> None:
        """As the machine would: kill -9."""
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    async def end(self) -> tuple[int | None, bytes, bytes]:
        out, err = await asyncio.wait_for(self.process.communicate(), 100)
        return self.process.returncode, out, err


async def start_rotating(database: servers.Database, redis_url: str, state: str) -> Rotating:
    environment = {
        **os.environ,
        "DATABASE_URL": database.app_url,
        "DATABASE_OWNER_URL": database.owner_url,
        "REDIS_URL": redis_url,
        "NEXUS_VAULT_KEYS": f"{NEW_KEY},{OLD_KEY}",
        "NEXUS_DIRECTORY_KEY": base64.b64encode(DIRECTORY_KEY).decode(),
    }
    command = (sys.executable, "-m", "nexus.cli.main", "vault", "rotate", "--json", "--state", state)
    pipe = asyncio.subprocess.PIPE
    return Rotating(await asyncio.create_subprocess_exec(*command, stdout=pipe, stderr=pipe, env=environment))
