"""kill -9 at every labelled moment of a message's way: one reply all the same, or one open doubt (PRODUCT §8.2)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from core.crash_points import Moment
from nexus.faults.checkers import Doubts, doubled, doubts, lost, untrue
from nexus.faults.evidence import Evidence
from tests.faults.ensemble import AT_BOTH, BOTH, Ensemble, Visit

pytestmark = [pytest.mark.proof, pytest.mark.timeout(120)]

SURE: tuple[Moment, ...] = ("accepted", "mirrored", "screened", "gathered", "thought", "replied", "recorded")
_numbers: Iterator[int] = count(1)


def new_phone() -> str:
    return f"+54911{60_000_000 + next(_numbers)}"


async def die_at(visit: Visit, moment: Moment) -> Evidence:
    """What is there after a customer wrote and a process died at that moment."""
    before = await visit.come_to_rest()
    visit.crash_at(moment)
    await visit.write(new_phone(), "Hola, quiero información")
    await visit.crashed()
    return (await visit.come_to_rest()).since(before)


@pytest.mark.parametrize("moment", SURE)
@AT_BOTH
async def test_after_a_death_at_a_sure_moment_there_is_exactly_one_reply(visit: Visit, moment: Moment) -> None:
    found = await die_at(visit, moment)
    assert (lost(found), doubled(found), untrue(found)) == ([], [], [])
    assert (len(found.journal.arrivals), len(found.journal.sends)) == (1, 1)
    assert doubts(found) == Doubts(0, 0, 0)


@BOTH
async def test_a_death_while_the_provider_answers_leaves_a_doubt_that_its_word_settles(visit: Visit) -> None:
    found = await die_at(visit, "taken")
    assert (lost(found), doubled(found), untrue(found)) == ([], [], [])
    assert len(found.journal.sends) == 1
    assert doubts(found) == Doubts(ambiguous=1, reconciled=1, unsettled=0)


@BOTH
async def test_a_death_before_the_request_leaves_a_doubt_and_nothing_is_sent_blindly(visit: Visit) -> None:
    """From our side it looks like the death after the request: only the provider's silence tells them apart."""
    found = await die_at(visit, "claimed")
    assert (lost(found), doubled(found), untrue(found)) == ([], [], [])
    assert found.journal.sends == ()
    assert doubts(found) == Doubts(ambiguous=1, reconciled=0, unsettled=0)


@AT_BOTH
async def test_control_a_claim_that_commits_with_the_outcome_sends_twice(whole: Ensemble, visit: Visit) -> None:
    async with whole.without("claim_with_the_outcome", "worker"):
        found = await die_at(visit, "taken")
    assert [one.what for one in doubled(found)] == ["was sent 2 times"]


@AT_BOTH
async def test_control_a_key_that_is_remembered_before_the_commit_loses_the_message(
    whole: Ensemble, visit: Visit
) -> None:
    async with whole.without("remember_before_commit", "whatsapp"):
        found = await die_at(visit, "accepted")
    assert "is in no conversation" in [one.what for one in lost(found)]
