"""Typed access to the ledger. Nothing here changes or removes a transaction: the service has no right to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from core.database import TenantTransaction
from core.media_store import StoredFile
from core.statements import sibling_statements
from orchestrator_service.accounting.models import Entry, Kind, Method, NewRule, Receipt, Rule

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class Parties:
    """Who is named, None where there is no such record, and who stands behind a client or a lead."""

    client_id: int | None
    lead_of_client: int | None
    client_of_lead: int | None
    lead_id: int | None
    seller_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the ledger to be written; `amount` is above zero, its kind says which way it goes."""

    kind: Kind
    amount: Decimal
    currency: str
    occurred_at: datetime
    created_by: int | None
    method: Method | None = None
    client_id: int | None = None
    lead_id: int | None = None
    seller_id: int | None = None
    income_id: int | None = None
    reduces_id: int | None = None
    caused_by_id: int | None = None
    rule_id: int | None = None
    category: str | None = None
    paid_at: datetime | None = None
    token: UUID | None = None


@dataclass(frozen=True, slots=True)
class Commission:
    """A commission on an income that stands; `reduced` is what refunds have taken off it."""

    id: int
    amount: Decimal
    seller_id: int
    rule_id: int | None
    category: str | None
    method: Method | None
    reduced: Decimal


@dataclass(frozen=True, slots=True)
class RuleTerms:
    """What a rule gives."""

    id: int
    percent: Decimal | None
    fixed: Decimal | None


@dataclass(frozen=True, slots=True)
class _Id:
    id: int


async def of_token(tx: TenantTransaction, token: UUID) -> int | None:
    """The transaction that a token made; whoever sends the same one waits from here on for this one's end."""
    await tx.run(SQL["hold_token"], of_tenant=str(int(tx.tenant_id)), token=str(token))
    return await tx.value(SQL["of_token"], int, token=token)


async def find_entry(tx: TenantTransaction, transaction_id: int) -> Entry | None:
    """One transaction, or None."""
    return await tx.one(SQL["entry"], Entry, transaction_id=transaction_id)


async def find_parties(
    tx: TenantTransaction, *, client_id: int | None, lead_id: int | None, seller_id: int | None
) -> Parties:
    """Who is named."""
    found = await tx.one(SQL["parties"], Parties, client_id=client_id, lead_id=lead_id, seller_id=seller_id)
    assert found is not None, "it has no FROM"
    return found


async def add_line(tx: TenantTransaction, line: Line) -> int:
    """Write a line: its id. Raises ConstraintViolated where the ledger's own rules refuse it."""
    values = {name: getattr(line, name) for name in Line.__dataclass_fields__}
    added = await tx.value(SQL["insert_transaction"], int, **values)
    assert added is not None, "an insert without a conflict clause returns its row"
    return added


async def add_reversal(tx: TenantTransaction, transaction_id: int, *, occurred_at: datetime, created_by: int) -> int:
    """Write the same line the other way round: its id. Raises ConstraintViolated."""
    made = {"transaction_id": transaction_id, "occurred_at": occurred_at, "created_by": created_by}
    added = await tx.value(SQL["insert_reversal"], int, **made)
    assert added is not None, "the caller has read what it reverses"
    return added


async def add_words(tx: TenantTransaction, transaction_id: int, description: str) -> None:
    """Say what a transaction is."""
    await tx.run(SQL["insert_words"], transaction_id=transaction_id, description=description)


async def add_payment(tx: TenantTransaction, income_id: int, *, paid_at: datetime, created_by: int) -> None:
    """Write down that an income was paid. Raises ConstraintViolated."""
    await tx.run(SQL["insert_payment"], income_id=income_id, paid_at=paid_at, created_by=created_by)


async def refunded_of(tx: TenantTransaction, income_id: int) -> Decimal:
    """What has been given back of an income."""
    return await tx.value(SQL["refunded"], Decimal, income_id=income_id) or Decimal(0)


async def commissions_of(tx: TenantTransaction, income_id: int) -> list[Commission]:
    """The commissions on an income that stand."""
    return await tx.all(SQL["commissions_of"], Commission, income_id=income_id)


async def reductions_by(tx: TenantTransaction, refund: Entry) -> list[int]:
    """What a refund has taken off commissions: the lines that stand."""
    params = {"income_id": refund.income_id, "refund_id": refund.id}
    return [found.id for found in await tx.all(SQL["reductions_by"], _Id, **params)]


async def rule_for(tx: TenantTransaction, *, seller_id: int, currency: str, day: date) -> RuleTerms | None:
    """The rule that holds for an income of that day, or None."""
    return await tx.one(SQL["rule_for"], RuleTerms, seller_id=seller_id, currency=currency, day=day)


async def list_rules(tx: TenantTransaction, rule_id: int | None = None) -> list[Rule]:
    """The rules, or the one."""
    return await tx.all(SQL["list_rules"], Rule, rule_id=rule_id)


async def add_rule(tx: TenantTransaction, rule: NewRule, created_by: int) -> int:
    """Write a rule: its id. Raises ConstraintViolated where another holds on one of its days."""
    values = {name: getattr(rule, name) for name in NewRule.__dataclass_fields__}
    added = await tx.value(SQL["insert_rule"], int, **values, created_by=created_by)
    assert added is not None, "an insert without a conflict clause returns its row"
    return added


async def end_rule(tx: TenantTransaction, rule_id: int, ends_on: date) -> None:
    """Let a rule hold until that day. Raises ConstraintViolated."""
    await tx.run(SQL["end_rule"], rule_id=rule_id, ends_on=ends_on)


async def delete_rule(tx: TenantTransaction, rule_id: int) -> None:
    """Remove a rule. Raises ConstraintViolated where something was earned by it."""
    await tx.run(SQL["delete_rule"], rule_id=rule_id)


async def company_zone(tx: TenantTransaction) -> str:
    """The IANA name of the company's zone."""
    zone = await tx.value(SQL["company_zone"], str)
    assert zone is not None, "the tenant of a transaction exists"
    return zone


async def add_receipt(
    tx: TenantTransaction, transaction_id: int, file: StoredFile, *, media_type: str, filename: str | None, by: int
) -> int:
    """Put a file to a transaction: its id."""
    stored = {"media_type": media_type, "size_bytes": file.size, "storage_key": file.key, "filename": filename}
    added = await tx.value(SQL["insert_receipt"], int, transaction_id=transaction_id, created_by=by, **stored)
    assert added is not None, "an insert without a conflict clause returns its row"
    return added


async def count_receipts(tx: TenantTransaction, transaction_id: int) -> int:
    """How many files a transaction has."""
    return await tx.value(SQL["count_receipts"], int, transaction_id=transaction_id) or 0


async def newest_receipt(tx: TenantTransaction, transaction_id: int) -> Receipt | None:
    """The file that was added last, or None."""
    return await tx.one(SQL["newest_receipt"], Receipt, transaction_id=transaction_id)
