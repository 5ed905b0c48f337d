"""Delivers webhooks as YCloud does: signed, at least once, unordered, retried for 5 h 35 min (README §1.1)."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from typing import TYPE_CHECKING, Final

import httpx

from core.ycloud.signature import ENDPOINT_HEADER, HEADER, sign

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from core.whatsapp import JsonObject
    from nexus.simulator.journal import Journal
    from nexus.simulator.state import Account, Bubble, Conversation, Endpoint

RETRY_DELAYS: Final = (10, 30, 300, 1800, 3600, 7200, 7200)
TIMEOUT_SECONDS: Final = 15.0
# In real time: how long events wait to be reordered when too few follow, and for one another when let go.
HOLD_SECONDS: Final = 1.0
CONCURRENT: Final = 64


class Courier:
    """Owns every background task of the simulator; `clock_scale` multiplies all waiting."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        journal: Journal,
        clock_scale: float,
        retry_delays: tuple[float, ...] = RETRY_DELAYS,
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

    def publish(self, account: Account, event: JsonObject, shown: tuple[Conversation, Bubble] | None = None) -> None:
        """Deliver one event in the current weather; `shown` gets its second tick when it arrives."""
        account.events[str(event["id"])] = event
        weather = account.weather
        if weather.reorder_left > 0:
            weather.held.append(event)
            weather.reorder_left -= 1
            if weather.reorder_left == 0:
                self._release(account)
            elif len(weather.held) == 1:
                self.start(self._release_later(account))
            return
        self.redeliver(account, event, shown)

    def redeliver(
        self, account: Account, event: JsonObject, shown: tuple[Conversation, Bubble] | None = None
    ) -> list[asyncio.Task[None]]:
        """Deliver now, to every subscribed endpoint; the same event id may be delivered any number of times."""
        weather = account.weather
        copies, delay = 1, 0.0
        if weather.duplicate_next > 0:
            weather.duplicate_next -= 1
            copies = 2
        if weather.delay_next > 0:
            weather.delay_next -= 1
            delay = weather.delay_seconds
        return [
            self.start(self._deliver(account, endpoint, event, delay, shown))
            for endpoint in account.endpoints.values()
            if endpoint.status == "active" and (not endpoint.events or event["type"] in endpoint.events)
            for _ in range(copies)
        ]

    async def close(self) -> None:
        """Cancel what is still waiting."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _release(self, account: Account) -> None:
        held, account.weather.held, account.weather.reorder_left = account.weather.held, [], 0
        self.start(self._release_reversed(account, held))

    async def _release_reversed(self, account: Account, held: list[JsonObject]) -> None:
        for event in reversed(held):
            tasks = self.redeliver(account, event)
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
        event: JsonObject,
        delay: float,
        shown: tuple[Conversation, Bubble] | None,
    ) -> None:
        body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
        for attempt, pause in enumerate((delay, *self._retry_delays), 1):
            await self.wait(pause)
            async with self._slots:
                status, problem = await self._post(endpoint, body)
            arrived = status is not None and 200 <= status < 300  # noqa: PLR2004 - any 2xx
            last = attempt == len(self._retry_delays) + 1
            self._journal.write(
                "delivery",
                account.business_number,
                {
                    "event_id": event["id"],
                    "event_type": event["type"],
                    "endpoint_id": endpoint.id,
                    "attempt": attempt,
                    "status": status,
                    "error": problem,
                    "outcome": "delivered" if arrived else ("given_up" if last else "will_retry"),
                    "sha256": hashlib.sha256(body).hexdigest(),
                    "event": event,
                },
            )
            if arrived:
                if shown and shown[1].status == "sent":
                    shown[0].set_status(shown[1].wamid, "delivered")
                return

    async def _post(self, endpoint: Endpoint, body: bytes) -> tuple[int | None, str | None]:
        headers = {
            "Content-Type": "application/json",
            HEADER: sign(endpoint.secret, int(time.time()), body),
            ENDPOINT_HEADER: endpoint.id,
        }
        try:
            answer = await self._http.post(endpoint.url, content=body, headers=headers, timeout=TIMEOUT_SECONDS)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return None, type(error).__name__
        return answer.status_code, None
