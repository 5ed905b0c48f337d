"""`update_lead`: what the lead said about themselves."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from core.database import TenantTransaction
from orchestrator_service.agent.toolbox import Arguments, Tool, ToolContext, ToolResult
from orchestrator_service.conversion.rule import convert_if_ready
from orchestrator_service.leads.profile import write_profile

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
# In small letters, as every door writes it: imports, hooks and the search for duplicates look for the same address.
_Email = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
]


class Profile(BaseModel):
    """Only what was said; what is left out stays."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    full_name: _Text | None = None
    email: _Email | None = None
    company: _Text | None = None
    need: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)] | None = None


async def _run(tx: TenantTransaction, context: ToolContext, arguments: Arguments) -> ToolResult:
    assert isinstance(arguments, Profile)
    known = arguments.model_dump(exclude_none=True)
    if known:
        await write_profile(tx, context.lead_id, **known)
        await convert_if_ready(tx, lead_id=context.lead_id, now=context.now)
    return ToolResult({"updated": sorted(known)})


TOOL = Tool(
    "update_lead",
    "Write down what the lead said about themselves: full name, e-mail, company, need.",
    Profile,
    _run,
)
