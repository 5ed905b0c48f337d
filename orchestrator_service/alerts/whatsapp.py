"""An alert by WhatsApp: the ceo's template, filled and left to the sending door of the number that it belongs to.

It goes to a colleague, so it is no message of a conversation: the alert's own row is its mirror.
"""

from __future__ import annotations

from typing import Final

from core.contracts import DeliverAlert
from core.database import TenantTransaction
from core.errors import NotFound
from core.jobs import defer
from orchestrator_service.alerts import repository
from orchestrator_service.alerts.models import Facts
from orchestrator_service.alerts.repository import FactRow
from orchestrator_service.alerts.wording import say
from orchestrator_service.messaging.send_template import TemplateIncomplete, rendered
from orchestrator_service.templates.find import TemplateUnavailable, demand_sendable
from orchestrator_service.templates.models import Template

VARIABLES: Final = 2


def fits(template: Template) -> bool:
    """Whether it has room for what has happened and where: two variables, both of its body, and nothing else open."""
    variables = template.definition.variables
    return len(variables) == VARIABLES and all(variable.part == "body" for variable in variables)


async def demand_fitting(tx: TenantTransaction, template_id: int) -> Template:
    """One that may be sent and that an alert can fill. Raises NotFound, TemplateUnavailable."""
    template = await demand_sendable(tx, template_id)
    if not fits(template):
        raise TemplateUnavailable("An alert fills two variables in the body of a template, and nothing else.")
    return template


async def hand_to_door(tx: TenantTransaction, alert_id: int, row: FactRow, facts: Facts, public_url: str) -> None:
    """Queue the delivery at the commit of `tx`, or write down why nothing leaves."""
    if row.phone is None or row.template_id is None:
        await repository.settle(tx, alert_id, "failed", "not_configured")
        return
    try:
        template = await demand_fitting(tx, row.template_id)
        what, where = (variable.key for variable in template.definition.variables)
        shown = rendered(template, {what: say(facts), where: f"{public_url}{facts.path}"})
    except (NotFound, TemplateUnavailable, TemplateIncomplete) as error:
        await repository.settle(tx, alert_id, "failed", error.code)
        return
    await repository.hand_over(tx, alert_id, channel_id=template.channel_id, recipient=row.phone, content=shown.content)
    await defer(tx, DeliverAlert(tx.tenant_id, alert_id))
