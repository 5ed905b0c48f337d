"""One statement on one connection, from tests that are not coroutines."""

import redis

from nexus.servers.bootstrap import connected, run_blocking


def ask(url: str, query: str) -> object:
    async def run() -> object:
        async with connected(url) as connection:
            return await connection.fetchval(query)

    return run_blocking(run())


def execute(url: str, statement: str) -> None:
    async def run() -> None:
        async with connected(url) as connection:
            await connection.execute(statement)

    run_blocking(run())


def answers_ping(redis_url: str) -> bool:
    """Whether Valkey answers at `redis_url`."""
    with redis.Redis.from_url(redis_url) as client:
        return bool(client.ping())
