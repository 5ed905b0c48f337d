"""Commission rules: made, ended, removed while nothing was earned by them. What was earned stays as it was."""

from __future__ import annotations

from datetime import date

from core.currencies import exact, quantum
from core.database import TenantTransaction
from core.database_errors import ConstraintViolated
from core.errors import NotFound
from core.principal import Principal
from core.resilience import optional
from orchestrator_service.accounting import repository
from orchestrator_service.accounting.announce import announce_money
from orchestrator_service.accounting.errors import BadPeriod, RuleInUse, RulesOverlap, refusal
from orchestrator_service.accounting.models import NewRule, Rule
from orchestrator_service.auth.permissions import Permission, require


async def list_rules(tx: TenantTransaction, principal: Principal) -> list[Rule]:
    """Every rule, those that still hold first."""
    require(principal, Permission.TRANSACTIONS_READ)

    async def query() -> list[Rule]:
        return await repository.list_rules(tx)

    return await optional(tx, query, missing=[])


async def add_rule(tx: TenantTransaction, principal: Principal, new: NewRule) -> Rule:
    """Make a rule. Raises RulesOverlap, BadPeriod, NotFound for a seller that there is not, and currency's refusals."""
    if new.currency is not None:
        quantum(new.currency)
        if new.fixed is not None:
            exact(new.fixed, new.currency)
    if new.ends_on is not None and new.ends_on < new.starts_on:
        raise BadPeriod("the last day is before the first")
    if new.seller_id is not None:
        found = await repository.find_parties(tx, client_id=None, lead_id=None, seller_id=new.seller_id)
        if found.seller_id is None:
            raise NotFound
    try:
        rule_id = await repository.add_rule(tx, new, principal.user_id)
    except ConstraintViolated as error:
        raise refusal(error, RulesOverlap, BadPeriod) from error
    await announce_money(tx, None, None)
    return await _demand(tx, rule_id)


async def end_rule(tx: TenantTransaction, principal: Principal, rule_id: int, ends_on: date) -> Rule:
    """Let a rule hold until that day. Raises NotFound, BadPeriod, RulesOverlap."""
    require(principal, Permission.TRANSACTIONS_WRITE)
    await _demand(tx, rule_id)
    try:
        await repository.end_rule(tx, rule_id, ends_on)
    except ConstraintViolated as error:
        raise refusal(error, RulesOverlap, BadPeriod) from error
    await announce_money(tx, None, None)
    return await _demand(tx, rule_id)


async def remove_rule(tx: TenantTransaction, principal: Principal, rule_id: int) -> None:
    """Forget a rule. Raises NotFound, RuleInUse."""
    require(principal, Permission.TRANSACTIONS_WRITE)
    await _demand(tx, rule_id)
    try:
        await repository.delete_rule(tx, rule_id)
    except ConstraintViolated as error:
        raise refusal(error, RuleInUse) from error
    await announce_money(tx, None, None)


async def _demand(tx: TenantTransaction, rule_id: int) -> Rule:
    found = await repository.list_rules(tx, rule_id)
    if not found:
        raise NotFound
    return found[0]
