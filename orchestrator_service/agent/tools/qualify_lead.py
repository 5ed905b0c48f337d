"""`qualify_lead`: the mandatory record of interest (seed §4.3), held against what the customer really said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from core.database import TenantTransaction
from core.json_types import JsonObject
from core.statements import sibling_statements
from orchestrator_service.agent.toolbox import Arguments, Tool, ToolContext, ToolResult
from orchestrator_service.conversion.rule import convert_if_ready
from orchestrator_service.leads.evidence import Correction, Judged, judge
from orchestrator_service.leads.models import Qualification
from orchestrator_service.leads.qualify import qualify

SQL = sibling_statements(__file__)
MOST_MESSAGES: Final = 300

_TOLD: Final[dict[Correction, str]] = {
    "quotes_dropped": "Evidence {places} is not in the customer's words and was left out: quote them exactly.",
    "interest_lowered": "No words of the customer support that interest, so it was recorded as warm.",
    "score_moved": "The score contradicted the interest, so it was moved to what fits.",
}


@dataclass(frozen=True, slots=True)
class _Said:
    said: str


async def _run(tx: TenantTransaction, context: ToolContext, arguments: Arguments) -> ToolResult:
    assert isinstance(arguments, Qualification)
    said = await tx.all(SQL["customers_words"], _Said, conversation_id=context.conversation_id, most=MOST_MESSAGES)
    judged = judge(arguments, [one.said for one in said])
    await qualify(
        tx,
        judged.qualification,
        conversation_id=context.conversation_id,
        lead_id=context.lead_id,
        turn_id=context.turn_id,
    )
    await convert_if_ready(tx, lead_id=context.lead_id, now=context.now)
    return ToolResult(_told(judged))


def _told(judged: Judged) -> JsonObject:
    """The record as it was kept. Never a word of the model's own: a tool's result is a source of figures."""
    told: JsonObject = {"interest": judged.qualification.interest, "score": judged.qualification.score}
    if judged.corrections:
        places = ", ".join(map(str, judged.untrue))
        told["note"] = " ".join(_TOLD[one].format(places=places) for one in judged.corrections)
    return told


TOOL = Tool(
    "qualify_lead",
    "Record how interested the lead is, with exact quotes of their own words as evidence. Call it before you look for"
    " meeting times, and again when the interest changes. Without a true quote nobody is recorded as hot.",
    Qualification,
    _run,
)
