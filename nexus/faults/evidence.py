"""What a run left behind: the provider's journal and the rows of the database, in the checkers' words."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from core.database import Database
from core.statements import sibling_statements

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A webhook that our service answered with 2xx at least once; `posts` counts all attempts at it."""

    wamid: str
    phone: str
    posts: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that the provider took: `name` is what we called it, None where it had no name."""

    provider_id: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Journal:
    """What the provider saw. `refused` are inbound events that were never answered with 2xx."""

    arrivals: tuple[Arrival, ...]
    sends: tuple[Sent, ...]
    refused: int


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a conversation. `settled` is whether everything up to it is answered or left to people."""

    id: int
    conversation_id: int
    direction: Literal["in", "out", "note"]
    wamid: str | None
    turn_id: int | None
    settled: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """An answer, or the attempt at one, to the messages from `first_message_id` to `last_message_id`."""

    id: int
    conversation_id: int
    state: str
    first_message_id: int
    last_message_id: int
    reply_message_id: int | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far a reply came. `name` is what the provider knows it by; `doubt` whether it ever was uncertain."""

    message_id: int
    name: str
    state: str
    doubt: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """All of it."""

    journal: Journal
    messages: tuple[Message, ...]
    turns: tuple[Turn, ...]
    deliveries: tuple[Delivery, ...]

    def since(self, earlier: Evidence) -> Evidence:
        """What came after an earlier look, taken while nothing was under way."""
        arrivals, sends = set(earlier.journal.arrivals), set(earlier.journal.sends)
        message_id = max((message.id for message in earlier.messages), default=0)
        turn_id = max((turn.id for turn in earlier.turns), default=0)
        return Evidence(
            Journal(
                arrivals=tuple(one for one in self.journal.arrivals if one not in arrivals),
                sends=tuple(one for one in self.journal.sends if one not in sends),
                refused=self.journal.refused - earlier.journal.refused,
            ),
            messages=tuple(one for one in self.messages if one.id > message_id),
            turns=tuple(one for one in self.turns if one.id > turn_id),
            deliveries=tuple(one for one in self.deliveries if one.message_id > message_id),
        )


async def gather(database: Database, tenant_id: int, journal: Path) -> Evidence:
    """Read everything that the checkers judge."""
    async with database.tenant(tenant_id) as tx:
        messages = await tx.all(SQL["messages"], Message)
        turns = await tx.all(SQL["turns"], Turn)
        deliveries = await tx.all(SQL["deliveries"], Delivery)
    return Evidence(_read(journal), tuple(messages), tuple(turns), tuple(deliveries))


def _read(journal: Path) -> Journal:
    """Nothing was heard or said where there is no file yet."""
    if not journal.exists():
        return Journal((), (), refused=0)
    with journal.open("rb") as lines:
        return read_journal(lines)


class _Entry(msgspec.Struct):
    kind: str
    status: int | None = None
    event_id: str | None = None
    says: str | None = None
    wamid: str | None = None
    phone: str = ""
    accepted: bool = False
    message_id: str | None = None
    external_id: str | None = None


def read_journal(lines: Iterable[bytes]) -> Journal:
    """The simulator's JSONL, the same at every provider.

    A send whose answer came late is written twice and is one; a torn last line is left.
    """
    seen: dict[str, tuple[str, str]] = {}
    posts: dict[str, int] = {}
    taken: set[str] = set()
    sends: dict[str, Sent] = {}
    for entry in _entries(lines):
        if entry.kind == "request" and entry.accepted and entry.message_id is not None:
            sends[entry.message_id] = Sent(entry.message_id, entry.external_id)
        if entry.kind == "delivery" and entry.says == "inbound" and entry.event_id and entry.wamid:
            seen[entry.event_id] = (entry.wamid, entry.phone)
            posts[entry.event_id] = posts.get(entry.event_id, 0) + 1
            if entry.status is not None and 200 <= entry.status < 300:  # noqa: PLR2004 - any 2xx
                taken.add(entry.event_id)
    arrivals = tuple(Arrival(*sender, posts[event]) for event, sender in seen.items() if event in taken)
    return Journal(arrivals, tuple(sends.values()), refused=len(seen) - len(arrivals))


def _entries(lines: Iterable[bytes]) -> Iterator[_Entry]:
    decoder = msgspec.json.Decoder(_Entry)
    for line in lines:
        with contextlib.suppress(msgspec.DecodeError):
            yield decoder.decode(line)
