"""Delivers webhooks as the providers do: signed, at least once, unordered, tried again and again (README §1.1, §2)."""

from __future__ import annotations

import asyncio
import hashlib
import json
from typing import TYPE_CHECKING, Final

import httpx

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from nexus.simulator.dialect import Notice
    from nexus.simulator.journal import Journal
    from nexus.simulator.state import Account, Bubble, Conversation, Endpoint

TIMEOUT_SECONDS: Final = 15.0
# In real time: how long events wait to be reordered when too few follow, and for one another when let go.
HOLD_SECONDS: Final = 1.0
CONCURRENT: Final = 64


class Courier:
    """Owns every background task of the simulator; `clock_scale` multiplies all waiting.

    `retry_delays` stand for those of every provider.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        journal: Journal,
        clock_scale: float,
        retry_delays: tuple[float, ...] | None = None,
    ) -> None:
        self._http = http
        self._journal = journal
        self._scale = clock_scale
        self._retry_delays = retry_delays
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(CONCURRENT)

    @property
    def pending(self) -> int:
        """How much of the world is still under way: deliveries, their retries, statuses to come."""
        return len(self._tasks)

    async def wait(self, seconds: float) -> None:
        """Sleep on the simulator's clock."""
        await asyncio.sleep(seconds * self._scale)

    def start(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        """Run in the background until done or `close`."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def publish(self, account: Account, notice: Notice, shown: tuple[Conversation, Bubble] | None = None) -> None:
        """Deliver one notice in the current weather; `shown` gets its second tick when it arrives."""
        account.notices[notice.id] = notice
        weather = account.weather
        if weather.reorder_left > 0:
            weather.held.append(notice)
            weather.reorder_left -= 1
            if weather.reorder_left == 0:
                self._release(account)
            elif len(weather.held) == 1:
                self.start(self._release_later(account))
            return
        self.redeliver(account, notice, shown=shown)

    def redeliver(
        self, account: Account, *notices: Notice, shown: tuple[Conversation, Bubble] | None = None
    ) -> list[asyncio.Task[None]]:
        """Deliver now, in one body, to every subscribed endpoint; the same notice any number of times."""
        weather = account.weather
        copies, delay = 1, 0.0
        if weather.duplicate_next > 0:
            weather.duplicate_next -= 1
            copies = 2
        if weather.delay_next > 0:
            weather.delay_next -= 1
            delay = weather.delay_seconds
        wanted = [
            (endpoint, tuple(one for one in notices if not endpoint.events or one.type in endpoint.events))
            for endpoint in account.endpoints.values()
            if endpoint.status == "active"
        ]
        return [
            self.start(self._deliver(account, endpoint, told, delay, shown))
            for endpoint, told in wanted
            if told
            for _ in range(copies)
        ]

    async def close(self) -> None:
        """Cancel what is still waiting."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _release(self, account: Account) -> None:
        weather = account.weather
        held, together = weather.held, weather.together
        weather.held, weather.reorder_left, weather.together = [], 0, False
        held.reverse()
        if together:
            self.redeliver(account, *held)
        else:
            self.start(self._one_by_one(account, held))

    async def _one_by_one(self, account: Account, held: list[Notice]) -> None:
        for notice in held:
            tasks = self.redeliver(account, notice)
            if tasks:
                await asyncio.wait(tasks, timeout=HOLD_SECONDS)

    async def _release_later(self, account: Account) -> None:
        await asyncio.sleep(HOLD_SECONDS)
        if account.weather.held:
            self._release(account)

    async def _deliver(
        self,
        account: Account,
        endpoint: Endpoint,
        notices: tuple[Notice, ...],
        delay: float,
        shown: tuple[Conversation, Bubble] | None,
    ) -> None:
        told = account.dialect.body(notices)
        body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        delays = account.dialect.retry_delays if self._retry_delays is None else self._retry_delays
        for attempt, pause in enumerate((delay, *delays), 1):
            await self.wait(pause)
            async with self._slots:
                status, problem = await self._post(endpoint, body, account.dialect.headers(endpoint, body))
            arrived = status is not None and 200 <= status < 300  # noqa: PLR2004 - any 2xx
            last = attempt == len(delays) + 1
            for notice in notices:
                self._journal.write(
                    "delivery",
                    account.business_number,
                    {
                        "event_id": notice.id,
                        "event_type": notice.type,
                        "says": notice.says,
                        "wamid": notice.wamid,
                        "phone": notice.phone,
                        "endpoint_id": endpoint.id,
                        "attempt": attempt,
                        "status": status,
                        "error": problem,
                        "outcome": "delivered" if arrived else ("given_up" if last else "will_retry"),
                        "sha256": hashlib.sha256(body).hexdigest(),
                        "event": notice.body,
                    },
                )
            if arrived:
                if shown and shown[1].status == "sent":
                    shown[0].set_status(shown[1].wamid, "delivered")
                return

    async def _post(self, endpoint: Endpoint, body: bytes, headers: dict[str, str]) -> tuple[int | None, str | None]:
        told = {"Content-Type": "application/json", **headers}
        try:
            answer = await self._http.post(endpoint.url, content=body, headers=told, timeout=TIMEOUT_SECONDS)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return None, type(error).__name__
        return answer.status_code, None
