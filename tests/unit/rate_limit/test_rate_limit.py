"""Rate limits: shared through Redis, exact, never in the way of the event loop, and never the cause of a 5xx."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from contextlib import asynccontextmanager
from ipaddress import ip_network
from typing import TYPE_CHECKING

import httpx
import pytest
from fastapi import Depends, FastAPI
from redis.backoff import NoBackoff
from redis.retry import Retry
from slowapi import Limiter
from slowapi.errors import RateLimitExceeded
from starlette.requests import Request
from starlette.responses import Response

from core.errors import TooManyRequests
from core.problems import install_problems
from core.rate_limit import RateLimiter, limit
from tests.unit.rate_limit.conftest import valkey_at

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable
    from pathlib import Path

LOOPBACK = (ip_network("127.0.0.0/8"),)
OTHER_PROCESS = """
import asyncio, sys
from core.errors import TooManyRequests
from core.rate_limit import RateLimiter

async def main():
    limiter = RateLimiter(sys.argv[1])
    for _ in range(3):
        await limiter.check("5/minute", scope="login", key="ana")
    assert not limiter.in_memory
    await limiter.aclose()

asyncio.run(main())
"""


@asynccontextmanager
async def limiter_at(url: str | None, *, pause: float = 3.0, patience: float = 0.25) -> AsyncGenerator[RateLimiter]:
    limiter = RateLimiter(url, pause=pause, timeout=patience, trusted_proxies=LOOPBACK)
    try:
        yield limiter
    finally:
        await limiter.aclose()


async def allowed(limiter: RateLimiter, times: int, *, key: str = "ana", rule: str = "5/minute") -> int:
    count = 0
    for _ in range(times):
        try:
            await limiter.check(rule, scope="login", key=key)
        except TooManyRequests:
            continue
        count += 1
    return count


async def test_two_processes_share_the_count(valkey_url: str) -> None:
    await asyncio.to_thread(subprocess.run, [sys.executable, "-c", OTHER_PROCESS, valkey_url], check=True, timeout=60)
    async with limiter_at(valkey_url) as here:
        assert await allowed(here, 9) == 2
        assert await allowed(here, 9, key="luz") == 5
        assert not here.in_memory


async def test_control_two_limiters_in_memory_share_nothing() -> None:
    async with limiter_at(None) as one, limiter_at(None) as two:
        assert await allowed(one, 9) + await allowed(two, 9) == 10
        assert one.in_memory


async def test_simultaneous_requests_get_through_exactly_as_often_as_allowed(valkey_url: str) -> None:
    # A busy machine may take longer than the service would wait; what is counted here is the exactness.
    async with limiter_at(valkey_url, patience=10.0) as limiter:
        counts = await asyncio.gather(*(allowed(limiter, 1, rule="20/minute") for _ in range(200)))
        assert sum(counts) == 20
        assert not limiter.in_memory


async def test_several_limits_in_one_rule_all_hold(valkey_url: str) -> None:
    async with limiter_at(valkey_url) as limiter:
        assert await allowed(limiter, 9, rule="7/minute;3 per 15 minutes") == 3


async def test_the_window_moves_and_retry_after_says_when(valkey_url: str) -> None:
    async with limiter_at(valkey_url) as limiter:
        assert await allowed(limiter, 5, rule="2/second") == 2
        with pytest.raises(TooManyRequests) as refused:
            await limiter.check("2/second", scope="login", key="ana")
        assert refused.value.retry_after == 1
        assert isinstance(refused.value.__cause__, RateLimitExceeded)
        await asyncio.sleep(1.05)
        assert await allowed(limiter, 1, rule="2/second") == 1


async def test_neither_addresses_nor_accounts_lie_readable_in_redis(valkey_url: str, folder: Path) -> None:
    async with limiter_at(valkey_url) as limiter:
        await limiter.check("5/minute", scope="login", key="ana@example.com")
    reader, writer = await asyncio.open_unix_connection(folder / "s")
    writer.write(b"KEYS *\r\n")
    keys = await reader.read(4096)
    writer.close()
    assert b"nexus:limit" in keys
    assert b"ana" not in keys


async def test_without_redis_memory_counts_quickly_and_redis_counts_again_when_it_is_back(folder: Path) -> None:
    async with limiter_at(f"unix://{folder}/s", pause=0.2) as limiter:
        begun = time.monotonic()
        assert await allowed(limiter, 9) == 5
        assert time.monotonic() - begun < 1
        assert limiter.in_memory
        with valkey_at(folder / "s"):
            await asyncio.sleep(0.25)
            assert await allowed(limiter, 9, key="luz") == 5
            assert not limiter.in_memory


async def longest_gap_while(work: Awaitable[object]) -> float:
    """Seconds for which the event loop could not run anything else."""
    gaps: list[float] = []

    async def tick() -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(0.005)
            gaps.append(time.monotonic() - before)

    ticker = asyncio.create_task(tick())
    await asyncio.sleep(0.02)
    await work
    await asyncio.sleep(0.02)
    ticker.cancel()
    return max(gaps)


async def test_a_silent_redis_costs_one_short_wait_and_never_blocks_the_loop(silent_url: str) -> None:
    async with limiter_at(silent_url) as limiter:
        begun = time.monotonic()
        gap = await longest_gap_while(allowed(limiter, 6))
        assert time.monotonic() - begun < 1
        assert gap < 0.2
        assert await allowed(limiter, 1) == 0


async def test_when_redis_stays_silent_only_one_request_of_many_probes_it_again(silent_url: str) -> None:
    async with limiter_at(silent_url, pause=0.5) as limiter:
        await allowed(limiter, 1)
        await asyncio.sleep(0.55)
        assert not limiter.in_memory

        async def seconds() -> float:
            begun = time.monotonic()
            await allowed(limiter, 1)
            return time.monotonic() - begun

        waits = await asyncio.gather(*(seconds() for _ in range(20)))
        assert sum(wait > 0.2 for wait in waits) == 1


async def test_control_slowapis_own_decorator_blocks_the_loop_on_a_silent_redis(silent_url: str) -> None:
    limiter = Limiter(
        key_func=lambda: "ana",
        storage_uri=silent_url.replace("unix", "redis+unix"),
        storage_options={"socket_timeout": 0.4, "retry": Retry(NoBackoff(), 0)},  # pyright: ignore[reportArgumentType]
        in_memory_fallback_enabled=True,
    )

    @limiter.limit("5/minute")  # pyright: ignore[reportUntypedFunctionDecorator]
    async def handler(request: Request) -> Response:
        await asyncio.sleep(0)
        return Response(request.url.path)

    request = Request(
        {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b"", "server": None}
    )
    assert await longest_gap_while(handler(request=request)) > 0.3


def make_app(limiter: RateLimiter) -> FastAPI:
    app = FastAPI()
    install_problems(app)
    app.state.rate_limiter = limiter

    async def login() -> str:
        return "in"

    for path in ("/login", "/login/again"):
        app.add_api_route(path, login, methods=["POST"], dependencies=[Depends(limit("5/minute", scope="auth.login"))])
    return app


async def test_the_sixth_login_of_a_minute_is_a_429_with_retry_after(valkey_url: str) -> None:
    async with limiter_at(valkey_url) as limiter:
        transport = httpx.ASGITransport(make_app(limiter), client=("203.0.113.9", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
            answers = [await http.post("/login") for _ in range(4)]
            answers += [await http.post("/login/again", headers={"x-forwarded-for": f"10.0.0.{n}"}) for n in range(3)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
    assert answers[-1].json()["code"] == "rate_limited"
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60


async def test_clients_behind_our_proxy_are_counted_apart() -> None:
    async with limiter_at(None) as limiter:
        transport = httpx.ASGITransport(make_app(limiter), client=("127.0.0.1", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
            statuses = [
                (await http.post("/login", headers={"x-forwarded-for": address})).status_code
                for address in ["198.51.100.1"] * 6 + ["198.51.100.2"]
            ]
    assert statuses == [200] * 5 + [429, 200]


@pytest.mark.parametrize("rule", ["", "five a minute", "5/fortnight"])
def test_a_bad_rule_fails_when_the_route_is_declared(rule: str) -> None:
    with pytest.raises(ValueError, match=r"rate limit|notation|parse|granularity"):
        limit(rule, scope="x")


async def test_another_scheme_than_redis_is_refused() -> None:
    with pytest.raises(ValueError, match="redis://"):
        RateLimiter("memcached://127.0.0.1")
