"""The bench measures what it says: small, on its own servers, and every answer counts."""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.accepts import Accepts
from bench.availability import EVENTS, MOST_MILLISECONDS, SELLERS, calendars, find, milliseconds, read
from bench.limit import create_script, get_script, list_script
from bench.load import Load, paced, request
from bench.logins import Interference
from bench.plot import plot
from bench.report import FULL, PEER, Report, Target
from bench.rounds import Sample, median_ratio
from bench.sockets import Heard

ACCEPTS = Accepts(durable=(50.0, 10.0, 60.0), memory=(100.0, 100.0, 100.0), p50_seconds=0.1, p99_seconds=0.2, refused=4)
HEARD = Heard(latencies=(0.01, 0.02), missed=0, refused=5)

pytestmark = pytest.mark.timeout(240)


def sample(variant: str, number: int, rate: float, *, refused: int = 0) -> Sample:
    return Sample(variant, "list", number, rate, 1.0, 1.0, 1.0, refused)


def test_a_ratio_is_taken_within_its_round() -> None:
    """Each round has its own weather: the second one here was ten times slower for both."""
    rounds = [sample(FULL, 1, 400), sample(PEER, 1, 100), sample(FULL, 2, 50), sample(PEER, 2, 10)]
    rounds += [sample(FULL, 3, 600), sample(PEER, 3, 100)]
    assert median_ratio(rounds, "list", FULL, PEER) == 5


def test_refused_answers_are_counted_wherever_they_came() -> None:
    report = Report(
        1, 1, 1, 1, [sample(FULL, 1, 1, refused=2)], Interference(1.0, 1, refused=3), HEARD, ACCEPTS, 1.0, 1, 20.0
    )
    assert report.refused == 14


def test_a_target_is_reached_at_its_bound_and_not_below() -> None:
    assert Target("speed", 4.0, "≥", 4).reached
    assert not Target("speed", 3.99, "≥", 4).reached
    assert not Target("memory", 151, "≤", 150).reached


def test_the_plot_marks_what_was_missed() -> None:
    drawn = plot([Target("a < b", 1, "≥", 2)])
    assert "a &lt; b" in drawn
    assert "#b01e3a" in drawn


def test_a_percentile_is_the_latency_of_that_share() -> None:
    load = Load(1.0, tuple(number / 100 for number in range(1, 101)), 0)
    assert (load.percentile(0.5), load.percentile(0.99)) == (0.51, 1.0)


def test_a_request_says_how_long_its_body_is() -> None:
    assert request("POST", "/x", {"A": "b"}, {"n": 1}).endswith(b"Content-Length: 7\r\n\r\n" + b'{"n":1}')


def test_a_lead_that_was_not_heard_by_everybody_is_no_good_figure() -> None:
    assert HEARD.p99 == 0.02
    assert Heard(HEARD.latencies, missed=1, refused=0).p99 == float("inf")


def test_accepting_is_compared_within_its_round() -> None:
    assert ACCEPTS.ratio == 0.5


def test_the_database_alone_is_asked_for_what_the_api_asks_for() -> None:
    for script in (list_script(most=51), get_script(), create_script()):
        assert "$" not in script.sql, "a parameter that nobody filled in"


async def test_a_paced_load_counts_from_when_a_request_was_due() -> None:
    """Ten a second on one connection to a server that takes 0.2 s: each waits for all before it."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError):
            while await reader.readuntil(b"\r\n\r\n"):
                await asyncio.sleep(0.2)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        load = await paced(port, lambda: request("GET", "/", {}), rate=10, seconds=0.5, connections=1)
    assert [round(latency, 1) for latency in load.latencies] == [0.2, 0.3, 0.4, 0.5, 0.6]
    assert load.refused == 0


def test_finding_free_times_of_twenty_sellers_costs_little() -> None:
    """By the processor's clock, and the fastest of several: what others do on this machine is no matter."""
    heard = read(calendars())
    assert [len(one.events) for one in heard] == [EVENTS] * SELLERS
    assert find(heard) > 1000
    assert min(milliseconds(lambda: find(heard)) for _ in range(7)) <= MOST_MILLISECONDS


@pytest.mark.slow
def test_the_quick_bench_refuses_nothing_and_writes_its_figures(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "nexus.cli.main", "bench", "--quick", "--json", "--out", str(tmp_path)],
        check=True,
        capture_output=True,
        text=True,
        timeout=230,
    )
    said = json.loads(done.stdout)
    assert said["refused"] == 0
    assert {each["variant"] for each in said["samples"]} >= {FULL, PEER}
    assert json.loads((tmp_path / "bench.json").read_text())["leads"] == 10_000
    assert (tmp_path / "bench.svg").read_text().startswith("<svg")
