"""Servers that stop, hang or forget, and processes that die at random: nothing is lost, nothing leaves twice."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import count

import httpx
import pytest
from redis.asyncio import Redis

from nexus.faults.report import Report
from nexus.faults.run import Wanted, run
from tests.faults.ensemble import AT_BOTH, Ensemble, Visit, until

pytestmark = [pytest.mark.proof, pytest.mark.timeout(200)]

RECOVERY_SECONDS = 10.0
ALLOWED_ERRORS = 0.001
SHORT = Wanted(messages=80, kills=0, rate=25, customers=40, again_seconds=1.5)
TALKS = "/chat/conversations"
PATHS = ("/auth/me", "/crm/leads", "/crm/pipeline/stages")


@dataclass
class Prober:
    """Somebody of the team who goes on working; `answers` counts what the API said, None where it said nothing."""

    answers: Counter[int | None] = field(default_factory=Counter[int | None])

    @property
    def errors(self) -> float:
        """The share that was no good answer."""
        good = sum(times for status, times in self.answers.items() if status is not None and status < 300)
        return 1 - good / self.answers.total()


@asynccontextmanager
async def working(whole: Ensemble, *, seconds_apart: float) -> AsyncGenerator[Prober]:
    """The ceo looks at one page after the other, writes leads down and notes what is read."""
    prober, api = Prober(), whole.plan.api_url
    login = whole.demo.login("ceo")
    headers = {"Origin": api, "X-Nexus-CSRF": "1"}
    async with httpx.AsyncClient(base_url=api, headers=headers, trust_env=False, timeout=10) as http:
        answer = await http.post("/auth/login", json={"email": login.email, "password": login.password})
        answer.raise_for_status()

        async def ask(method: str, path: str, body: object = None) -> httpx.Response | None:
            answer: httpx.Response | None = None
            with suppress(httpx.HTTPError):
                answer = await http.request(method, path, json=body)
            prober.answers[answer.status_code if answer else None] += 1
            await asyncio.sleep(seconds_apart)
            return answer

        async def work() -> None:
            for number in count():
                for path in PATHS:
                    await ask("GET", path)
                await ask("POST", "/crm/leads", {"full_name": f"Lead {number}"})
                listed = await ask("GET", TALKS)
                talks: list[dict[str, object]] = listed.json()["items"] if listed and listed.is_success else []
                if talks:
                    await ask("POST", f"{TALKS}/{talks[0]['id']}/read", {})

        task = asyncio.create_task(work())
        try:
            yield prober
        finally:
            task.cancel()


def assert_sound(report: Report) -> None:
    assert report.drained
    assert (report.lost, report.doubled, report.untrue, report.unsettled) == ([], [], [], 0)
    assert report.refused == 0


@AT_BOTH
async def test_random_kills_under_load_lose_and_double_nothing(visit: Visit) -> None:
    report = await run(
        visit.place, Wanted(messages=100, kills=5, duplicates=0.2, rate=25, customers=40, again_seconds=1.5)
    )
    assert_sound(report)
    assert report.kills == 5


@AT_BOTH
async def test_repetition_and_disorder_change_nothing(visit: Visit) -> None:
    before = await visit.come_to_rest()
    writing = asyncio.create_task(
        run(visit.place, Wanted(60, kills=0, duplicates=1.0, rate=25, customers=20, again_seconds=1.5))
    )
    await asyncio.sleep(0.5)
    await visit.order("/reorder", {"count": 15})
    report = await writing
    assert_sound(report)
    found = (await visit.evidence()).since(before)
    assert sum(message.direction == "in" for message in found.messages) == 60
    assert report.webhooks > report.messages + 50


@pytest.mark.parametrize("provider", ["meta"])
async def test_kills_repetition_disorder_and_many_in_one_delivery_of_metas(visit: Visit) -> None:
    """What the two tests above ask of YCloud's number, of Meta's in one run, and what YCloud never does."""
    before = deliveries_of_several(visit)
    wanted = Wanted(60, kills=3, duplicates=0.5, rate=25, customers=40, again_seconds=1.5)
    report = await run(replace(visit.place, together=True), wanted)
    assert_sound(report)
    assert report.kills == 3
    assert deliveries_of_several(visit) > before, "nothing travelled together: the test proves nothing"


def deliveries_of_several(visit: Visit) -> int:
    """How many bodies told of more than one message or status."""
    told: dict[str, set[str]] = {}
    for line in visit.place.journal.read_text().splitlines() if visit.place.journal.exists() else []:
        entry = json.loads(line)
        if entry["kind"] == "delivery":
            told.setdefault(entry["sha256"], set()).add(json.dumps(entry["event"]))
    return sum(len(notices) > 1 for notices in told.values())


@AT_BOTH
async def test_control_without_keys_repetitions_are_new_messages(whole: Ensemble, visit: Visit) -> None:
    async with whole.without("take_repetitions_for_new", "whatsapp"):
        report = await run(
            visit.place, Wanted(10, kills=0, duplicates=1.0, rate=25, customers=5, again_seconds=1.5, seed=3)
        )
    assert report.doubled


@AT_BOTH
async def test_redis_flushed_stopped_and_hung_loses_nothing_and_nobody_notices(whole: Ensemble, visit: Visit) -> None:
    await redis_away(whole, visit, SHORT, seconds=1.5, seconds_apart=0.1)


@pytest.mark.slow
async def test_redis_stopped_for_a_minute(whole: Ensemble, visit: Visit) -> None:
    long = Wanted(messages=1_500, kills=0, rate=20, customers=200)
    await redis_away(whole, visit, long, seconds=60, seconds_apart=0.2)


async def test_control_who_counts_in_redis_alone_is_found_out(whole: Ensemble) -> None:
    async with whole.without("need_redis_to_count", "api"), working(whole, seconds_apart=0.05) as prober:
        whole.valkey.stop()
        await asyncio.sleep(1.0)
        whole.valkey.start()
    assert prober.errors > ALLOWED_ERRORS, prober.answers


async def redis_away(whole: Ensemble, visit: Visit, wanted: Wanted, *, seconds: float, seconds_apart: float) -> None:
    async with working(whole, seconds_apart=seconds_apart) as prober:
        writing = asyncio.create_task(run(visit.place, wanted))
        await asyncio.sleep(0.5)
        async with Redis.from_url(whole.running.redis_url) as redis:
            await redis.flushall()
        whole.valkey.stop()
        await asyncio.sleep(seconds)
        whole.valkey.start()
        await hang(whole, seconds=1.0)
        assert_sound(await writing)
    assert prober.errors <= ALLOWED_ERRORS, prober.answers
    assert prober.answers[201] > 0, "nothing was written: the measure is of reading alone"


async def hang(whole: Ensemble, *, seconds: float) -> None:
    """Worse than being gone: it takes connections and says nothing."""
    pid = whole.valkey.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    try:
        await asyncio.sleep(seconds)
    finally:
        os.kill(pid, signal.SIGCONT)


@AT_BOTH
async def test_postgres_restarted_fast_and_at_once_is_503_and_then_all_is_as_before(
    whole: Ensemble, visit: Visit
) -> None:
    refused = answers_to_webhooks(visit)[503]
    async with working(whole, seconds_apart=0.05) as prober:
        writing = asyncio.create_task(run(visit.place, SHORT))
        for how in (signal.SIGINT, signal.SIGQUIT):
            await asyncio.sleep(0.5)
            await restart_postgres(whole, how, away=0.7)
            began = time.monotonic()
            assert await recovery(whole) - began <= RECOVERY_SECONDS
        assert_sound(await writing)
    assert prober.answers[503] > 0, "the outage was not felt: the test proves nothing"
    assert set(prober.answers) <= {200, 201, 204, 503}, prober.answers
    assert answers_to_webhooks(visit)[503] > refused, "no webhook met the outage: the test proves nothing"


async def restart_postgres(whole: Ensemble, how: signal.Signals, *, away: float) -> None:
    """Stop it that way, and start it again after a while."""
    pid = whole.postgres.pid
    assert pid is not None
    os.kill(pid, how)
    await until(lambda: not whole.postgres.running())
    await asyncio.sleep(away)
    whole.postgres.start()


async def recovery(whole: Ensemble) -> float:
    """When a request to the API and one to the webhook were served again."""
    async with httpx.AsyncClient(trust_env=False) as http:
        while True:
            with suppress(httpx.HTTPError):
                ready = await http.get(f"{whole.plan.api_url}/readyz")
                known = await http.post(whole.webhook_url(), content=b"{}")
                if ready.status_code == 200 and known.status_code == 401:
                    return time.monotonic()
            await asyncio.sleep(0.05)


def answers_to_webhooks(visit: Visit) -> Counter[int | None]:
    """What our service answered to the provider, over the whole life of the ensemble."""
    journal = visit.place.journal
    entries = map(json.loads, journal.read_text().splitlines() if journal.exists() else [])
    return Counter(entry["status"] for entry in entries if entry["kind"] == "delivery")


@AT_BOTH
async def test_control_a_200_without_a_database_loses_messages(whole: Ensemble, visit: Visit) -> None:
    async with whole.without("say_yes_without_a_database", "whatsapp"):
        writing = asyncio.create_task(
            run(visit.place, Wanted(40, kills=0, rate=20, customers=20, again_seconds=1.5, seed=5))
        )
        await asyncio.sleep(0.5)
        await restart_postgres(whole, signal.SIGINT, away=1.0)
        report = await writing
    assert report.lost
