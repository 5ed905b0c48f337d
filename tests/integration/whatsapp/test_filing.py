"""One job files all the statuses that wait, and none is ever left without a job."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass

import pytest

from core.contracts import StatusReceived
from core.database import Database, TenantTransaction
from core.database_errors import ConstraintViolated
from core.whatsapp import StatusUpdate
from tests.integration.chat.company import Company, demo_company
from tests.integration.whatsapp.test_webhook import SQL
from tests.integration.whatsapp.webhooks import PROVIDERS, text_event
from tests.support import servers as support
from whatsapp_service.delivery import statuses
from whatsapp_service.delivery.deliver import external_id
from whatsapp_service.delivery.statuses import record_status
from whatsapp_service.inbox.filing import expect_filing


@dataclass(frozen=True)
class Waiting:
    """What waits to be filed, and the jobs about statuses."""

    events: int
    filings: int
    reports: int
    filed: int


@pytest.fixture(params=PROVIDERS)
async def company(
    db: Database, database: support.Database, redis_url: str, request: pytest.FixtureRequest
) -> AsyncGenerator[Company]:
    async with demo_company(db, database, redis_url, provider=request.param) as made:
        await made.says("Hola")
        await made.turn()
        yield made


async def told(company: Company, status: str, number: int) -> None:
    """The provider speaks of the first reply."""
    (reply, *_) = await company.replies()
    event = {
        "id": f"evt_status_{number:06d}",
        "type": "whatsapp.message.updated",
        "apiVersion": "v2",
        "createTime": "2026-11-22T15:00:01.000Z",
        "whatsappMessage": {
            "id": f"65f0aaaa{number:016d}", "wamid": f"wamid.OUT{number}", "wabaId": "102030405060708",
            "from": "+5491130001000", "to": "+5491155512345", "type": "text", "status": status,
            "externalId": external_id(company.tenant_id, reply.id),
            "createTime": "2026-11-22T15:00:02.000Z", "updateTime": "2026-11-22T15:00:05.000Z",
        },
    }  # fmt: skip
    assert (await company.receiver.post(event)).status_code == 200


async def waiting(company: Company) -> Waiting:
    async with company.db.tenant(company.tenant_id) as tx:
        found = await tx.one(SQL["statuses_waiting"], Waiting)
    assert found is not None
    return found


async def work(company: Company) -> None:
    """The job of the queue is worked off."""
    async with company.db.system() as tx:
        await tx.run(SQL["take_filings"])
    await record_status(company.db, StatusReceived(company.tenant_id, 0))


async def test_many_statuses_are_one_job_and_each_message_is_shown_once(company: Company) -> None:
    for number, status in enumerate(("sent", "delivered", "read")):
        await told(company, status, number)
    assert await waiting(company) == Waiting(events=3, filings=1, reports=0, filed=0)
    await work(company)
    assert await waiting(company) == Waiting(events=0, filings=0, reports=1, filed=3)
    await told(company, "read", 9)
    assert (await waiting(company)).filings == 1, "the next one has a job again"


async def test_more_than_one_job_takes_at_once_are_filed_by_the_next(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statuses, "MOST_AT_ONCE", 2)
    for number in range(3):
        await told(company, "delivered", number)
    await work(company)
    assert ((await waiting(company)).events, (await waiting(company)).filings) == (1, 1)
    await work(company)
    assert (await waiting(company)).filed == 3


async def accept_while_the_job_begins(company: Company) -> None:
    """A status whose accept has seen the job waiting commits after the job was taken."""
    await told(company, "sent", 1)
    async with company.db.tenant(company.tenant_id) as tx:
        await tx.run(SQL["copy_status"])
        await expect_filing(tx, 0)  # a job waits: nothing is enqueued
        running = asyncio.create_task(work(company))
        await asyncio.sleep(0.3)
    await running


async def test_a_status_that_is_being_accepted_is_waited_for(company: Company) -> None:
    await accept_while_the_job_begins(company)
    assert await waiting(company) == Waiting(events=0, filings=0, reports=1, filed=2)


async def test_control_without_waiting_it_would_lie_there_without_a_job(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:

    def another(tenant_id: int) -> str:
        return f"another:{tenant_id}"

    monkeypatch.setattr(statuses, "filing_lock", another)
    await accept_while_the_job_begins(company)
    left = await waiting(company)
    assert (left.events, left.filings) == (1, 0)


async def test_one_bad_status_does_not_hold_up_the_others(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    find = statuses._message_of  # pyright: ignore[reportPrivateUsage] - one of them is spoilt

    async def spoilt(tx: TenantTransaction, status: StatusUpdate) -> int | None:
        if status.status == "delivered":
            raise ConstraintViolated("spoilt")
        return await find(tx, status)

    monkeypatch.setattr(statuses, "_message_of", spoilt)
    for number, status in enumerate(("sent", "delivered", "read")):
        await told(company, status, number)
    with pytest.raises(ConstraintViolated):
        await work(company)
    assert ((await waiting(company)).events, (await waiting(company)).filed) == (1, 2)
    monkeypatch.undo()
    await work(company)
    assert (await waiting(company)).filed == 3


async def test_messages_do_not_wait_for_statuses(company: Company) -> None:
    """Who holds the filing lock holds up no message."""
    await told(company, "sent", 1)
    async with company.db.tenant(company.tenant_id) as tx:
        await tx.run(SQL["hold_filing"])
        assert (await asyncio.wait_for(company.receiver.post(text_event("Sigo", number=77)), 3)).status_code == 200
