"""`search_knowledge`: what the company lets its agent cite, or the word that nothing answers (PRODUCT §9.1, §9.4).

The result never repeats the question: a figure that the customer put into it would become one that may be quoted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from core.database import TenantTransaction
from core.json_types import Json
from orchestrator_service.agent.toolbox import Arguments, Outside, Tool, ToolContext, ToolResult
from orchestrator_service.knowledge.asking import groups_of
from orchestrator_service.knowledge.citing import SEARCH_TOOL, as_source
from orchestrator_service.knowledge.embedding import embedding_route
from orchestrator_service.knowledge.models import Passage
from orchestrator_service.knowledge.questions import knows_anything, record_question
from orchestrator_service.knowledge.search import find_passages
from orchestrator_service.leads.find import find_lead_card
from orchestrator_service.leads.tasks import add_task

FOUND_NOTHING: Final = ToolResult(
    {
        "found": "nothing",
        "explanation": "Nothing we know answers this. Say that you do not know and that a person of the team will"
        " tell.",
    }
)


class Search(BaseModel):
    """What the customer wants to know."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str = Field(min_length=1, max_length=500, description="The question in the customer's own words")


async def _run(outside: Outside, context: ToolContext, arguments: Arguments) -> ToolResult:
    assert isinstance(arguments, Search)
    async with outside.database.tenant(outside.tenant_id) as tx:
        route = await embedding_route(tx, outside.keyring) if outside.keyring is not None else None
    hits = await find_passages(
        outside.database, outside.tenant_id, arguments.question, route=route, egress=outside.egress
    )
    if hits:
        return found_passages([hit.passage for hit in hits])
    async with outside.database.tenant(outside.tenant_id) as tx:
        await outside.demand_open(tx)
        await _leave_to_people(tx, context, arguments.question)
    return FOUND_NOTHING


def found_passages(passages: Sequence[Passage]) -> ToolResult:
    """Passages as the model reads them, each with its mark."""
    found: list[Json] = [as_source(passage) for passage in passages]
    return ToolResult({"found": "passages", "passages": found})


async def _leave_to_people(tx: TenantTransaction, context: ToolContext, question: str) -> None:
    """The question is kept; where the agent has been given something to cite, a person is called to answer it.

    One that says nothing ("¿me ayudas?") is none.
    """
    if not groups_of(question):
        return
    lead = await find_lead_card(tx, context.lead_id)
    await record_question(tx, context.conversation_id, question, [lead.full_name if lead else None])
    if await knows_anything(tx):
        await add_task(tx, "person_requested", context.conversation_id, context.lead_id, question)


TOOL = Tool(
    SEARCH_TOOL,
    "Look up what the company says about prices, services, conditions, hours, places or anything else that the customer"
    " asks and you were not told. It answers passages, each with a mark such as [K12]; put the mark behind what you"
    " take from a passage. Where it finds nothing, say that you do not know.",
    Search,
    run_outside=_run,
)
