"""An income that waited was paid: a line of its own, once, since the income itself is never changed (ADR 0034)."""

from __future__ import annotations

from datetime import datetime

from core.database import TenantTransaction
from core.database_errors import ConstraintViolated
from core.errors import NotFound
from core.principal import Principal
from orchestrator_service.accounting import repository
from orchestrator_service.accounting.announce import announce_money, judge_sale
from orchestrator_service.accounting.earn import earn_commission
from orchestrator_service.accounting.errors import NotPayable, refusal
from orchestrator_service.accounting.models import Transaction
from orchestrator_service.accounting.reading import read_transaction


async def pay_income(tx: TenantTransaction, principal: Principal, income_id: int, *, paid_at: datetime) -> Transaction:
    """Write the payment and the commission that it earns. Raises NotFound, NotPayable."""
    income = await repository.find_entry(tx, income_id)
    if income is None:
        raise NotFound
    try:
        await repository.add_payment(tx, income_id, paid_at=paid_at, created_by=principal.user_id)
    except ConstraintViolated as error:
        raise refusal(error, NotPayable) from error
    await earn_commission(tx, principal, income, paid_at=paid_at)
    await judge_sale(tx, income.lead_id)
    await announce_money(tx, income_id, income.lead_id)
    return await read_transaction(tx, principal, income_id)
