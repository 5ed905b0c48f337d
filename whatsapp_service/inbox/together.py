"""Usual events that arrive at once are stored at once: one statement and one commit for all of a channel (ADR 0018).

What is told here as accepted is committed. What is not usual, or was not stored, is told as None and goes the whole way
alone (`accept.py`), where every rule lives: this file decides nothing about an event but that it is an ordinary one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeAlias

import structlog

from core.contracts import TakeIn, TakeTurn, fair_priority
from core.crash_points import reached
from core.database import Database, TenantTransaction
from core.database_errors import DatabaseUnavailable
from core.errors import NexusError
from core.identities import identities_of
from core.inbound_events import Delivered
from core.jobs import Deferred, defer_all
from core.statements import sibling_statements
from core.whatsapp import Sender
from whatsapp_service.inbox.accept import Outcome
from whatsapp_service.inbox.endpoints import Endpoint
from whatsapp_service.inbox.events import Filing, filing_of, is_foreign
from whatsapp_service.inbox.fast_path import FastPath
from whatsapp_service.inbox.filing import expect_filing

SQL = sibling_statements(__file__)
MOST_AT_ONCE: Final = 128

_log = structlog.get_logger(__name__)

Line: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Letter:
    """One event that waits for the next commit, and who waits for its answer."""

    delivered: Delivered
    filing: Filing
    answer: asyncio.Future[Outcome | None]

    def tell(self, outcome: Outcome | None) -> None:
        """Answer, unless who asked has hung up."""
        if not self.answer.done():
            self.answer.set_result(outcome)


@dataclass(frozen=True, slots=True)
class _Stored:
    """A stored message: what waited in its mailbox before, and how many of the company's wait for an answer."""

    event_id: str
    conversation_id: int
    intake_pending: bool
    turn_pending: bool
    due_at: datetime
    waiting: int


@dataclass(frozen=True, slots=True)
class _Status:
    id: int
    event_id: str


@dataclass(slots=True)
class Together:
    """Whoever comes while a commit is under way waits for the next one, with all the others of the channel."""

    database: Database
    fast_path: FastPath
    _lines: dict[Line, list[_Letter]] = field(default_factory=dict[Line, list[_Letter]])
    _flushing: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])
    _remembering: asyncio.Task[None] | None = None

    async def accept(self, endpoint: Endpoint, delivered: Delivered) -> Outcome | None:
        """The outcome of an event that is stored and committed; None where it has to go the whole way.

        Raises DatabaseUnavailable where nobody can tell whether it is.
        """
        filing = filing_of(delivered.event)
        if not _is_usual(filing) or is_foreign(delivered.event, endpoint.channel):
            return None
        letter = _Letter(delivered, filing, asyncio.get_running_loop().create_future())
        line = (endpoint.tenant_id, endpoint.channel.id)
        if (waiting := self._lines.get(line)) is not None:
            waiting.append(letter)
        else:
            self._lines[line] = [letter]
            self._begin(self._flush(endpoint, line))
        return await letter.answer

    async def close(self) -> None:
        """Wait until whatever was taken is answered and remembered."""
        while self._flushing:
            await asyncio.gather(*self._flushing, return_exceptions=True)

    def _begin(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._flushing.add(task)
        task.add_done_callback(self._flushing.discard)
        return task

    async def _flush(self, endpoint: Endpoint, line: Line) -> None:
        """Commit after commit until nobody waits; each letter is answered by its own."""
        while letters := self._lines[line][:MOST_AT_ONCE]:
            del self._lines[line][: len(letters)]
            try:
                await self._answer(endpoint, letters)
            except BaseException as error:
                _tell(letters, error)
                if not isinstance(error, Exception):
                    _tell(self._lines.pop(line), error)
                    raise
        del self._lines[line]

    async def _answer(self, endpoint: Endpoint, letters: list[_Letter]) -> None:
        tenant_id, provider = endpoint.tenant_id, endpoint.channel.provider
        keys = [(letter.delivered.event.id, letter.delivered.body_hash) for letter in letters]
        known = await self.fast_path.known(tenant_id, provider, keys)
        for letter, key in zip(letters, keys, strict=True):
            if key in known:
                letter.tell("duplicate")
        fresh = [letter for letter, key in zip(letters, keys, strict=True) if key not in known]
        if not fresh:
            return
        async with self.database.tenant(tenant_id) as tx:
            stored = await _store_messages(tx, endpoint, [letter for letter in fresh if letter.filing.sender])
            stored |= await _store_statuses(tx, endpoint, [letter for letter in fresh if not letter.filing.sender])
        reached("accepted")
        taken = list[tuple[str, bytes]]()
        for letter in fresh:
            delivered = letter.delivered
            accepted = delivered.event.id in stored
            stored.discard(delivered.event.id)  # of two with one id at once, one was stored
            if accepted:
                taken.append((delivered.event.id, delivered.body_hash))
            letter.tell("accepted" if accepted else None)
        # The next commit waits for no cache; one after the other, so that a slow one holds one connection.
        self._remembering = self._begin(self._remember(self._remembering, tenant_id, provider, taken))

    async def _remember(
        self, earlier: asyncio.Task[None] | None, tenant_id: int, provider: str, taken: list[tuple[str, bytes]]
    ) -> None:
        if earlier is not None:
            await asyncio.wait((earlier,))
        await self.fast_path.remember_all(tenant_id, provider, taken)


def _is_usual(filing: Filing) -> bool:
    """A status, or a message that is answered and tells no change of number."""
    if filing.kind == "status":
        return True
    return filing.kind == "inbound" and filing.wants_answer and filing.change is None and filing.sender is not None


def _tell(letters: list[_Letter], error: BaseException) -> None:
    """Nothing is stored for sure. Where the database is there, each goes the whole way: one bad row fails alone."""
    if isinstance(error, Exception) and not isinstance(error, NexusError):
        _log.error("accepting_together_failed", exc_info=error, letters=len(letters))
    nobody_knows = isinstance(error, DatabaseUnavailable) or not isinstance(error, Exception)
    for letter in letters:
        if not nobody_knows:
            letter.tell(None)
        elif not letter.answer.done():
            letter.answer.set_exception(DatabaseUnavailable())


async def _store_messages(tx: TenantTransaction, endpoint: Endpoint, letters: list[_Letter]) -> set[str]:
    if not letters:
        return set()
    channel, senders = endpoint.channel, [_sender_of(letter) for letter in letters]
    known = [(place, one) for place, sender in enumerate(senders, start=1) for one in identities_of(sender)]
    found = await tx.all(
        SQL["store_usual"],
        _Stored,
        **_columns(letters),
        provider=channel.provider,
        channel_id=channel.id,
        names=[sender.name for sender in senders],
        usernames=[sender.username for sender in senders],
        phones=[sender.phone for sender in senders],
        user_ids=[sender.user_id for sender in senders],
        places=[place for place, _ in known],
        kinds=[one.kind for _, one in known],
        values=[one.value for _, one in known],
    )
    await defer_all(tx, _jobs_of(tx.tenant_id, found))
    return {row.event_id for row in found}


def _sender_of(letter: _Letter) -> Sender:
    assert letter.filing.sender is not None, "only messages with a sender are stored here"
    return letter.filing.sender


def _columns(letters: list[_Letter]) -> dict[str, object]:
    return {
        "event_ids": [letter.delivered.event.id for letter in letters],
        "event_types": [letter.delivered.event.type for letter in letters],
        "wamids": [letter.filing.wamid for letter in letters],
        "bodies": [letter.delivered.body for letter in letters],
        "body_hashes": [letter.delivered.body_hash for letter in letters],
    }


def _jobs_of(tenant_id: int, found: list[_Stored]) -> list[Deferred]:
    """A job only where none waits: the mailbox's lock orders us with the job's claim. The later, the less urgent."""
    jobs = list[Deferred]()
    turns = 0
    for row in {row.conversation_id: row for row in found}.values():
        priority = fair_priority(row.waiting - row.turn_pending + turns)
        turns += not row.turn_pending
        if not row.intake_pending:
            lock = f"intake:{tenant_id}:{row.conversation_id}"
            jobs.append(Deferred(TakeIn(tenant_id, row.conversation_id), lock=lock, priority=priority))
        if not row.turn_pending:
            lock = f"conversation:{tenant_id}:{row.conversation_id}"
            jobs.append(Deferred(TakeTurn(tenant_id, row.conversation_id), at=row.due_at, lock=lock, priority=priority))
    return jobs


async def _store_statuses(tx: TenantTransaction, endpoint: Endpoint, letters: list[_Letter]) -> set[str]:
    if not letters:
        return set()
    channel = endpoint.channel
    columns = _columns(letters)
    found = await tx.all(SQL["store_statuses"], _Status, **columns, provider=channel.provider, channel_id=channel.id)
    if found:
        await expect_filing(tx, found[0].id)
    return {row.event_id for row in found}
