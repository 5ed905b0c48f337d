"""What a lead said about themselves."""

from __future__ import annotations

from core.database import TenantTransaction
from orchestrator_service.leads import repository
from orchestrator_service.leads.announce import announce_lead_change


async def write_profile(
    tx: TenantTransaction,
    lead_id: int,
    *,
    full_name: str | None = None,
    email: str | None = None,
    company: str | None = None,
    need: str | None = None,
) -> None:
    """Write what is given and announce it; None leaves a column as it is."""
    given = {"full_name": full_name, "email": email, "company": company, "need": need}
    await repository.update_profile(tx, lead_id, full_name=full_name, email=email, company=company, need=need)
    await announce_lead_change(tx, lead_id, *(name for name, value in given.items() if value is not None))
