"""The two-minute cache of webhooks: speed only, so it must never say yes wrongly and never fail."""

import asyncio
import time

from core.redis import open_redis
from whatsapp_service.inbox.fast_path import FastPath

HASH, OTHER = b"h" * 32, b"o" * 32


async def test_only_the_same_body_of_the_same_company_is_known(redis_url: str) -> None:
    redis = open_redis(redis_url)
    fast_path = FastPath(redis, "here")
    await fast_path.remember(1, "ycloud", "evt_1", HASH)
    assert await fast_path.has(1, "ycloud", "evt_1", HASH)
    assert not await fast_path.has(1, "ycloud", "evt_1", OTHER)
    assert not await fast_path.has(2, "ycloud", "evt_1", HASH)
    assert not await fast_path.has(1, "meta", "evt_1", HASH)
    await redis.aclose()


async def test_many_are_remembered_at_once_each_with_its_own_body(redis_url: str) -> None:
    redis = open_redis(redis_url)
    fast_path = FastPath(redis, "here")
    events = [(f"evt_{number}", bytes([number]) * 32) for number in range(128)]
    await fast_path.remember_all(1, "ycloud", events)
    assert await fast_path.known(1, "ycloud", [*events, ("evt_0", OTHER), ("evt_128", HASH)]) == set(events)
    assert 100 < await redis.ttl("here:webhook:1:ycloud:evt_127") <= 120
    await redis.aclose()


async def test_two_installations_on_one_redis_do_not_swallow_each_others_messages(redis_url: str) -> None:
    redis = open_redis(redis_url)
    await FastPath(redis, "here").remember(1, "ycloud", "evt_1", HASH)
    assert not await FastPath(redis, "there").has(1, "ycloud", "evt_1", HASH)
    await redis.aclose()


async def test_a_redis_that_is_away_means_not_known() -> None:
    redis = open_redis("redis://127.0.0.1:1")
    fast_path = FastPath(redis, "here")
    await fast_path.remember(1, "ycloud", "evt_1", HASH)
    assert not await fast_path.has(1, "ycloud", "evt_1", HASH)
    await redis.aclose()


async def test_what_is_remembered_is_forgotten_after_two_minutes(redis_url: str) -> None:
    redis = open_redis(redis_url)
    await FastPath(redis, "here").remember(1, "ycloud", "evt_1", HASH)
    seconds = await redis.ttl("here:webhook:1:ycloud:evt_1")
    assert 100 < seconds <= 120
    await redis.aclose()


async def test_a_redis_that_hangs_is_waited_for_once() -> None:
    async def never_answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(1000):
            pass
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(never_answers, "127.0.0.1", 0)
    redis = open_redis(f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    fast_path, began = FastPath(redis, "here"), time.monotonic()
    for number in range(40):
        assert not await fast_path.has(1, "meta", f"evt_{number}", HASH)
    assert time.monotonic() - began < 2
    await redis.aclose()
    server.close()
    await asyncio.sleep(0.1)  # the connections see their end
