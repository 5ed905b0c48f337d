"""A stored secret that does not open: whoever needs it is refused, and its company is told once, not at every try."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass

import httpx
import pytest

from core.alarm import Alarm
from core.channels import store_credential
from core.clock import system_clock
from core.contracts import Deliver, Job, TakeTurn
from core.credential_names import MODEL_KEY, webhook_secrets_name
from core.credentials import Keyring, VaultError, seal
from core.database import Database
from core.egress import Egress
from core.job_worker import Handler
from core.json_types import JsonObject
from core.media_store import MediaStore
from core.principal import TenantId
from core.rare import Rare
from core.redis import open_redis
from core.secret import Secret
from core.sending_limits import SendingLimits
from core.statements import sibling_statements
from nexus.worker import handlers_of
from orchestrator_service.accounts.send_link import Mailing
from orchestrator_service.auth.door import meeting_links
from orchestrator_service.google_calendar.door import open_google_door
from orchestrator_service.lead_sources.fetch_lead import MetaTools
from tests.integration.chat.company import Company, demo_company
from tests.integration.vault.rotating import NEW_KEY
from tests.integration.whatsapp.webhooks import settings_for, text_event
from tests.support import servers as support
from tests.support.factories import KEYRING
from whatsapp_service.delivery.providers import Providers
from whatsapp_service.media.tools import MediaTools

SQL = sibling_statements(__file__)
NEW = Keyring.from_text(Secret(NEW_KEY))


@dataclass(frozen=True)
class Event:
    action: str
    severity: str
    user_id: int | None
    subject: str | None
    detail: JsonObject


async def told(company: Company) -> list[tuple[str, str | None, JsonObject]]:
    async with company.db.tenant(company.tenant_id) as tx:
        found = await tx.all(SQL["events"], Event)
    return [(event.severity, event.subject, event.detail) for event in found if event.action == "vault.not_opened"]


@pytest.fixture
async def company(db: Database, database: support.Database, redis_url: str) -> AsyncGenerator[Company]:
    async with demo_company(db, database, redis_url) as made:
        yield made


@pytest.fixture
async def handlers(
    company: Company, database: support.Database, redis_url: str
) -> AsyncGenerator[Mapping[type[Job], Handler]]:
    """Those of a worker that was started with another key than the values were sealed with."""
    settings = settings_for(database.app_url, redis_url)
    redis = open_redis(redis_url)
    async with httpx.AsyncClient() as http:
        alarm = Alarm(company.db, Rare(redis, settings.namespace))
        mailing = Mailing(company.db, NEW, None, settings.public_url, system_clock)
        providers, limits = Providers(settings, NEW, http, Egress()), SendingLimits(redis, settings.namespace)
        media = MediaTools(company.db, providers.of, MediaStore("memory://"), system_clock, NEW)
        meta = MetaTools(company.db, NEW, http, settings.meta_url, system_clock)
        async with open_google_door(settings, NEW, system_clock, Egress()) as google:
            links = meeting_links(settings)
            yield handlers_of(
                alarm, NEW, providers, system_clock, Egress(), mailing, media, limits, google, "", meta, links
            )
    await redis.aclose()


async def test_a_webhook_whose_secrets_do_not_open_is_refused(company: Company) -> None:
    channel = company.receiver.channel_id
    name = webhook_secrets_name(channel)
    async with company.db.tenant(company.tenant_id) as tx:
        moved = seal(KEYRING, Secret("x" * 40), tenant_id=TenantId(company.tenant_id + 1), name=name)
        await tx.run(SQL["put_sealed"], name=name, sealed=moved)
    for number in range(3):
        assert (await company.receiver.post(text_event("Hola", number=number))).status_code == 503
    reason = "the value was altered, or belongs to another tenant or name"
    assert await told(company) == [("critical", f"channel:{channel}", {"reason": reason})]


async def test_a_delivery_that_has_no_key_to_open_is_tried_again(
    company: Company, handlers: Mapping[type[Job], Handler]
) -> None:
    await company.says("Hola")
    await company.turn()
    job = Deliver(company.tenant_id, (await company.replies())[0].id)
    for _ in range(3):
        with pytest.raises(VaultError):
            await handlers[Deliver](job)
    assert await company.count("deliveries") == 1, "nothing was sent, nothing is lost"
    reason = "the value was sealed with a key that this keyring does not hold"
    assert await told(company) == [("critical", "job:whatsapp.deliver", {"reason": reason})]


async def test_a_turn_that_has_no_key_to_open_is_tried_again(
    company: Company, handlers: Mapping[type[Job], Handler]
) -> None:
    await company.run("go_live")
    async with company.db.tenant(company.tenant_id) as tx:
        await store_credential(tx, KEYRING, MODEL_KEY, Secret("key"))
    await company.says("Hola")
    job = TakeTurn(company.tenant_id, await company.conversation_id())
    for _ in range(2):
        with pytest.raises(VaultError):
            await handlers[TakeTurn](job)
    assert await company.replies() == []
    assert [subject for _, subject, _ in await told(company)] == ["job:chat.take_turn"]
