"""Templates as the provider lists and tells of them: kept, never deleted, and older news changes nothing."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.channels import Channel
from core.contracts import SyncTemplates, TemplateTold
from core.database import Database, TenantTransaction
from core.errors import Unavailable
from core.statements import load_statements
from core.whatsapp import JsonObject, Refused, Template, TemplateList, WhatsAppProvider
from tests.integration.chat.company import Company, demo_company
from tests.integration.whatsapp.test_deliver import FakeProvider
from tests.integration.whatsapp.webhooks import ACCOUNT
from tests.support import servers as support
from whatsapp_service.templates.events import apply_event
from whatsapp_service.templates.sync import sync_templates

SQL = load_statements(Path(__file__).with_name("queries.sql"))
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
BODY: tuple[JsonObject, ...] = ({"type": "BODY", "text": "Hola {{1}}"},)
HELLO = Template(ACCOUNT, "hola", "es_AR", "APPROVED", "UTILITY", BODY)
PROMO = Template(ACCOUNT, "promo", "es_AR", "REJECTED", "MARKETING", BODY, "INVALID_FORMAT")


@dataclass(frozen=True)
class Kept:
    name: str
    language: str
    status: str
    category: str | None
    reason: str | None
    removed: bool
    components: list[object]


@dataclass(frozen=True)
class Asked:
    finished: bool
    error: str | None


class Listing(FakeProvider):
    """A provider that lists what it is told to."""

    def __init__(self, answer: TemplateList) -> None:
        super().__init__()
        self.answer = answer

    async def list_templates(self, *, tenant_id: int | None = None) -> TemplateList:
        del tenant_id
        return self.answer


@dataclass
class Desk:
    company: Company

    async def sync(self, answer: TemplateList | None, at: datetime = NOW) -> None:
        async def provider_of(_: TenantTransaction, __: Channel) -> WhatsAppProvider:
            if answer is None:
                raise Unavailable
            return Listing(answer)

        job = SyncTemplates(self.company.tenant_id, self.company.receiver.channel_id)
        await sync_templates(self.company.db, provider_of, lambda: at, job)

    async def told(self, number: int, at: datetime, **told: object) -> None:
        """The provider's event, through the webhook and its job."""
        template = {"wabaId": ACCOUNT, "name": "hola", "language": "es_AR", **told}
        event = {
            "id": f"evt_tpl_{number:06d}",
            "type": "whatsapp.template.reviewed",
            "apiVersion": "v2",
            "createTime": at.isoformat(),
            "whatsappTemplate": template,
        }
        assert (await self.company.receiver.post(event)).status_code == 200
        async with self.company.db.tenant(self.company.tenant_id) as tx:
            ids = [row.id for row in await tx.all(SQL["jobs_of_template"], Row)]
        await apply_event(self.company.db, TemplateTold(self.company.tenant_id, ids[-1]))

    async def kept(self) -> list[Kept]:
        async with self.company.db.tenant(self.company.tenant_id) as tx:
            return await tx.all(SQL["templates"], Kept)

    async def asked(self) -> list[Asked]:
        async with self.company.db.tenant(self.company.tenant_id) as tx:
            return await tx.all(SQL["sync"], Asked)


@dataclass(frozen=True)
class Row:
    id: int


@pytest.fixture
async def desk(db: Database, database: support.Database, redis_url: str) -> AsyncGenerator[Desk]:
    async with demo_company(db, database, redis_url) as company:
        yield Desk(company)


async def test_what_is_listed_is_kept_with_state_and_reason_and_announced(desk: Desk) -> None:
    await desk.sync((HELLO, PROMO))
    assert [(one.name, one.status, one.category, one.reason) for one in await desk.kept()] == [
        ("hola", "APPROVED", "UTILITY", None),
        ("promo", "REJECTED", "MARKETING", "INVALID_FORMAT"),
    ]
    assert await desk.asked() == [Asked(finished=True, error=None)]
    assert "TEMPLATES_UPDATED" in await desk.company.events()


async def test_what_is_gone_at_the_provider_is_marked_never_deleted_and_comes_back(desk: Desk) -> None:
    await desk.sync((HELLO, PROMO))
    await desk.sync((HELLO,), NOW + timedelta(minutes=1))
    assert [(one.name, one.removed) for one in await desk.kept()] == [("hola", False), ("promo", True)]
    await desk.sync((HELLO, PROMO), NOW + timedelta(minutes=2))
    assert [one.removed for one in await desk.kept()] == [False, False]


@pytest.mark.parametrize(
    ("answer", "error"), [(Refused("UNAUTHORIZED", "", None, False), "UNAUTHORIZED"), (None, "NO_KEY")]
)
async def test_a_listing_that_failed_changes_nothing_and_says_so(
    desk: Desk, answer: TemplateList | None, error: str
) -> None:
    await desk.sync((HELLO,))
    await desk.sync(answer, NOW + timedelta(minutes=1))
    assert [one.removed for one in await desk.kept()] == [False]
    assert await desk.asked() == [Asked(finished=True, error=error)]


async def test_news_older_than_what_is_known_change_nothing(desk: Desk) -> None:
    await desk.sync((HELLO,))
    await desk.told(1, NOW + timedelta(minutes=3), status="PAUSED")
    await desk.told(2, NOW + timedelta(minutes=2), status="APPROVED")
    assert [one.status for one in await desk.kept()] == ["PAUSED"]
    await desk.sync((HELLO,), NOW + timedelta(minutes=1))
    assert [one.status for one in await desk.kept()] == ["PAUSED"], "a listing asked for before the news"
    await desk.sync((replace(HELLO, status="DISABLED"),), NOW + timedelta(minutes=4))
    assert [one.status for one in await desk.kept()] == ["DISABLED"]


async def test_an_event_of_an_unknown_template_enters_it_and_keeps_what_it_does_not_tell(desk: Desk) -> None:
    await desk.told(1, NOW, status="APPROVED", category="UTILITY", components=list(BODY))
    await desk.told(2, NOW + timedelta(minutes=1), status="REJECTED", reason="PROMOTIONAL")
    (known,) = await desk.kept()
    assert (known.status, known.category, known.reason) == ("REJECTED", "UTILITY", "PROMOTIONAL")
    assert known.components == list(BODY)


async def test_a_template_of_another_account_is_quarantined(desk: Desk) -> None:
    event = {
        "id": "evt_tpl_foreign",
        "type": "whatsapp.template.reviewed",
        "whatsappTemplate": {"wabaId": "999", "name": "hola", "language": "es_AR", "status": "APPROVED"},
    }
    assert (await desk.company.receiver.post(event)).status_code == 200
    assert await desk.kept() == []
