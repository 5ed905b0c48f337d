"""A new company with all the rows that the rest of the code takes for granted."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal

from core.database import Database, TenantTransaction
from core.directory import Directory
from core.errors import BadInput
from core.principal import TenantId
from core.statements import sibling_statements
from core.system_events import record_event
from orchestrator_service.agenda.zone_time import UnknownZoneError, parse_zone
from orchestrator_service.pipeline.defaults import LOST_REASONS, STAGE_NAMES, STAGES, Language

SQL = sibling_statements(__file__)

# The vocabulary of `conversion_criteria.criterion`; conversion stands above this layer.
CRITERIA: Final = ("interest", "full_name", "contact", "meeting_or_sale")


async def create_tenant(
    database: Database,
    directory: Directory,
    *,
    name: str,
    mode: Literal["demo", "live"],
    country: str,
    zone: str,
    language: Language,
    currency: str,
    agent_name: str,
    offer_summary: str,
    brain: Literal["demo", "live"],
    quiet_seconds: float = 6,
    maximum_wait_seconds: float = 25,
    keeps_holidays: bool = True,
) -> TenantId:
    """Make a company in one transaction and answer its id; its users and channels come afterwards.

    `country` is ISO 3166 alpha-2, `zone` an IANA name, `currency` ISO 4217; `keeps_holidays`: no meetings on the
    country's public holidays, until somebody says otherwise. Raises BadInput for an unknown zone. An id
    that was taken for a company that could not be made is not used again.
    """
    try:
        parse_zone(zone)
    except UnknownZoneError as error:
        raise BadInput(str(error)) from error
    async with database.system() as system:
        taken = await system.value(SQL["next_tenant_id"], int)
    assert taken is not None, "a sequence never ends here"
    tenant_id = TenantId(taken)
    company = {"name": name, "mode": mode, "country": country, "zone": zone, "language": language, "currency": currency}
    async with database.tenant(tenant_id) as tx:
        await tx.run(SQL["create_tenant"], **company)
        await tx.run(
            SQL["create_settings"],
            agent_name=agent_name,
            offer_summary=offer_summary,
            brain=brain,
            quiet_seconds=Decimal(str(quiet_seconds)),
            maximum_wait_seconds=Decimal(str(maximum_wait_seconds)),
            holiday_country=country if keeps_holidays else None,
        )
        await _fill(tx, language)
        await directory.add(tx, "tenant", str(tenant_id), tenant_id)
        await record_event(tx, "tenant.created", subject=f"tenant:{tenant_id}", detail={"mode": mode})
    return tenant_id


async def _fill(tx: TenantTransaction, language: Language) -> None:
    keys, kinds, probabilities = zip(*STAGES, strict=True)
    names = list(STAGE_NAMES[language])
    await tx.run(
        SQL["create_stages"], keys=list(keys), names=names, kinds=list(kinds), probabilities=list(probabilities)
    )
    await tx.run(SQL["create_reasons"], names=list(LOST_REASONS[language]))
    await tx.run(SQL["create_criteria"], criteria=list(CRITERIA))
    await tx.run(SQL["start_sequence"])
