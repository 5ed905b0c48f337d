"""How the company writes by itself: looked at, and set up by whoever may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from core.database import TenantTransaction
from core.errors import Conflict, NotFound
from core.outbox import emit
from core.resilience import optional
from orchestrator_service.messaging.send_template import TemplateIncomplete
from orchestrator_service.templates.fills import unknown_fields
from orchestrator_service.templates.find import TemplateUnavailable, find_template
from orchestrator_service.templates.rendering import Flaw
from orchestrator_service.triggers import repository
from orchestrator_service.triggers.models import BEFORE, KINDS, MOST_STEPS, Kind, Tally, Trigger

COUNTED: Final = timedelta(days=30)


class TriggerIncomplete(Conflict):
    """It is to be on, and has no template."""

    code = "trigger_incomplete"
    title = "Trigger Incomplete"


class UnknownField(Conflict):
    """A text names a field that leads do not have; `extra.fields` says which."""

    code = "unknown_field"
    title = "Unknown Field"


class StepRefused(Conflict):
    """Steps follow one another: one cannot be skipped, nor one in the middle removed."""

    code = "step_refused"
    title = "Step Refused"


@dataclass(frozen=True, slots=True)
class TriggerCard:
    """A trigger and how it is doing."""

    trigger: Trigger
    tally: Tally


async def list_triggers(tx: TenantTransaction, now: datetime) -> list[TriggerCard]:
    """Every kind, whether somebody has set it up or not; reactivations by step."""

    async def query() -> tuple[list[Trigger], list[Tally]]:
        return await repository.list_triggers(tx), await repository.tallies(tx, now - COUNTED)

    triggers, counted = await optional(tx, query, missing=([], []))
    tallies = {(tally.kind, tally.step): tally for tally in counted}
    found = {(trigger.kind, trigger.step): trigger for trigger in triggers}
    for kind in KINDS:
        step = 1 if kind == "reactivation" else 0
        found.setdefault((kind, step), Trigger(kind, step))
    ordered = sorted(found.values(), key=lambda one: (KINDS.index(one.kind), one.step))
    nothing = Tally("confirmation", 0, 0, 0, 0, 0)
    return [TriggerCard(one, tallies.get((one.kind, one.step), nothing)) for one in ordered]


async def set_trigger(tx: TenantTransaction, trigger: Trigger, now: datetime) -> None:
    """Set one up, switch it on or off. On: meetings ahead get theirs. Off: what is planned does not leave.

    Raises NotFound for a template that is not there, TemplateUnavailable, TemplateIncomplete for a variable without a
    text, UnknownField, TriggerIncomplete, StepRefused.
    """
    await _demand_step(tx, trigger.kind, trigger.step)
    await _demand_whole(tx, trigger)
    await repository.store_trigger(tx, trigger)
    if not trigger.enabled:
        await repository.cancel_kind(tx, trigger.kind, trigger.step)
    elif BEFORE.get(trigger.kind) is not None:
        await repository.plan_for_meetings(tx, trigger.kind, now)
    await _announce(tx)


async def remove_step(tx: TenantTransaction, step: int) -> None:
    """Take the last step off the sequence of reactivations. Raises NotFound, StepRefused."""
    if await repository.find_trigger(tx, "reactivation", step) is None:
        raise NotFound
    if not await repository.remove_trigger(tx, "reactivation", step):
        raise StepRefused("only the last step can be removed")
    await repository.cancel_kind(tx, "reactivation", step)
    await _announce(tx)


async def _demand_step(tx: TenantTransaction, kind: Kind, step: int) -> None:
    if (kind == "reactivation") != (step > 0) or step > MOST_STEPS:
        raise StepRefused(f"reactivations have the steps 1 to {MOST_STEPS}, everything else has step 0")
    if step > 1 and await repository.find_trigger(tx, kind, step - 1) is None:
        raise StepRefused("the step before it is missing")


async def _demand_whole(tx: TenantTransaction, trigger: Trigger) -> None:
    texts = [*trigger.fills.values(), *([trigger.window_text] if trigger.window_text else [])]
    strange = [name for text in texts for name in unknown_fields(text)]
    if strange:
        raise UnknownField("there is no such field", extra={"fields": strange})
    template = await find_template(tx, trigger.template_id) if trigger.template_id is not None else None
    if not trigger.enabled:
        return
    if template is None:
        raise TriggerIncomplete("choose the template that is sent outside the 24 hours")
    if not template.sendable:
        raise TemplateUnavailable("WhatsApp has not approved this template, or it has a part that we cannot send.")
    if wrong := _without_text(trigger.fills, [variable.key for variable in template.definition.variables]):
        raise TemplateIncomplete(wrong)


def _without_text(fills: Mapping[str, str], keys: list[str]) -> dict[str, Flaw]:
    missing: dict[str, Flaw] = {key: "missing" for key in keys if not fills.get(key, "").strip()}
    unknown: dict[str, Flaw] = {key: "unknown" for key in fills if key not in keys}
    return missing | unknown


async def _announce(tx: TenantTransaction) -> None:
    await emit(tx, "TEMPLATES_UPDATED", {}, owner_user_id=None, audience="everyone")
