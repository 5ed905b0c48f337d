"""Whoever's work began first gets the next connection, and a queue that moves turns nobody away."""

from __future__ import annotations

import asyncio
import time
from contextlib import nullcontext

import pytest

from core.connection_queue import ConnectionQueue, one_work


async def settle() -> None:
    """Let everything that can run do so."""
    for _ in range(5):
        await asyncio.sleep(0)


@pytest.mark.parametrize("nested", [False, True])
async def test_the_older_work_goes_first(nested: bool) -> None:
    queue = ConnectionQueue(1)
    served: list[str] = []
    await queue.enter()

    async def work(name: str, asks_after: int) -> None:
        with one_work():
            for _ in range(asks_after):
                await asyncio.sleep(0)
            with one_work() if nested else nullcontext():
                await queue.enter()
            served.append(name)
            queue.leave()

    all_of_it = asyncio.gather(work("old", 3), work("young", 2), work("youngest", 1))
    await settle()
    queue.leave()
    await all_of_it
    assert served == ["old", "young", "youngest"]


async def test_a_queue_that_stands_still_is_an_outage() -> None:
    queue = ConnectionQueue(1, patience=0.05)
    await queue.enter()
    with pytest.raises(TimeoutError):
        await queue.enter()


async def test_a_queue_that_moves_is_none() -> None:
    queue = ConnectionQueue(2, patience=0.2, longest=60)
    await queue.enter()
    await queue.enter()
    waiting = asyncio.create_task(queue.enter())
    for _ in range(8):  # of longer work: another seat is given back and taken all the time
        await asyncio.sleep(0.05)
        queue._moved_at = time.monotonic()  # pyright: ignore[reportPrivateUsage] - as a seat that went on
    assert not waiting.done()
    queue.leave()
    await waiting


async def test_nobody_waits_for_ever_though_it_moves() -> None:
    queue = ConnectionQueue(2, patience=0.05, longest=0.1)
    await queue.enter()
    await queue.enter()
    began = time.monotonic()
    waiting = asyncio.create_task(queue.enter())
    while not waiting.done() and time.monotonic() - began < 5:
        queue._moved_at = time.monotonic()  # pyright: ignore[reportPrivateUsage] - as a seat that went on
        await asyncio.sleep(0.01)
    with pytest.raises(TimeoutError):
        await waiting


async def test_what_failed_is_no_sign_of_life() -> None:
    queue = ConnectionQueue(1, patience=0.2)
    await queue.enter()
    moved_at = queue._moved_at  # pyright: ignore[reportPrivateUsage] - what the patience is counted from
    await asyncio.sleep(0.01)
    queue.leave(moved=False)
    assert queue._moved_at == moved_at  # pyright: ignore[reportPrivateUsage] - the same
    queue.leave()
    assert queue._moved_at > moved_at  # pyright: ignore[reportPrivateUsage] - the same


@pytest.mark.parametrize("called_first", [True, False])
async def test_a_seat_is_not_lost_with_who_gave_up(called_first: bool) -> None:
    queue = ConnectionQueue(1)
    await queue.enter()
    waiting = asyncio.create_task(queue.enter())
    await settle()
    if called_first:
        queue.leave()
        waiting.cancel()
    else:
        waiting.cancel()
        await settle()
        queue.leave()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    async with asyncio.timeout(1):
        await queue.enter()
