"""For slices above: a template that may be sent, or why it may not."""

from __future__ import annotations

from typing import Final

from core.database import TenantTransaction
from core.errors import Conflict, NotFound
from core.resilience import optional
from orchestrator_service.templates import repository
from orchestrator_service.templates.models import Template

MOST_OFFERED: Final = 200


class TemplateUnavailable(Conflict):
    """It is not approved, was removed at the provider, belongs to another number, or has a part that we cannot send."""

    code = "template_unavailable"
    title = "Template Unavailable"


async def find_template(tx: TenantTransaction, template_id: int) -> Template:
    """One template, of any state. Raises NotFound."""
    template = await repository.find_template(tx, template_id)
    if template is None:
        raise NotFound
    return template


async def demand_sendable(tx: TenantTransaction, template_id: int) -> Template:
    """One that may be sent. Raises NotFound, TemplateUnavailable."""
    template = await find_template(tx, template_id)
    if not template.sendable:
        raise TemplateUnavailable("WhatsApp has not approved this template, or it has a part that we cannot send.")
    return template


async def sendable_templates(tx: TenantTransaction, channel_id: int | None) -> list[Template]:
    """What a number may send, any that is switched on where None, by name: 200 at most."""

    async def query() -> list[Template]:
        return await repository.approved_templates(tx, channel_id, most=MOST_OFFERED)

    return [template for template in await optional(tx, query, missing=[]) if template.sendable]
