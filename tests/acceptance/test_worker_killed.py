"""kill -9 of the worker while a turn thinks: the reply arrives once, within 30 s of the restart (issue 2)."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import httpx
import msgspec
import pytest

from core.channels import store_credential
from core.credential_names import MODEL_KEY
from core.credentials import Keyring
from core.database import open_database, standalone_connection
from core.secret import Secret
from nexus.demo.phone import Phone
from tests.acceptance.running import Up, until, up
from tests.acceptance.slow_model import ANSWER, SlowModel, slow_model

TENANT = 1
NUMBER = "+5491133334444"
RESTART_TO_REPLY = 30.0

pytestmark = pytest.mark.timeout(180)


@pytest.mark.proof
async def test_the_reply_of_a_killed_turn_arrives_once(tmp_path: Path) -> None:
    with slow_model() as model, up(tmp_path / "state", told={"NEXUS_EGRESS_ALLOW": model.host}) as running:
        await _think_with(model, running)
        url, _, token = running.line("phone:").partition("/?token=")
        async with httpx.AsyncClient(base_url=url, trust_env=False) as http:
            phone = Phone(http, token, NUMBER, "Juan")
            await phone.write("Hola, quiero información")
            assert await asyncio.to_thread(model.asked.wait, 20), "the turn never began"
            killed = running.runtime.pids["worker"]
            os.kill(killed, signal.SIGKILL)
            until(lambda: running.runtime.pids.get("worker", killed) != killed, seconds=10)
            answer = await phone.wait_for_answer(0, patience=RESTART_TO_REPLY, settle=4)
            assert [bubble.text for bubble in answer] == [ANSWER]
            assert await _sends(http, token) == 1
        assert model.questions == 2, "the second worker asked again, and nobody a third time"


async def _think_with(model: SlowModel, running: Up) -> None:
    """Give the demo company a live brain, which is the slow model, and a short quiet period."""
    secrets = msgspec.json.decode((running.state / "secrets.json").read_bytes(), type=dict[str, str])
    keyring = Keyring.from_text(Secret(secrets["vault_keys"]))
    database = await open_database(running.runtime.urls["database"], application="test")
    async with database.tenant(TENANT) as tx:
        await store_credential(tx, keyring, MODEL_KEY, Secret("sk-test"))
    await database.close()
    owner = await standalone_connection(running.runtime.urls["database_owner"])
    await owner.execute(
        "UPDATE tenant_settings SET brain = 'live', model_name = 'slow', model_base_url = $1, quiet_seconds = 0.5 "
        "WHERE tenant_id = $2",
        model.url,
        TENANT,
    )
    await owner.close(timeout=5)


async def _sends(http: httpx.AsyncClient, token: str) -> int:
    """How many messages the provider was asked to send."""
    answer = await http.get("/_sim/journal", params={"kind": "request"}, headers={"X-Simulator-Token": token})
    return sum(entry["method"] == "POST" and "body" in entry for entry in answer.json())
