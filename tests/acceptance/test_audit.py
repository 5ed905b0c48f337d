"""The audit log at the terminal: proved while stopped and while running, and what an intruder did is named."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest

from core.database import standalone_connection
from tests.acceptance.running import nexus, up

pytestmark = [pytest.mark.proof, pytest.mark.timeout(180)]


def verified(*state: str) -> tuple[int, list[dict[str, Any]]]:
    done = nexus("audit", "verify", "--json", *state)
    return done.returncode, msgspec.json.decode(done.stdout)


async def edit(owner_url: str, tenant: int) -> None:
    connection = await standalone_connection(owner_url)
    try:
        await connection.execute(
            f"UPDATE system_events SET user_id = 99 WHERE tenant_id = {tenant} AND action = 'tenant.created'"
        )
    finally:
        await connection.close(timeout=5)


@pytest.mark.slow
def test_the_log_is_chained_noted_outside_and_what_was_done_to_it_is_named(tmp_path: Path) -> None:
    place = tmp_path / "state"
    state = ("--state", str(place))
    assert nexus("tenant", "create", "--name", "Sur", "--ceo-email", "ana@sur.example", *state).returncode == 0
    assert nexus("user", "list", *state).returncode == 0
    code, reports = verified(*state)
    tenant = reports[-1]["tenant_id"]
    assert (code, reports[-1]["links"], reports[-1]["waiting"]) == (0, 0, 2), "nothing runs that chains"
    with up(place, "--no-demo") as running:
        deadline = time.monotonic() + 20
        while verified(*state)[1][-1]["links"] < 2:
            assert time.monotonic() < deadline
        assert verified(*state)[0] == 0
        assert running.interrupt() == 0
    noted = place / "audit-checkpoints.jsonl"
    assert noted.stat().st_mode & 0o777 == 0o600
    assert f'"tenant":{tenant},"seq":2' in noted.read_text()
    with up(place, "--no-demo") as running:
        asyncio.run(edit(running.runtime.urls["database_owner"], tenant))
        code, reports = verified(*state)
        assert code == 1
        assert [finding["kind"] for finding in reports[-1]["findings"]] == ["edited"]
        told = nexus("audit", "verify", "--tenant", str(tenant), *state)
        assert told.returncode == 1
        assert "edited: event" in told.stdout
