"""`get_pipeline_stages`: the stages that the company's leads go through, and where this one stands (PRODUCT §9.2)."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from core.database import TenantTransaction
from core.json_types import Json
from orchestrator_service.agent.toolbox import Arguments, Tool, ToolContext, ToolResult
from orchestrator_service.leads.find import find_lead_card
from orchestrator_service.pipeline.stages import Stage, list_stages


class NoArguments(BaseModel):
    """Nothing to say."""

    model_config = ConfigDict(frozen=True, extra="forbid")


async def _run(tx: TenantTransaction, context: ToolContext, arguments: Arguments) -> ToolResult:
    assert isinstance(arguments, NoArguments)
    lead = await find_lead_card(tx, context.lead_id)
    return told_stages(await list_stages(tx), lead.stage_key if lead is not None else None)


def told_stages(stages: Sequence[Stage], here: str | None) -> ToolResult:
    """The stages as the model reads them; `here` is the key of the lead's."""
    told: list[Json] = [
        {"key": stage.key, "name": stage.name, "kind": stage.kind, "here": stage.key == here} for stage in stages
    ]
    return ToolResult({"stages": told})


TOOL = Tool(
    "get_pipeline_stages",
    "The stages of the company's pipeline in order, with the one in which this lead is. For your own orientation: the"
    " customer is never told of stages.",
    NoArguments,
    _run,
)
