"""Goes through a tenant's whole chain and names what does not fit (PRODUCT §6.4). In batches: memory stays constant.

It only reads, and may run beside the services: links are never changed, so those up to the head that it begins with
stay what they are. It needs the key; the checkpoints tell it of a tail that is gone together with its links.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from core.database import Database, TenantTransaction
from core.json_types import JsonObject
from orchestrator_service.audit.checkpoints import Checkpoint
from orchestrator_service.audit.digests import NO_LINK, AuditKeys, Event, Head, Link, link_mac, payload_digest
from orchestrator_service.audit.findings import Altered, TenantReport, fits, name_altered
from orchestrator_service.audit.linking import SQL, head_of, older_rows

BATCH: Final = 2000
MOST_FINDINGS: Final = 200
ERASURE: Final = "audit.erased"

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class _Row:
    """A link and what its event is now."""

    seq: int
    event_id: int
    kid: str
    payload_digest: bytes
    digest: bytes
    mac: bytes
    id: int | None
    occurred_at: datetime | None
    action: str | None
    severity: str | None
    user_id: int | None
    subject: str | None
    request_id: str | None
    address: str | None
    detail: JsonObject | None
    salt: UUID | None

    @property
    def link(self) -> Link:
        return Link(self.seq, self.event_id, self.kid, self.payload_digest, self.digest, self.mac)

    @property
    def event(self) -> Event | None:
        if self.id is None or self.occurred_at is None or self.action is None or self.severity is None:
            return None
        who = (self.user_id, self.subject, self.request_id)
        return Event(self.id, self.occurred_at, self.action, self.severity, *who, self.address, self.detail, self.salt)


@dataclass(frozen=True, slots=True)
class _Slice:
    events: int
    last_id: int | None
    waiting: int
    unannounced: list[int]


@dataclass(frozen=True, slots=True)
class _Vanished:
    event_id: int


async def links_of(database: Database, tenant_id: int) -> int:
    """How many links there are: what a progress bar counts to."""
    async with database.tenant(tenant_id) as tx:
        return (await head_of(tx)).seq


async def verify_chain(
    database: Database, keys: AuditKeys, tenant_id: int, checkpoint: Checkpoint | None, advance: Progress
) -> TenantReport:
    """Look at every link, event and note of the tenant. `advance` is told how many links were done."""
    report = TenantReport(tenant_id, checkpointed_at=checkpoint.at if checkpoint else None)
    async with database.tenant(tenant_id) as tx:
        head = await head_of(tx)
        await _check_tail(tx, checkpoint, head, report)
    await _Walk(database, keys, report, head).through(advance)
    if not report.overflowed:
        await _check_unlinked(database, report)
    return report


async def _check_tail(tx: TenantTransaction, checkpoint: Checkpoint | None, head: Head, report: TenantReport) -> None:
    if checkpoint is None:
        return
    if checkpoint.seq > head.seq:
        text = f"the tail is cut: place {checkpoint.seq} was noted at {checkpoint.at:%Y-%m-%d %H:%M:%S %Z}, the last"
        report.find("cut_tail", f"{text} link is at {head.seq}", seq=head.seq + 1)
        return
    mac = await tx.value(SQL["link_at"], bytes, seq=checkpoint.seq)
    if mac is not None and mac.hex() != checkpoint.mac:
        text = f"the chain up to place {checkpoint.seq} is not the one noted at {checkpoint.at:%Y-%m-%d %H:%M:%S %Z}"
        report.find("rewritten", text, seq=checkpoint.seq)


class _Walk:
    """From the first link to the head."""

    def __init__(self, database: Database, keys: AuditKeys, report: TenantReport, head: Head) -> None:
        self._database = database
        self._keys = keys
        self._report = report
        self._head = head
        self._before: Head | None = NO_LINK
        self._altered: dict[str, list[Altered]] = {}
        self._erased: list[int] = []

    async def through(self, advance: Progress) -> None:
        report, place = self._report, 0
        while place < self._head.seq and not report.overflowed:
            async with self._database.tenant(report.tenant_id) as tx:
                rows = await tx.all(SQL["linked_events"], _Row, after_seq=place, through_seq=self._head.seq, most=BATCH)
            for row in rows:
                self._check_place(place, row.seq)
                self._check(row)
                place = row.seq
                report.links += 1
                report.overflowed = len(report.findings) + sum(map(len, self._altered.values())) > MOST_FINDINGS
                if report.overflowed:
                    break
            if not rows:
                break
            advance(len(rows))
        for kid, altered in self._altered.items():
            key = self._keys.material(kid)
            assert key is not None, "only links with a known key are compared"
            name_altered(key, report.tenant_id, altered, report)
        await self._check_erasures()

    def _check_place(self, place: int, seq: int) -> None:
        if seq != place + 1:
            self._report.find("gap", f"the links at places {place + 1} to {seq - 1} are gone", seq=place + 1)
            self._before = None  # what the next one was tied to is gone

    def _check(self, row: _Row) -> None:
        report, link, event = self._report, row.link, row.event
        key = self._keys.material(link.kid)
        before, self._before = self._before, Head(link.seq, link.mac)
        where = {"seq": link.seq, "event_id": link.event_id}
        if event is None:
            report.find("deleted", f"event {link.event_id} was deleted after it was chained", **where)
        if key is None:
            report.find("unknown_key", f"the link was made with key {link.kid!r}, which is not at hand", **where)
            return
        if before is not None and link_mac(key, before.mac, link.digest) != link.mac:
            report.find("forged_link", "the link was not made by the chainer, or not after the one before it", **where)
        if event is not None:
            self._check_event(key, link, event)

    def _check_event(self, key: bytes, link: Link, event: Event) -> None:
        report = self._report
        if not fits(key, report.tenant_id, link, event, link.seq):
            self._altered.setdefault(link.kid, []).append(Altered(link, event))
        elif event.detail is None:
            report.erased += 1
            if len(self._erased) < MOST_FINDINGS:
                self._erased.append(event.id)
        elif payload_digest(key, report.tenant_id, event) != link.payload_digest:
            text = f"address or detail of event {event.id} was edited after it was chained"
            report.find("payload_edited", text, seq=link.seq, event_id=event.id)
        elif event.action == ERASURE and isinstance(count := event.detail.get("count"), int):
            report.erasures += count

    async def _check_erasures(self) -> None:
        """Each erasure leaves an event with its count; payloads gone beyond that were emptied by other means."""
        report = self._report
        if report.erased > report.erasures:
            async with self._database.tenant(report.tenant_id) as tx:
                report.erasures += await tx.value(SQL["late_erasures"], int, through_seq=self._head.seq) or 0
        if report.erased > report.erasures:
            ids = ", ".join(map(str, self._erased))
            text = (
                f"{report.erased} payloads are gone, {report.erasures} were erased by an event; gone are those of {ids}"
            )
            report.find("erased_unannounced", text)


async def _check_unlinked(database: Database, report: TenantReport) -> None:
    """Every event is linked or on the work list, and every note of that list has its event."""
    async with database.tenant(report.tenant_id) as tx:
        older = await older_rows(tx)
        since = await tx.value(SQL["chained_until"], datetime)
        for gone in await tx.all(SQL["vanished_events"], _Vanished, most=MOST_FINDINGS):
            report.find("vanished", f"event {gone.event_id} is gone before it was chained", event_id=gone.event_id)
    after: int | None = 0
    while after is not None and not report.overflowed:
        async with database.tenant(report.tenant_id) as tx:
            found = await tx.one(
                SQL["unlinked_events"],
                _Slice,
                after_id=after,
                most=BATCH,
                older_after=older.after_id,
                older_through=older.through_id,
            )
        assert found is not None, "an aggregate has one row"
        report.events += found.events
        report.waiting += found.waiting
        for event_id in found.unannounced:
            text = f"event {event_id} did not come through the service: it is neither chained nor waiting"
            report.find("forged", text, event_id=event_id)
        report.overflowed = len(report.findings) > MOST_FINDINGS
        after = found.last_id
    report.waiting_since = since if report.waiting else None
