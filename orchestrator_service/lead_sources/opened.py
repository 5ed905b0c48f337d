"""From the key in a path to the source that it names, before anybody's company is known."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ValidationError

from core.errors import NotFound
from orchestrator_service.auth.door import AccessDoor
from orchestrator_service.lead_sources import repository
from orchestrator_service.lead_sources.models import FormSettings, Source
from orchestrator_service.lead_sources.repository import Company


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form that may be filled in. `country` reads numbers in national form."""

    tenant_id: int
    source: Source
    form: FormSettings
    company: Company

    @property
    def country(self) -> str:
        """ISO 3166."""
        return self.company.country


async def open_form(door: AccessDoor, key: str) -> OpenForm | None:
    """None for a key of no form, one that is off, and a company that is suspended."""
    entry = await door.directory.find(door.database, "form", key)
    if entry is None or entry.ref is None:
        return None
    async with door.database.tenant(entry.tenant_id) as tx:
        source, company = await repository.find_source(tx, entry.ref), await repository.find_company(tx)
    if source is None or company is None or not source.active:
        return None
    try:
        form = FormSettings.model_validate(source.settings)
    except ValidationError:
        return None
    return OpenForm(entry.tenant_id, source, form, company)


async def open_hook(door: AccessDoor, key: str) -> tuple[Source, int]:
    """The hook of a key and whose it is. Raises NotFound."""
    entry = await door.directory.find(door.database, "lead_hook", key)
    if entry is None or entry.ref is None:
        raise NotFound
    async with door.database.tenant(entry.tenant_id) as tx:
        source, company = await repository.find_source(tx, entry.ref), await repository.find_company(tx)
    if source is None or company is None or not source.active or source.kind != "hook":
        raise NotFound
    return source, entry.tenant_id
