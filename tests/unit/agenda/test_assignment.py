"""Who gets a meeting: fair in turn, the least busy, the one who can."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from orchestrator_service.agenda.assignment import Standing, caught_up, needed_skills, order, skilled
from orchestrator_service.agenda.availability_facts import Slot
from orchestrator_service.agenda.spread import one_seller_each

MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
BOOKINGS = 1000


def slots_of(sellers: list[int]) -> list[Slot]:
    """The same time with each of them."""
    return [Slot(seller, MONDAY, MONDAY + timedelta(minutes=30)) for seller in sellers]


class Queue:
    """Sellers in turn: what offering and booking do to the cursor and to what is on offer."""

    def __init__(self, turns: dict[int, int]) -> None:
        self.turns = turns
        self.pending = dict.fromkeys(turns, 0)

    def offer(self) -> int:
        """Show one customer the times of whose turn it is."""
        standings = {one: Standing(turns=self.turns[one], pending=self.pending[one]) for one in self.turns}
        (slot,) = one_seller_each(slots_of(list(self.turns)), order("round_robin", standings))
        self.turns |= caught_up(standings, {slot.seller_id})
        self.pending[slot.seller_id] += 1
        return slot.seller_id

    def book(self, seller: int) -> None:
        """A customer takes what was offered."""
        self.pending[seller] -= 1
        self.turns[seller] += 1


@pytest.mark.parametrize("count", [1, 2, 3, 7, 20])
def test_a_thousand_bookings_in_turn_differ_by_one_at_most(count: int) -> None:
    queue = Queue(dict.fromkeys(range(count), 0))
    booked: Counter[int] = Counter(dict.fromkeys(range(count), 0))
    for _ in range(BOOKINGS):
        seller = queue.offer()
        queue.book(seller)
        booked[seller] += 1
        assert max(booked.values()) - min(booked.values()) <= 1


@pytest.mark.parametrize("seed", range(5))
def test_conversations_at_once_are_given_out_in_turn_too(seed: int) -> None:
    """Up to thirty customers think about their times, and book in any order."""
    rng = random.Random(seed)  # noqa: S311 - a drawn order, not a secret
    queue = Queue(dict.fromkeys(range(7), 0))
    open_offers: list[int] = []
    booked: Counter[int] = Counter(dict.fromkeys(range(7), 0))
    made = 0
    while made < BOOKINGS or open_offers:
        if made < BOOKINGS and len(open_offers) < rng.randint(1, 30):
            open_offers.append(queue.offer())
            made += 1
        else:
            seller = open_offers.pop(rng.randrange(len(open_offers)))
            queue.book(seller)
            booked[seller] += 1
    assert max(booked.values()) - min(booked.values()) <= 1


def test_whoever_was_away_saves_up_no_meetings() -> None:
    queue = Queue({1: 40, 2: 40, 3: 2})
    given: list[int] = []
    for _ in range(9):
        given.append(queue.offer())
        queue.book(given[-1])
    assert given == [3, 1, 2, 3, 1, 2, 3, 1, 2]


def test_the_least_busy_by_minutes_ahead_gets_it_and_nobody_is_ahead_by_more_than_one_meeting() -> None:
    rng = random.Random(3)  # noqa: S311 - drawn lengths, not a secret
    minutes = dict.fromkeys(range(6), 0)
    for _ in range(BOOKINGS):
        load = order("least_busy", {seller: Standing(minutes_ahead=done) for seller, done in minutes.items()})
        (slot,) = one_seller_each(slots_of(list(minutes)), load)
        minutes[slot.seller_id] += rng.choice((15, 30, 60, 90))
        assert max(minutes.values()) - min(minutes.values()) <= 90
    assert order("least_busy", {1: Standing(turns=0, minutes_ahead=30), 2: Standing(turns=9)}) == {1: 30, 2: 0}


@pytest.mark.parametrize(
    ("need", "found"),
    [
        ("Quiero IMPLANTES dentales", {"implantes"}),
        ("ortodoncia invisible en inglés", {"Ortodoncia", "inglés"}),
        ("una implantesca", set[str]()),
        ("ingles", {"inglés"}),
        (None, set[str]()),
        ("", set[str]()),
    ],
)
def test_a_need_names_skills_as_whole_words_without_accents(need: str | None, found: set[str]) -> None:
    assert needed_skills(need, ["implantes", "Ortodoncia", "inglés", " "]) == found


def test_the_skilled_are_those_with_the_most_of_what_is_needed() -> None:
    standings = {1: Standing(skills=("Inglés",)), 2: Standing(skills=("ingles", "implantes")), 3: Standing()}
    assert skilled(frozenset({"inglés", "implantes"}), standings) == {2}
    assert skilled(frozenset({"inglés"}), standings) == {1, 2}
    assert skilled(frozenset({"ortodoncia"}), standings) == frozenset()
    assert skilled(frozenset(), standings) == frozenset()
