"""How fast a number may send: exact over all workers, alone where Redis is away, never a reason to lose a message."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest

from core.channels import Channel
from core.clock import system_clock
from core.contracts import Deliver, DeliveryUncertain
from core.redis import open_redis
from core.sending_limits import Rate, SendingLimits, SendingRates
from core.statements import sibling_statements
from core.whatsapp import Unknown
from orchestrator_service.chat.uncertain import tell_of_uncertain
from tests.integration.chat.company import demo_company
from tests.integration.whatsapp.test_deliver import FakeProvider, Sending
from whatsapp_service.delivery.deliver import deliver

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from core.database import Database, TenantTransaction
    from core.whatsapp import WhatsAppProvider
    from tests.support import servers as support

SQL = sibling_statements(__file__)
NOWHERE = "redis://127.0.0.1:1"
SLOW = SendingRates(numbers={"ycloud": Rate(0.2, 3), "meta": Rate(0.001, 1000)}, pairs={"meta": Rate(0.2, 2)})


def channel(ident: int = 1, provider: str = "ycloud") -> Channel:
    return Channel(ident, "meta" if provider == "meta" else "ycloud", "+5491130001000", None, None, True, "live")


@pytest.fixture(params=["shared", "alone"])
async def limits(redis_url: str, request: pytest.FixtureRequest) -> AsyncGenerator[SendingLimits]:
    redis = open_redis(redis_url if request.param == "shared" else NOWHERE)
    yield SendingLimits(redis, "here", SLOW)
    await redis.aclose()


async def test_a_number_sends_its_burst_and_then_at_its_rate(limits: SendingLimits) -> None:
    assert [await limits.take(1, channel(), "a") for _ in range(3)] == [0, 0, 0]
    wait = await limits.take(1, channel(), "b")
    assert 0 < wait <= 0.2
    assert 0 < await limits.take(1, channel(), "b") <= 0.2, "a refusal takes no token"
    await asyncio.sleep(wait + 0.01)
    assert await limits.take(1, channel(), "b") == 0
    assert await limits.take(1, channel(), "b") > 0


async def test_each_company_and_number_has_its_own(limits: SendingLimits) -> None:
    for tenant_id, number in ((1, 1), (1, 2), (2, 1)):
        assert [await limits.take(tenant_id, channel(number), "a") for _ in range(3)] == [0, 0, 0]
        assert await limits.take(tenant_id, channel(number), "a") > 0


async def test_metas_pair_has_a_rate_of_its_own(limits: SendingLimits) -> None:
    meta = channel(provider="meta")
    assert [await limits.take(1, meta, "a") for _ in range(2)] == [0, 0]
    assert await limits.take(1, meta, "a") > 0
    assert await limits.take(1, meta, "b") == 0


async def test_workers_share_the_rate(redis_url: str) -> None:
    redis = open_redis(redis_url)
    workers = [SendingLimits(redis, "here", SLOW) for _ in range(4)]
    taken = await asyncio.gather(*(worker.take(1, channel(), "a") for worker in workers for _ in range(5)))
    assert taken.count(0) == 3
    await redis.flushdb()
    assert await workers[0].take(1, channel(), "a") == 0
    await redis.aclose()


async def test_redis_being_away_costs_one_short_wait_and_no_message() -> None:
    limits = SendingLimits(open_redis(NOWHERE), "here")
    began = time.monotonic()
    assert [await limits.take(1, channel(), "a") for _ in range(50)] == [0] * 50
    assert time.monotonic() - began < 1


@pytest.fixture
async def sending(db: Database, database: support.Database, redis_url: str) -> AsyncGenerator[Sending]:
    async with demo_company(db, database, redis_url) as company:
        await company.says("Hola")
        await company.turn()
        yield Sending(company, FakeProvider(), (await company.replies())[0].id)


async def test_a_message_without_a_token_comes_back_and_holds_no_worker(sending: Sending, redis_url: str) -> None:
    async def provider_of(_: TenantTransaction, __: Channel) -> WhatsAppProvider:
        return sending.provider

    async def jobs() -> int:
        async with sending.company.db.tenant(sending.company.tenant_id) as tx:
            return await tx.value(SQL["deliveries_ahead"], int) or 0

    redis = open_redis(redis_url)
    limits = SendingLimits(redis, "here", SendingRates({"ycloud": Rate(30.0, 1)}, {}))
    company, job = sending.company, Deliver(sending.company.tenant_id, sending.message_id)
    assert await limits.take(company.tenant_id, channel(company.receiver.channel_id), "x") == 0
    before = await jobs()
    await deliver(company.db, provider_of, system_clock, job, limits=limits)
    assert sending.provider.sent == []
    assert (await sending.row()).state == "queued"
    assert (await sending.row()).attempts == 0
    assert await jobs() == before + 1
    await redis.flushdb()
    await deliver(company.db, provider_of, system_clock, job, limits=limits)
    assert (await sending.row()).state == "sent"
    await redis.aclose()


async def test_a_message_that_stays_unknown_is_a_persons_to_look_at_and_is_not_sent_again(sending: Sending) -> None:
    sending.provider.results = [Unknown("timeout")]
    await sending.deliver()
    assert await sending.shown() == "unknown"
    async with sending.company.db.tenant(sending.company.tenant_id) as tx:
        assert await tx.value(SQL["looks_ahead"], int) == 1
    job = DeliveryUncertain(sending.company.tenant_id, sending.message_id)
    for _ in range(2):
        await tell_of_uncertain(sending.company.db, job)
    assert await sending.company.count("tasks") == 1
    await sending.deliver()
    assert len(sending.provider.sent) == 1


async def test_a_message_that_the_provider_spoke_of_meanwhile_calls_nobody(sending: Sending) -> None:
    sending.provider.results = [Unknown("timeout")]
    await sending.deliver()
    await sending.told("delivered", 1, wamid="wamid.LATE")
    await tell_of_uncertain(sending.company.db, DeliveryUncertain(sending.company.tenant_id, sending.message_id))
    assert await sending.company.count("tasks") == 0
