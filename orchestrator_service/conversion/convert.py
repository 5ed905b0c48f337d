"""A lead becomes a client, once, where the tenant's criteria hold (PRODUCT §9.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.database import TenantTransaction
from core.errors import NotFound
from core.system_events import record_event
from orchestrator_service.clients.create import create_client
from orchestrator_service.clients.find import client_of_lead
from orchestrator_service.clients.models import NewClient
from orchestrator_service.conversion import repository
from orchestrator_service.conversion.criteria import ConversionCriteria, Criterion, LeadFacts, missing_criteria
from orchestrator_service.leads.advance import may_win, win_lead
from orchestrator_service.leads.announce import announce_lead_change
from orchestrator_service.leads.edit import Lead
from orchestrator_service.leads.lock import lock_lead

_NAMELESS = "—"


@dataclass(frozen=True, slots=True)
class Converted:
    """The lead is a client; `already` where it was before and nothing was written."""

    client_id: int
    already: bool


@dataclass(frozen=True, slots=True)
class NotConverted:
    """The criteria that do not hold, in the order of `Criterion`; nothing was written.

    `closed`: they hold, but the company's pipeline lets no lead go from its stage to won.
    """

    missing: tuple[Criterion, ...]
    closed: bool = False


async def convert_to_client(tx: TenantTransaction, *, lead_id: int, now: datetime) -> Converted | NotConverted:
    """Make the client, move the lead to won, announce both and audit it; the same answer when called again.

    Locks the lead, so a booking in the same transaction comes before. Raises NotFound for a missing or deleted lead.
    """
    lead = await lock_lead(tx, lead_id)
    if lead is None:
        raise NotFound
    client = await client_of_lead(tx, lead_id)
    if client is not None:
        return Converted(client.id, already=True)
    if missing := missing_criteria(await load_criteria(tx), await facts_of(tx, lead)):
        return NotConverted(missing)
    if not await may_win(tx, lead.stage_key):
        return NotConverted((), closed=True)
    new = NewClient(
        lead_id=lead_id,
        full_name=lead.full_name or lead.phone or lead.email or _NAMELESS,
        phone=lead.phone,
        email=lead.email,
        owner_user_id=lead.owner_user_id,
        created_at=now,
    )
    client_id = await create_client(tx, new)
    assert client_id is not None, "the lead's lock keeps a second conversion out"
    await win_lead(tx, lead_id)
    await announce_lead_change(tx, lead_id, "stage_key", "client")
    await record_event(tx, "lead.converted", subject=f"lead:{lead_id}", detail={"client_id": client_id})
    return Converted(client_id, already=False)


async def facts_of(tx: TenantTransaction, lead: Lead) -> LeadFacts:
    """What a lead that is no client yet is judged on."""
    deeds = await repository.deeds(tx, lead.id)
    return LeadFacts(
        interest=lead.interest,
        full_name=lead.full_name,
        phone=lead.phone,
        email=lead.email,
        whatsapp_id=deeds.whatsapp_id,
        has_confirmed_meeting=deeds.has_confirmed_meeting,
        has_paid_sale=deeds.has_paid_sale,
        is_client=False,
    )


async def load_criteria(tx: TenantTransaction) -> ConversionCriteria:
    """What the tenant asks for, from its rows."""
    waived = await repository.waived_criteria(tx)
    interests = ConversionCriteria().interests
    return ConversionCriteria(
        interests=frozenset() if "interest" in waived else interests,
        needs_full_name="full_name" not in waived,
        needs_contact="contact" not in waived,
        needs_meeting_or_sale="meeting_or_sale" not in waived,
    )
