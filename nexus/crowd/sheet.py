"""The sheet that a chunk is written on: a table's rows as COPY reads them, and the chunk's own dice and clock. Pure."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from nexus.crowd.countries import Country
from nexus.crowd.plan import Company, Frame
from nexus.crowd.talk import MOST_LINES


def _columns(line: str) -> tuple[str, ...]:
    return tuple(line.split())


NULL: Final = "\\N"
DAY: Final = 86_400
TABLES: Final[dict[str, tuple[str, ...]]] = {  # in the order in which they refer to each other
    "leads": _columns(
        "tenant_id id full_name phone match_key email company stage_key stage_since owner_user_id source campaign "
        "language interest score need value currency lost_reason created_at updated_at"
    ),
    "lead_changes": _columns("tenant_id lead_id field was became user_id created_at"),
    "contacts": _columns("tenant_id id lead_id name reply_phone created_at"),
    "lead_identities": _columns("tenant_id kind value contact_id seen_at"),
    "conversations": _columns(
        "tenant_id id channel_id contact_id lead_id status language answered_through_id last_inbound_at "
        "last_message_at created_at"
    ),
    "conversation_mailboxes": ("tenant_id", "conversation_id"),
    "chat_messages": _columns(
        "tenant_id id conversation_id direction author author_user_id type body origin_key status status_at created_at"
    ),
    "conversation_reads": _columns("tenant_id conversation_id user_id read_through_id"),
    "seller_agenda_events": _columns(
        "tenant_id id seller_id status during lead_id title created_by created_at updated_at"
    ),
    "clients": _columns("tenant_id id lead_id full_name phone email company owner_user_id created_at updated_at"),
    "accounting_transactions": _columns(
        "tenant_id id kind amount currency method client_id seller_id lead_id occurred_at created_at created_by paid_at"
    ),
}
IDS_PER_LEAD: Final = MOST_LINES  # no table takes more of its ids for one lead
_AHEAD: Final = 60  # days after today that something may be planned for


@dataclass(slots=True)
class Lead:
    """What the rows of a lead share; NULL is text here. `changed` is when something last happened to it."""

    company: Company
    country: Country
    order: int
    id: int
    name: str
    phone: str
    key: str
    email: str
    firm: str
    need: str
    owner: str
    created: int
    changed: int


class Sheet:
    """Rows by table, and what chance says next: always the same for a chunk of a plan."""

    def __init__(self, frame: Frame, chunk: int) -> None:
        plan = frame.plan
        self.frame = frame
        self.dice = random.Random(f"{plan.random}/{plan.leads}/{plan.tenants}/{chunk}").random  # noqa: S311 - no secret
        self.rows: dict[str, list[str]] = {table: [] for table in TABLES}
        self.now = int(frame.now.timestamp())
        self.start = self.now - plan.days * DAY
        self._zero = self.start // DAY * DAY
        first = datetime.fromtimestamp(self._zero, UTC).date()
        self._days = [f"{first + timedelta(days=day)} " for day in range(plan.days + _AHEAD)]
        self._minutes = [f"{minute // 60:02d}:{minute % 60:02d}:" for minute in range(DAY // 60)]

    def pick(self, among: tuple[str, ...]) -> str:
        """One of them."""
        return among[int(self.dice() * len(among))]

    def at(self, second: int) -> str:
        """A moment as PostgreSQL reads it."""
        day, rest = divmod(second - self._zero, DAY)
        return f"{self._days[day]}{self._minutes[rest // 60]}{rest % 60:02d}+00"
