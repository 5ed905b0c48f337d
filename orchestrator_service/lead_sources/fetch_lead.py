"""A lead of Meta's that a webhook named, or the hourly comparison found: it is fetched, and becomes a lead once.

Between the two transactions lies one request to Graph. Safe to run again: a row that is settled is left alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

import httpx

from core.channels import read_credential
from core.clock import Clock
from core.crash_points import reached
from core.credentials import Keyring
from core.crm_contracts import FetchLead
from core.database import Database, TenantTransaction
from core.jobs import defer
from core.loopback import is_loopback
from core.meta.lead_client import Failed, LeadClient
from core.meta.leadgen import AdLead
from core.secret import Secret
from orchestrator_service.lead_sources import repository
from orchestrator_service.lead_sources.ad_fields import submission_of_ad
from orchestrator_service.lead_sources.models import Problem, Source
from orchestrator_service.lead_sources.receive import become_lead
from orchestrator_service.leads.receive import NoContact

PAGE_TOKEN: Final = "meta:access_token"  # noqa: S105 - the vault's name of it
MOST_ATTEMPTS: Final = 40
_FIRST_WAIT: Final = 30
_LONGEST_WAIT: Final = 3600


@dataclass(frozen=True, slots=True)
class MetaTools:
    """What fetching needs. `base_url` is Graph's with its version, or a local one's."""

    database: Database
    keyring: Keyring = field(repr=False)
    http: httpx.AsyncClient
    base_url: str
    clock: Clock

    def client(self, token: Secret) -> LeadClient:
        """Graph for that token."""
        return LeadClient(self.http, token=token, base_url=self.base_url)

    async def token(self, tx: TenantTransaction) -> Secret | Problem:
        """The page's token; a demo company never speaks to Meta itself."""
        if await repository.is_demo(tx) and not is_loopback(urlsplit(self.base_url).hostname or ""):
            return "demo"
        return await read_credential(tx, self.keyring, PAGE_TOKEN) or "no_token"


async def fetch_lead(tools: MetaTools, job: FetchLead) -> None:
    """Fetch it and take it in; what cannot be had now is tried for a day and a half, as long as Meta itself tries."""
    async with tools.database.tenant(job.tenant_id) as tx:
        waiting = await repository.lock_waiting(tx, job.received_id)
        token = await tools.token(tx) if waiting else None
    if waiting is None or token is None:
        return
    if isinstance(token, Secret):
        fetched = await tools.client(token).lead(waiting.event_id)
        found = fetched if isinstance(fetched, AdLead) else _problem(fetched)
    else:
        found = token
    reached("fetched")
    async with tools.database.tenant(job.tenant_id) as tx:
        await _take(tx, tools, job, found)


async def _take(tx: TenantTransaction, tools: MetaTools, job: FetchLead, found: AdLead | Problem) -> None:
    waiting = await repository.lock_waiting(tx, job.received_id)
    source = await repository.find_source(tx, waiting.source_id) if waiting else None
    if waiting is None or source is None:
        return
    if not isinstance(found, AdLead):
        await _later(tx, tools, job, source, found)
        return
    submission = submission_of_ad(waiting.event_id, found, source)
    await repository.keep_answers(tx, waiting.id, submission.answers)
    await repository.note_problem(tx, source.id, None)
    try:
        await become_lead(tx, source, waiting.id, submission)
    except NoContact:
        await repository.give_up(tx, waiting.id, "no_contact")


async def _later(tx: TenantTransaction, tools: MetaTools, job: FetchLead, source: Source, problem: Problem) -> None:
    if problem != "gone":
        await repository.note_problem(tx, source.id, problem)
    attempts = await repository.put_off(tx, job.received_id, problem)
    if attempts is None or problem == "gone" or attempts >= MOST_ATTEMPTS:
        await repository.give_up(tx, job.received_id, problem)
        return
    wait = min(_FIRST_WAIT * 2 ** min(attempts - 1, 10), _LONGEST_WAIT)
    await defer(tx, job, at=tools.clock() + timedelta(seconds=wait))


def _problem(failed: Failed) -> Problem:
    return failed.reason
