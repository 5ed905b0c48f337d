"""The database goes away: the provider is told to come back, and its retry is accepted (PRODUCT §7.1)."""

import os
from pathlib import Path

import pytest

from core.database import open_database
from core.whatsapp import ProviderName
from nexus.servers.launch import servers as launched
from nexus.servers.postgres import EmbeddedPostgres
from orchestrator_service.db import evolve
from tests.integration.whatsapp.test_webhook import Setting
from tests.integration.whatsapp.webhooks import PROVIDERS, receiver_of, settings_for, text_event
from tests.support.factories import make_tenant


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_a_database_that_is_down_means_503_and_the_retry_is_accepted(
    tmp_path: Path, provider: ProviderName
) -> None:
    with launched(tmp_path / "state", durable=True, environ={"PATH": os.environ["PATH"]}) as running:
        postgres = next(service for service in running.services if isinstance(service, EmbeddedPostgres))
        await evolve(running.owner_url)
        db = await open_database(running.app_url, application="tests")
        tenant_id = await make_tenant(db)
        settings = settings_for(running.app_url, running.redis_url)
        async with receiver_of(db, tenant_id, settings, provider=provider) as receiver:
            setting = Setting(db, tenant_id, receiver)
            assert (await receiver.post(text_event("antes", number=1))).status_code == 200
            postgres.stop()
            refused = await receiver.post(text_event("durante", number=2))
            assert refused.status_code == 503
            assert refused.headers["content-type"] == "application/problem+json"
            postgres.start()
            assert (await receiver.post(text_event("durante", number=2))).status_code == 200
            assert [row.wamid for row in await setting.inbox()] == ["wamid.+5491155512345.1", "wamid.+5491155512345.2"]
        await db.close()
