"""Reversing a line: the same again the other way round, with what hung on it. The only way to mend the ledger."""

from __future__ import annotations

from datetime import datetime

from core.database import TenantTransaction
from core.database_errors import ConstraintViolated
from core.errors import NotFound
from core.principal import Principal
from orchestrator_service.accounting import repository
from orchestrator_service.accounting.announce import announce_money
from orchestrator_service.accounting.earn import undo_commissions
from orchestrator_service.accounting.errors import AlreadyReversed, NotReversible, RefundsFirst, refusal
from orchestrator_service.accounting.models import Transaction
from orchestrator_service.accounting.reading import read_transaction


async def reverse_transaction(
    tx: TenantTransaction, principal: Principal, transaction_id: int, reason: str, *, now: datetime
) -> Transaction:
    """Write the reversal, dated now, so that no figure of a past day moves: the reversal itself is answered.

    Raises NotFound, AlreadyReversed, NotReversible, RefundsFirst.
    """
    entry = await repository.find_entry(tx, transaction_id)
    if entry is None:
        raise NotFound
    if entry.reversed_by_id is not None:
        raise AlreadyReversed("it was reversed before", extra={"reversed_by_id": entry.reversed_by_id})
    if entry.reverses_id is not None or entry.reduces_id is not None:
        raise NotReversible("a reversal stays, and what a refund took goes with the refund")
    try:
        reversal_id = await repository.add_reversal(tx, entry.id, occurred_at=now, created_by=principal.user_id)
    except ConstraintViolated as error:
        raise refusal(error, AlreadyReversed, NotReversible, RefundsFirst) from error
    await repository.add_words(tx, reversal_id, reason)
    await undo_commissions(tx, principal, entry, at=now)
    await announce_money(tx, reversal_id, entry.lead_id)
    return await read_transaction(tx, principal, reversal_id)
