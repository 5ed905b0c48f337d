"""What is kept no longer than the company says: a little every hour, so that nobody waits for it (ADR 0041).

Bodies of webhooks go by themselves. Leads and files go only where the company has said after how long; a lead goes as
whoever asks to be forgotten does. Clients never go by themselves.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from core.database import TenantTransaction
from core.json_types import JsonObject
from core.resilience import optional
from core.system_events import record_event
from orchestrator_service.privacy.begin import begin_erasure
from orchestrator_service.privacy.models import SAFE_RULES, Rules
from orchestrator_service.privacy.person import SQL, Named

MOST_LEADS: Final = 50
MOST_FILES: Final = 500
MOST_PAYLOADS: Final = 5000
MOST_COUNTED: Final = 10_000


@dataclass(frozen=True, slots=True)
class _Id:
    id: int


@dataclass(frozen=True, slots=True)
class Due:
    """What the rules would take away now, counted up to ten thousand each."""

    leads: int
    files: int
    payloads: int


async def read_rules(tx: TenantTransaction) -> Rules:
    """The company's, else the safe ones."""

    async def query() -> Rules:
        return await tx.one(SQL["read_rules"], Rules) or SAFE_RULES

    return await optional(tx, query, missing=SAFE_RULES)


async def write_rules(tx: TenantTransaction, rules: Rules, *, by: int) -> None:
    """From now on."""
    await tx.run(SQL["write_rules"], **asdict(rules))
    detail: JsonObject = asdict(rules)
    await record_event(tx, "privacy.retention_changed", severity="warning", user_id=by, detail=detail)


async def count_due(tx: TenantTransaction, rules: Rules, now: datetime) -> Due:
    """What would go under these rules."""
    leads = await _idle(tx, rules, now, MOST_COUNTED)
    files = await _old_files(tx, rules, now, MOST_COUNTED)
    return Due(len(leads), len(files), len(await _old_payloads(tx, rules, now, MOST_COUNTED)))


async def enforce(tx: TenantTransaction, now: datetime) -> Due:
    """Take the next of it away, as much as an hour may; the job of each lead's erasure goes with the commit."""
    rules = await read_rules(tx)
    leads = await _idle(tx, rules, now, MOST_LEADS)
    for lead_id in leads:
        await begin_erasure(tx, Named(lead_id=lead_id), now=now, by=None, reason="retention")
    files = await _old_files(tx, rules, now, MOST_FILES)
    if files:
        await tx.run(SQL["keep_old_media"], media_ids=files)
        await tx.run(SQL["drop_old_words"], media_ids=files)
        await tx.run(SQL["drop_old_media"], media_ids=files)
    payloads = await _old_payloads(tx, rules, now, MOST_PAYLOADS)
    await tx.run(SQL["empty_payloads"], inbox_ids=payloads)
    await tx.run(SQL["drop_quarantine"], days=rules.payload_days, now=now)
    await tx.run(SQL["empty_answers"], days=rules.payload_days, now=now)
    due = Due(len(leads), len(files), len(payloads))
    if leads or files:
        await record_event(tx, "privacy.retained", severity="warning", detail=asdict(due))
    return due


async def _idle(tx: TenantTransaction, rules: Rules, now: datetime, most: int) -> list[int]:
    if rules.lead_months is None:
        return []
    return [one.id for one in await tx.all(SQL["idle_leads"], _Id, now=now, months=rules.lead_months, most=most)]


async def _old_files(tx: TenantTransaction, rules: Rules, now: datetime, most: int) -> list[int]:
    if rules.media_months is None:
        return []
    return [one.id for one in await tx.all(SQL["old_media"], _Id, now=now, months=rules.media_months, most=most)]


async def _old_payloads(tx: TenantTransaction, rules: Rules, now: datetime, most: int) -> list[int]:
    return [one.id for one in await tx.all(SQL["old_payloads"], _Id, now=now, days=rules.payload_days, most=most)]
