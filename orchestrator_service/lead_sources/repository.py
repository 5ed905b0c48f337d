"""Typed access to sources of leads and to what they received."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.database import TenantTransaction
from core.json_types import JsonObject
from core.statements import sibling_statements
from orchestrator_service.lead_sources.models import Kind, Problem, Received, Source, Submission

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A lead of Meta's that is known by its id alone."""

    id: int
    source_id: int
    event_id: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A question that was answered, and one answer."""

    question: str
    example: str


@dataclass(frozen=True, slots=True)
class Company:
    """What strangers are told of the company."""

    name: str
    country: str
    business_number: str | None


@dataclass(frozen=True, slots=True)
class _Id:
    id: int


async def list_sources(tx: TenantTransaction) -> list[Source]:
    """Those in use first."""
    return await tx.all(SQL["list_sources"], Source, source_id=None)


async def find_source(tx: TenantTransaction, source_id: int) -> Source | None:
    """One of them."""
    return await tx.one(SQL["list_sources"], Source, source_id=source_id)


async def lock_company(tx: TenantTransaction) -> None:
    """Nobody adds another source before the end of the transaction."""
    await tx.value(SQL["lock_company"], int)


async def lock_source(tx: TenantTransaction, source_id: int) -> bool:
    """Whether it is there, and nobody else's to change."""
    return await tx.value(SQL["lock_source"], int, source_id=source_id) is not None


async def add_source(
    tx: TenantTransaction, kind: Kind, name: str, key: str, *, settings: JsonObject, page_id: str | None
) -> int | None:
    """Its id; None where its page is another source's."""
    written = {"kind": kind, "name": name, "key": key, "settings": settings, "page_id": page_id}
    return await tx.value(SQL["add_source"], int, **written, owner_ids=[])


async def change_source(tx: TenantTransaction, source: Source) -> None:
    """Write what people may change."""
    written = {"name": source.name, "active": source.active, "settings": source.settings}
    await tx.run(SQL["change_source"], source_id=source.id, **written, owner_ids=source.owner_ids)


async def all_members(tx: TenantTransaction, user_ids: Sequence[int]) -> bool:
    """Whether all of them work in the company."""
    return (await tx.value(SQL["count_members"], int, user_ids=list(user_ids)) or 0) == len(set(user_ids))


async def list_received(tx: TenantTransaction, source_id: int, *, before_id: int, most: int) -> list[Received]:
    """Newest first."""
    return await tx.all(SQL["list_received"], Received, source_id=source_id, before_id=before_id, most=most)


async def list_questions(tx: TenantTransaction, source_id: int) -> list[Seen]:
    """What the newest two hundred were asked, each with its newest answer."""
    return await tx.all(SQL["list_questions"], Seen, source_id=source_id)


async def store_received(tx: TenantTransaction, source_id: int, submission: Submission) -> int | None:
    """Its id; None where it came before."""
    kept = {"event_id": submission.event_id, "answers": submission.answers, "consent": submission.consent}
    return await tx.value(SQL["store_received"], int, source_id=source_id, **kept)


async def await_lead(tx: TenantTransaction, source_id: int, event_id: str) -> int | None:
    """Its id; None where it came before."""
    return await tx.value(SQL["await_lead"], int, source_id=source_id, event_id=event_id)


async def lock_waiting(tx: TenantTransaction, received_id: int) -> Waiting | None:
    """What has to be fetched still."""
    return await tx.one(SQL["lock_waiting"], Waiting, received_id=received_id)


async def keep_answers(tx: TenantTransaction, received_id: int, answers: dict[str, str]) -> None:
    """What was fetched."""
    await tx.run(SQL["keep_answers"], received_id=received_id, answers=answers)


async def settle(tx: TenantTransaction, received_id: int, lead_id: int, *, made: bool) -> None:
    """Which lead it became."""
    await tx.run(SQL["settle"], received_id=received_id, lead_id=lead_id, made=made)


async def give_up(tx: TenantTransaction, received_id: int, problem: Problem) -> None:
    """It became none."""
    await tx.run(SQL["give_up"], received_id=received_id, problem=problem)


async def put_off(tx: TenantTransaction, received_id: int, problem: Problem) -> int | None:
    """How often it was tried; None where it is done with."""
    return await tx.value(SQL["put_off"], int, received_id=received_id, problem=problem)


async def count_one(tx: TenantTransaction, source_id: int) -> int:
    """How many came before this one."""
    return await tx.value(SQL["count_one"], int, source_id=source_id) or 0


async def note_problem(tx: TenantTransaction, source_id: int, problem: Problem | None) -> None:
    """How fetching goes."""
    await tx.run(SQL["note_problem"], source_id=source_id, problem=problem)


async def take_due(tx: TenantTransaction, now: datetime, following: datetime) -> list[int]:
    """Pages whose turn it is."""
    return [row.id for row in await tx.all(SQL["take_due"], _Id, now=now, next=following)]


async def note_reconciled(tx: TenantTransaction, source_id: int, until: datetime) -> None:
    """All that there was until then is here."""
    await tx.run(SQL["note_reconciled"], source_id=source_id, until=until)


async def is_demo(tx: TenantTransaction) -> bool:
    """Whether the company reaches no provider."""
    return await tx.value(SQL["is_demo"], bool) or False


async def find_company(tx: TenantTransaction) -> Company | None:
    """None where the company is suspended."""
    return await tx.one(SQL["company_of_form"], Company)
