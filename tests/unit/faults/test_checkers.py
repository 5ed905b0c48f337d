"""The checkers see each defect that they are there for, and nothing where there is none."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from nexus.faults.checkers import doubled, doubts, left_to_people, lost, untrue
from nexus.faults.evidence import Arrival, Delivery, Evidence, Journal, Message, Sent, Turn, read_journal

FIRST = Message(1, 10, "in", "wamid.1", None, settled=True)
SECOND = Message(2, 10, "in", "wamid.2", None, settled=True)
REPLY = Message(3, 10, "out", "wamid.3", 7, settled=False)
TURN = Turn(7, 10, "done", 1, 2, 3)
DELIVERY = Delivery(3, "nexus:1:3", "sent", doubt=False)
JOURNAL = Journal(
    arrivals=(Arrival("wamid.1", "+549111", 1), Arrival("wamid.2", "+549111", 2)),
    sends=(Sent("p1", "nexus:1:3"),),
    refused=0,
)
SOUND = Evidence(JOURNAL, (FIRST, SECOND, REPLY), (TURN,), (DELIVERY,))


def with_sends(*names: str | None) -> Evidence:
    sends = tuple(Sent(f"p{number}", name) for number, name in enumerate(names))
    return replace(SOUND, journal=replace(JOURNAL, sends=sends))


def test_a_sound_run_has_no_findings() -> None:
    assert (lost(SOUND), doubled(SOUND), untrue(SOUND)) == ([], [], [])
    assert doubts(SOUND).ambiguous == 0


def test_an_accepted_message_that_is_in_no_conversation_is_lost() -> None:
    found = lost(replace(SOUND, messages=(FIRST, REPLY)))
    assert [(one.subject, one.what) for one in found] == [("wamid.2", "is in no conversation")]


@pytest.mark.parametrize(
    ("turns", "why"),
    [
        ((), "was never answered (no turn)"),
        ((replace(TURN, last_message_id=1),), "was never answered (no turn)"),
        ((replace(TURN, state="superseded", reply_message_id=None),), "was never answered (superseded)"),
        ((replace(TURN, state="thinking", reply_message_id=None),), "was never answered (thinking)"),
        ((replace(TURN, conversation_id=11),), "was never answered (no turn)"),
        ((replace(TURN, reply_message_id=None),), "has a reply that never left"),
    ],
)
def test_a_message_that_nobody_answered_is_lost(turns: tuple[Turn, ...], why: str) -> None:
    unsettled = replace(SECOND, settled=False)
    found = lost(replace(SOUND, messages=(FIRST, unsettled, REPLY), turns=turns))
    assert ("wamid.2", why) in [(one.subject, one.what) for one in found]


@pytest.mark.parametrize("state", ["queued", "sending"])
def test_a_message_whose_reply_never_left_is_lost(state: str) -> None:
    found = lost(replace(SOUND, deliveries=(replace(DELIVERY, state=state),)))
    assert [one.subject for one in found] == ["wamid.1", "wamid.2"]


def test_a_message_that_was_left_to_people_or_failed_openly_is_not_lost() -> None:
    assert lost(replace(SOUND, turns=())) == [], "settled: the conversation is a person's"
    assert left_to_people(replace(SOUND, turns=())) == 2
    assert left_to_people(SOUND) == 0
    assert lost(replace(SOUND, turns=(replace(TURN, state="failed", reply_message_id=None),))) == []
    assert lost(replace(SOUND, deliveries=(replace(DELIVERY, state="failed"),))) == []


def test_one_message_that_the_provider_took_twice_is_double() -> None:
    found = doubled(with_sends("nexus:1:3", "nexus:1:3"))
    assert [(one.subject, one.what) for one in found] == [("nexus:1:3", "was sent 2 times")]


def test_a_message_that_left_without_being_in_the_database_is_double() -> None:
    assert [one.subject for one in doubled(with_sends("nexus:1:3", "nexus:1:4"))] == ["nexus:1:4"]
    assert [one.subject for one in doubled(with_sends("nexus:1:3", None))] == ["p1"]


@pytest.mark.parametrize(("first", "last"), [(1, 2), (2, 2), (1, 1), (2, 9)])
def test_a_message_that_two_turns_answered_is_double(first: int, last: int) -> None:
    again = Turn(8, 10, "done", first, last, 4)
    evidence = replace(SOUND, turns=(TURN, again), deliveries=(DELIVERY, replace(DELIVERY, message_id=4, name="n4")))
    assert [one.what for one in doubled(evidence)] == ["was answered by turns 7 and 8"]


def test_a_superseded_turn_and_the_next_burst_are_not_double() -> None:
    gave_way = Turn(6, 10, "superseded", 1, 1, None)
    following = Turn(8, 10, "done", 4, 5, 6)
    elsewhere = Turn(9, 11, "done", 1, 2, 12)
    assert doubled(replace(SOUND, turns=(gave_way, TURN, following, elsewhere))) == []


def test_a_delivery_that_says_sent_and_was_not_is_untrue() -> None:
    assert [one.subject for one in untrue(with_sends())] == ["nexus:1:3"]
    unsure = replace(SOUND, journal=replace(JOURNAL, sends=()), deliveries=(replace(DELIVERY, state="unknown"),))
    assert untrue(unsure) == []


@pytest.mark.parametrize(
    ("state", "sends", "reconciled", "unsettled"),
    [
        ("sent", ("nexus:1:3",), 1, 0),
        ("unknown", ("nexus:1:3",), 0, 1),
        ("unknown", (), 0, 0),
    ],
)
def test_what_was_uncertain_is_counted_with_what_became_of_it(
    state: str, sends: tuple[str, ...], reconciled: int, unsettled: int
) -> None:
    evidence = replace(with_sends(*sends), deliveries=(replace(DELIVERY, state=state, doubt=True),))
    found = doubts(evidence)
    assert (found.ambiguous, found.reconciled, found.unsettled) == (1, reconciled, unsettled)


@pytest.mark.parametrize(
    ("again", "what"),
    [("wamid.1", "is in a conversation 2 times"), ("wamid.9", "is in a conversation and no customer wrote it")],
)
def test_a_customers_message_that_is_there_twice_is_double(again: str, what: str) -> None:
    copy = replace(FIRST, id=9, wamid=again)
    found = doubled(replace(SOUND, messages=(*SOUND.messages, copy)))
    assert [(one.subject, one.what) for one in found] == [(again, what)]


def test_what_was_there_before_is_left_out() -> None:
    later = Message(4, 10, "in", "wamid.4", None, settled=False)
    arrivals = (*JOURNAL.arrivals, Arrival("wamid.4", "+549111", 1))
    now = replace(SOUND, messages=(*SOUND.messages, later), journal=replace(JOURNAL, arrivals=arrivals))
    since = now.since(SOUND)
    assert (since.messages, since.turns, since.deliveries, since.journal.sends) == ((later,), (), (), ())
    assert [one.subject for one in lost(since)] == ["wamid.4"]


def posted(event: str, wamid: str, status: int | None) -> bytes:
    entry = {"kind": "delivery", "event_id": event, "says": "inbound", "wamid": wamid, "phone": "+549111"}
    return json.dumps({**entry, "status": status}).encode()


def test_an_event_is_accepted_by_its_first_2xx_and_refused_without_any() -> None:
    lines = [posted("e1", "w1", None), posted("e1", "w1", 200), posted("e1", "w1", 200)]
    lines += [posted("e2", "w2", 503), posted("e2", "w2", 401)]
    found = read_journal(lines)
    assert found.arrivals == (Arrival("w1", "+549111", 3),)
    assert found.refused == 1


def test_a_send_counts_once_however_often_it_is_written_and_only_if_it_was_taken() -> None:
    request = {"kind": "request", "accepted": True, "message_id": "m1", "external_id": "nexus:1:3"}
    refused = {**request, "accepted": False, "message_id": None}
    lines = [json.dumps(one).encode() for one in (request, {**request, "outcome": "answered"}, refused)]
    assert read_journal([*lines, b'{"kind": "reque']).sends == (Sent("m1", "nexus:1:3"),)
