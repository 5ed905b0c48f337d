"""A simulator with two accounts of YCloud's and one of Meta's, and the webhook that they call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from core.secret import Secret
from nexus.simulator.app import create_app
from nexus.simulator.config import AccountConfig, SimulatorConfig, TemplateConfig
from tests.integration.simulator.simulated import (
    API_KEY,
    APP_SECRET,
    META_NUMBER,
    META_WABA,
    NUMBER,
    NUMBER_ID,
    PHONE,
    SECRET,
    TOKEN,
    TOKEN_OF_META,
    Receiver,
    Simulator,
    free_port,
    serving,
    until,
)

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

TEMPLATES = (
    TemplateConfig("recordatorio_cita", "Hola {{1}}, te esperamos el {{2}}.", "es_AR"),
    TemplateConfig("promo", "Novedades", "es_AR", "MARKETING", "PAUSED"),
)


@pytest.fixture
async def receiver() -> AsyncGenerator[Receiver]:
    port = free_port()
    receiver = Receiver(url=f"http://127.0.0.1:{port}/hook")
    async with serving(Starlette(routes=[Route("/hook", receiver.receive, methods=["POST"])]), port):
        yield receiver


@pytest.fixture
async def simulator(receiver: Receiver, tmp_path: Path) -> AsyncGenerator[Simulator]:
    port = free_port()
    config = SimulatorConfig(
        token=Secret(TOKEN),
        accounts=(
            AccountConfig(
                name="Clínica Sol",
                business_number=NUMBER,
                waba_id="102030405060708",
                api_key=API_KEY,
                webhook_url=receiver.url,
                webhook_secret=SECRET,
                endpoint_id="wh_test",
                templates=TEMPLATES,
            ),
            AccountConfig(
                name="Clínica Luna",
                business_number=META_NUMBER,
                waba_id=META_WABA,
                api_key=TOKEN_OF_META,
                webhook_url=receiver.url,
                webhook_secret=APP_SECRET,
                templates=TEMPLATES,
                provider="meta",
                phone_number_id=NUMBER_ID,
            ),
            AccountConfig("Otra", "+5491130002000", "999", Secret("another-key")),
        ),
        port=port,
        journal_path=tmp_path / "journal.jsonl",
        clock_scale=0.001,
    )
    async with httpx.AsyncClient(trust_env=False) as http, serving(create_app(config), port):
        yield Simulator(config.base_url, http, tmp_path / "journal.jsonl")


@pytest.fixture
async def open_window(simulator: Simulator, receiver: Receiver) -> str:
    """A customer has written; returns the wamid. Free-form answers are allowed."""
    done = await simulator.order("/inbound", account=NUMBER, phone=PHONE, name="Lucía", text="Hola")
    await until(lambda: len(receiver.deliveries) == 1)
    return str(done["wamid"])
