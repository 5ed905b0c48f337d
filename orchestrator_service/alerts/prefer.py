"""What somebody wants to hear outside the app, and what the ceo decides for everybody."""

from __future__ import annotations

from dataclasses import asdict, replace

from core.database import TenantTransaction
from core.errors import NexusError
from core.phone import canonical_e164
from core.principal import Principal
from core.resilience import optional
from core.system_events import record_event
from orchestrator_service.alerts import repository
from orchestrator_service.alerts.models import CompanyRules, Preferences
from orchestrator_service.alerts.whatsapp import demand_fitting


class PhoneRefused(NexusError):
    """It is no phone number that WhatsApp could know."""

    status = 422
    code = "bad_phone"
    title = "Phone Refused"


async def read_preferences(tx: TenantTransaction, principal: Principal) -> Preferences:
    """The caller's own; the usual where nothing was chosen."""
    user_id = int(principal.user_id)
    return await optional(tx, lambda: repository.preferences(tx, user_id), missing=Preferences())


async def set_preferences(tx: TenantTransaction, principal: Principal, wanted: Preferences) -> Preferences:
    """Save the caller's own; the phone as it is dialled from everywhere. Raises PhoneRefused."""
    if wanted.phone is not None:
        here = await repository.company(tx)
        dialled = canonical_e164(wanted.phone, region=here.country)
        phone = canonical_e164(dialled, whatsapp=True) if dialled is not None else None  # surely a mobile
        if phone is None:
            raise PhoneRefused("this is not a phone number")
        wanted = replace(wanted, phone=phone)
    await repository.store_preferences(tx, int(principal.user_id), wanted)
    return wanted


async def read_company_rules(tx: TenantTransaction) -> CompanyRules:
    """What holds for everybody."""
    return await repository.company_rules(tx)


async def set_company_rules(tx: TenantTransaction, principal: Principal, wanted: CompanyRules) -> CompanyRules:
    """Save what holds for everybody. Raises NotFound, TemplateUnavailable for a template that alerts cannot fill."""
    if wanted.template_id is not None:
        await demand_fitting(tx, wanted.template_id)
    current = await repository.company_rules(tx)
    await repository.store_company_rules(tx, wanted)
    old, new = asdict(current), asdict(wanted)
    changes = {name: {"was": old[name], "became": new[name]} for name in old if old[name] != new[name]}
    if changes:
        await record_event(
            tx,
            "settings.changed",
            user_id=principal.user_id,
            subject="settings:alerts",
            detail={"changes": changes},
        )
    return wanted
