"""From a template, its texts and a segment to a broadcast: looked at first, then fixed and begun."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from core.contracts import LEAST_URGENT, BroadcastBatch
from core.database import TenantTransaction
from core.errors import Conflict
from core.jobs import defer
from core.principal import Principal
from orchestrator_service.broadcasts import repository
from orchestrator_service.broadcasts.announce import announce_broadcast
from orchestrator_service.broadcasts.models import COLUMN_OF, MOST_RECIPIENTS, NewBroadcast, Preview
from orchestrator_service.broadcasts.repository import Segment
from orchestrator_service.messaging.lead_facts import lead_facts
from orchestrator_service.messaging.send_template import TemplateIncomplete, rendered
from orchestrator_service.templates.fills import fill_all, unknown_fields
from orchestrator_service.templates.find import demand_sendable
from orchestrator_service.templates.models import Template
from orchestrator_service.templates.rendering import Flaw

# A field that nothing stands in for: a lead without it is left out.
_NEEDED: Final = re.compile(r"\{\{\s*(\w{1,40})\s*\}\}")


class NobodyMeant(Conflict):
    """Not one lead of the segment can be written to."""

    code = "nobody_meant"
    title = "Nobody Meant"


class TooManyMeant(Conflict):
    """The segment is larger than a broadcast may be."""

    code = "too_many_recipients"
    title = "Too Many Recipients"


class UnknownFill(Conflict):
    """A text names a field that leads do not have; `extra.fields` says which."""

    code = "unknown_field"
    title = "Unknown Field"


async def preview(tx: TenantTransaction, new: NewBroadcast) -> Preview:
    """Whom it would reach, whom not and why, and how it reads for one of them.

    Raises NotFound, TemplateUnavailable, TemplateIncomplete, UnknownFill.
    """
    template = await demand_sendable(tx, new.template_id)
    weighed = await repository.weigh_segment(tx, _segment(template, new))
    reached = next((one for one in weighed if one.reason is None), None)
    sample = await _sample(tx, template, new.fills, reached.first_lead_id) if reached else None
    return Preview(
        reached.leads if reached else 0,
        {one.reason: one.leads for one in weighed if one.reason is not None},
        reached.first_lead_id if reached else None,
        sample,
        sum(one.leads for one in weighed) > MOST_RECIPIENTS,
    )


async def begin_broadcast(tx: TenantTransaction, principal: Principal, new: NewBroadcast, *, key: str | None) -> int:
    """Fix who is meant and begin; the id. The same key again begins nothing.

    Raises as `preview` does; NobodyMeant, TooManyMeant.
    """
    template = await demand_sendable(tx, new.template_id)
    segment = _segment(template, new)
    if key is not None and (known := await repository.broadcast_of_request(tx, principal.user_id, key)) is not None:
        return known
    broadcast_id = await repository.create_broadcast(tx, new, principal.user_id, key)
    if broadcast_id is None:  # its twin committed between our look and our insert
        assert key is not None, "only a key can be taken"
        known = await repository.broadcast_of_request(tx, principal.user_id, key)
        assert known is not None, "the key was taken"
        return known
    meant = await repository.add_recipients(tx, broadcast_id, segment)
    if meant > MOST_RECIPIENTS:
        raise TooManyMeant(f"a broadcast has at most {MOST_RECIPIENTS} recipients")
    if not await repository.waiting_recipients(tx, broadcast_id, most=1):
        raise NobodyMeant("nobody of that segment can be written to")
    await defer(tx, BroadcastBatch(int(tx.tenant_id), broadcast_id), priority=LEAST_URGENT)
    await announce_broadcast(tx, broadcast_id)
    return broadcast_id


def _segment(template: Template, new: NewBroadcast) -> Segment:
    """Raises UnknownFill, TemplateIncomplete."""
    strange = [name for text in new.fills.values() for name in unknown_fields(text)]
    if strange:
        raise UnknownFill("there is no such field", extra={"fields": strange})
    keys = [variable.key for variable in template.definition.variables]
    missing: dict[str, Flaw] = {key: "missing" for key in keys if not new.fills.get(key, "").strip()}
    unknown: dict[str, Flaw] = {key: "unknown" for key in new.fills if key not in keys}
    if missing or unknown:
        raise TemplateIncomplete(missing | unknown)
    fields = [name for text in new.fills.values() for name in _NEEDED.findall(text)]
    needed = tuple(sorted({COLUMN_OF[name] for name in fields if name in COLUMN_OF}))
    return Segment(new.filters, needed)


async def _sample(tx: TenantTransaction, template: Template, fills: Mapping[str, str], lead_id: int) -> str | None:
    facts = await lead_facts(tx, lead_id)
    if facts is None:
        return None
    values, _missing = fill_all(fills, facts.fields())
    return rendered(template, values).text
