"""How far a lead is from being a client, as its page tells it; and the conversion by hand, through the same gate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.database import TenantTransaction
from core.errors import Conflict
from core.principal import Principal
from core.resilience import optional
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.clients.find import client_of_lead
from orchestrator_service.conversion import repository
from orchestrator_service.conversion.convert import Converted, convert_to_client, facts_of, load_criteria
from orchestrator_service.conversion.criteria import ConversionCriteria, Criterion, missing_criteria
from orchestrator_service.leads.edit import read_lead, seen
from orchestrator_service.leads.lock import lock_lead


class NotReady(Conflict):
    """The company's criteria do not hold; `missing` says which."""

    code = "lead_not_ready"
    title = "Lead Not Ready"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the company asks of a lead, what of it is missing, and what the person does not want."""

    client_id: int | None
    asked: tuple[Criterion, ...]
    missing: tuple[Criterion, ...]
    opted_out_at: datetime | None
    marketing_opted_out_at: datetime | None


async def standing_of(tx: TenantTransaction, principal: Principal, lead_id: int) -> Standing:
    """How a lead of the caller's scope stands. Raises NotFound."""
    lead = await read_lead(tx, principal, lead_id)
    out = await repository.opted_out(tx, lead_id)

    async def judge() -> tuple[int | None, tuple[Criterion, ...], tuple[Criterion, ...]]:
        client = await client_of_lead(tx, lead_id)
        criteria = await load_criteria(tx)
        return client.id if client else None, _asked(criteria), missing_criteria(criteria, await facts_of(tx, lead))

    client_id, asked, missing = await optional(tx, judge, missing=(None, (), ()))
    return Standing(client_id, asked, missing, out.opted_out_at, out.marketing_opted_out_at)


async def convert_by_hand(tx: TenantTransaction, principal: Principal, lead_id: int, now: datetime) -> Converted:
    """Make a lead of the caller's scope a client. Raises NotFound, NotReady."""
    seen(principal, await lock_lead(tx, lead_id), Permission.CLIENTS_WRITE)
    outcome = await convert_to_client(tx, lead_id=lead_id, now=now)
    if isinstance(outcome, Converted):
        return outcome
    raise NotReady("what the company asks of a client does not hold", extra={"missing": list(outcome.missing)})


def _asked(criteria: ConversionCriteria) -> tuple[Criterion, ...]:
    asked: dict[Criterion, bool] = {
        "interest": bool(criteria.interests),
        "full_name": criteria.needs_full_name,
        "contact": criteria.needs_contact,
        "meeting_or_sale": criteria.needs_meeting_or_sale,
    }
    return tuple(criterion for criterion, wanted in asked.items() if wanted)
