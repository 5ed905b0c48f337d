"""`/crm/transactions/rules`: what sellers earn on paid income."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, status
from starlette.requests import Request

from core.model_route import ModelRoute
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.accounting.rules import add_rule, end_rule, list_rules, remove_rule
from orchestrator_service.accounting.schemas import RuleBody, RuleEndBody, RuleListView, RuleView
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission

# Before the routes of single transactions: a path is tried in the order of the routers.
router = APIRouter(prefix="/crm/transactions/rules", tags=["accounting"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.TRANSACTIONS_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.TRANSACTIONS_WRITE))]
_LIMITED = [Depends(rate_limit("60/minute", scope="crm.rules"))]


@router.get("", dependencies=_LIMITED)
@audit_access("commissions.rules", subject="commission_rules")
async def get_rules(database: Db, principal: Reader) -> RuleListView:
    """Every rule, those that still hold first."""
    async with database.tenant(principal.tenant_id) as tx:
        rules = await list_rules(tx, principal)
    return RuleListView(items=[RuleView.of(rule) for rule in rules])


@router.post("", status_code=status.HTTP_201_CREATED, dependencies=_LIMITED)
@audit_access("commissions.add_rule", subject="commission_rule")
async def post_rule(request: Request, body: RuleBody, database: Db, principal: Writer) -> RuleView:
    """Make a rule. 409 `rules_overlap`; 422 `bad_days`, `unknown_currency`, `currency_too_fine`, `amount_too_fine`."""
    async with database.tenant(principal.tenant_id) as tx:
        made = await add_rule(tx, principal, body.new())
    name_subject(request, f"commission_rule:{made.id}")
    return RuleView.of(made)


@router.post("/{rule_id}/end", dependencies=_LIMITED)
@audit_access("commissions.end_rule", subject="commission_rule")
async def post_rule_end(rule_id: int, body: RuleEndBody, database: Db, principal: Writer) -> RuleView:
    """Let a rule hold until that day. 409 `rules_overlap`; 422 `bad_days` before its first day."""
    async with database.tenant(principal.tenant_id) as tx:
        return RuleView.of(await end_rule(tx, principal, rule_id, body.ends_on))


@router.delete("/{rule_id}", status_code=status.HTTP_204_NO_CONTENT, dependencies=_LIMITED)
@audit_access("commissions.remove_rule", subject="commission_rule")
async def delete_rule(rule_id: int, database: Db, principal: Writer) -> None:
    """Forget a rule. 409 `rule_in_use` where something was earned by it."""
    async with database.tenant(principal.tenant_id) as tx:
        await remove_rule(tx, principal, rule_id)
