"""The schedule of a run: as many messages as wanted, as many twice, the same ones for the same seed."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from random import Random

import pytest

from nexus.faults.crowd import GREATEST_BURST, Line, write
from nexus.faults.kills import Killer, moments


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - a schedule, no secret


def lines(duplicates: float = 0.1, seed: int = 1) -> list[list[Line]]:
    return list(write(1_000, 100, duplicates, 8.0, seeded(seed)))


def test_the_bursts_hold_exactly_what_was_wanted_of_one_person_each() -> None:
    bursts = lines()
    assert sum(len(burst) for burst in bursts) == 1_000
    assert all(len({line.phone for line in burst}) == 1 and len(burst) <= GREATEST_BURST for burst in bursts)
    assert lines() == bursts != lines(seed=2)


@pytest.mark.parametrize(("share", "least", "most"), [(0.0, 0, 0), (0.1, 70, 130), (1.0, 1_000, 1_000)])
def test_the_wanted_share_arrives_twice_at_once_or_later(share: float, least: int, most: int) -> None:
    every = [line for burst in lines(share) for line in burst]
    twice = [line for line in every if (line.copies == 2) != (line.again_seconds is not None)]
    assert least <= len(twice) <= most
    assert all(line.copies == 1 and line.again_seconds is None for line in every if line not in twice)


def test_whoever_has_written_rests_until_others_have() -> None:
    phones = [burst[0].phone for burst in lines()]
    assert all(phone not in phones[number + 1 : number + 30] for number, phone in enumerate(phones))


def test_one_person_alone_may_write_on() -> None:
    assert sum(len(burst) for burst in write(10, 1, 0.0, 8.0, seeded(1))) == 10


def test_kills_are_spread_over_the_whole_run() -> None:
    assert [int(moment // 10) for moment in moments(5, 50, seeded(1))] == [0, 1, 2, 3, 4]
    assert moments(0, 50, seeded(1)) == []


def kill_one(killer: Killer) -> str:
    return asyncio.run(killer.kill_one())


def test_a_process_that_is_not_back_yet_is_not_killed_again() -> None:
    victims = [subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) for _ in range(3)]
    running = {"api": victims[0].pid, "worker": victims[1].pid, "postgres": victims[2].pid}
    killer = Killer(lambda: running, seeded(1), targets=("api", "worker"))
    try:
        assert {kill_one(killer), kill_one(killer)} == {"api", "worker"}
        assert [victim.wait(5) for victim in victims[:2]] == [-signal.SIGKILL, -signal.SIGKILL]
        assert victims[2].poll() is None, "no target"
        replacement = subprocess.Popen([sys.executable, "-c", ""])
        running["api"] = replacement.pid
        assert kill_one(killer) == "api"
        replacement.wait(5)
        assert killer.kills == {"api": 2, "worker": 1}
    finally:
        for victim in victims:
            victim.kill()
            victim.wait()
            assert victim.stdin is not None
            victim.stdin.close()
