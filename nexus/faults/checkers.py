"""The judgement: what was lost, doubled, claimed or left uncertain. Pure functions over a run's evidence.

A message counts as safe only where it is in a conversation and somebody has it: a finished turn whose reply left, or a
person. A reply counts as double where the provider took one message of ours twice, or two turns answered one message.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from nexus.faults.evidence import Delivery, Evidence, Message, Turn

ANSWERING: Final = frozenset({"done", "failed"})
# What became of these was told to the team, who see it in the conversation.
TOLD: Final = frozenset({"sent", "unknown", "failed", "refused"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect: of which message (its wamid or name at the provider), and what is wrong."""

    subject: str
    what: str


@dataclass(frozen=True, slots=True)
class Doubts:
    """Sends whose outcome was uncertain.

    How many in all, how many the provider's word settled, and how many it did not although the provider has them.
    """

    ambiguous: int
    reconciled: int
    unsettled: int


def lost(evidence: Evidence) -> list[Finding]:
    """Accepted messages that are in no conversation, or that nobody has answered or will."""
    known = {message.wamid: message for message in evidence.messages if message.direction == "in"}
    turns = _by_conversation(evidence.turns)
    deliveries = {delivery.message_id: delivery for delivery in evidence.deliveries}
    found: list[Finding] = []
    for arrival in evidence.journal.arrivals:
        message = known.get(arrival.wamid)
        what = "is in no conversation" if message is None else _unanswered(message, turns, deliveries)
        if what is not None:
            found.append(Finding(arrival.wamid, what))
    return found


def left_to_people(evidence: Evidence) -> int:
    """Accepted messages that no turn answered and that count as safe because a person has the conversation."""
    turns = _by_conversation(evidence.turns)
    written = {arrival.wamid for arrival in evidence.journal.arrivals}
    return sum(
        message.settled and not _answers(message, turns)
        for message in evidence.messages
        if message.direction == "in" and message.wamid in written
    )


def _answers(message: Message, turns: dict[int, list[Turn]]) -> list[Turn]:
    return [turn for turn in _covering(message, turns) if turn.state in ANSWERING]


def _covering(message: Message, turns: dict[int, list[Turn]]) -> list[Turn]:
    return [
        turn
        for turn in turns.get(message.conversation_id, [])
        if turn.first_message_id <= message.id <= turn.last_message_id
    ]


def _unanswered(message: Message, turns: dict[int, list[Turn]], deliveries: dict[int, Delivery]) -> str | None:
    """Why nobody has this message; None where somebody has."""
    answers = _answers(message, turns)
    if not answers:
        if message.settled:  # left to people: paused, switched off or handed over
            return None
        states = ", ".join(turn.state for turn in _covering(message, turns))
        return f"was never answered ({states or 'no turn'})"
    for turn in answers:
        if turn.reply_message_id is None:
            if turn.state == "failed":
                return None  # nothing was said, a person was called
            continue
        delivery = deliveries.get(turn.reply_message_id)
        if delivery is not None and delivery.state in TOLD:
            return None
    return "has a reply that never left"


def doubled(evidence: Evidence) -> list[Finding]:
    """What is there twice: a message of ours sent again, a second reply to what was answered, a repeated webhook."""
    return [*_sent_twice(evidence), *_unknown_sends(evidence), *_answered_twice(evidence), *_taken_in_twice(evidence)]


def _sent_twice(evidence: Evidence) -> Iterator[Finding]:
    names = Counter(sent.name for sent in evidence.journal.sends if sent.name is not None)
    for name, times in names.items():
        if times > 1:
            yield Finding(name, f"was sent {times} times")


def _unknown_sends(evidence: Evidence) -> Iterator[Finding]:
    """A message left although its transaction did not commit: whoever does the work again sends another."""
    ours = {delivery.name for delivery in evidence.deliveries}
    for sent in evidence.journal.sends:
        if sent.name not in ours:
            yield Finding(sent.name or sent.provider_id, "was sent and is not in the database")


def _answered_twice(evidence: Evidence) -> Iterator[Finding]:
    for turns in _by_conversation(evidence.turns).values():
        replies = [turn for turn in turns if turn.state in ANSWERING and turn.reply_message_id is not None]
        ordered = sorted(replies, key=lambda turn: (turn.first_message_id, turn.id))
        for earlier, later in pairwise(ordered):
            if later.first_message_id <= earlier.last_message_id:
                yield Finding(f"message {later.first_message_id}", f"was answered by turns {earlier.id} and {later.id}")


def _taken_in_twice(evidence: Evidence) -> Iterator[Finding]:
    """A customer's message is in a conversation again, or was never written by any customer."""
    written = {arrival.wamid for arrival in evidence.journal.arrivals}
    known = Counter(message.wamid or "" for message in evidence.messages if message.direction == "in")
    for wamid, times in known.items():
        if wamid not in written:
            yield Finding(wamid, "is in a conversation and no customer wrote it")
        elif times > 1:
            yield Finding(wamid, f"is in a conversation {times} times")


def untrue(evidence: Evidence) -> list[Finding]:
    """Deliveries that say `sent` although the provider never took the message."""
    taken = {sent.name for sent in evidence.journal.sends}
    return [
        Finding(delivery.name, "says that it was sent, and was not")
        for delivery in evidence.deliveries
        if delivery.state == "sent" and delivery.name not in taken
    ]


def doubts(evidence: Evidence) -> Doubts:
    """Count what was uncertain, and what became of it."""
    taken = {sent.name for sent in evidence.journal.sends}
    doubted = [delivery for delivery in evidence.deliveries if delivery.doubt]
    return Doubts(
        ambiguous=len(doubted),
        reconciled=sum(delivery.state == "sent" for delivery in doubted),
        unsettled=sum(delivery.state == "unknown" and delivery.name in taken for delivery in doubted),
    )


def _by_conversation(turns: tuple[Turn, ...]) -> dict[int, list[Turn]]:
    found: dict[int, list[Turn]] = defaultdict(list)
    for turn in turns:
        found[turn.conversation_id].append(turn)
    return found
