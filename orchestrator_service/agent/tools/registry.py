"""Every tool of the agent, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from orchestrator_service.agent.toolbox import Tool
from orchestrator_service.agent.tools import (
    book_sales_meeting,
    cancel_meeting,
    check_seller_availability,
    convert_to_client,
    get_pipeline_stages,
    qualify_lead,
    request_human,
    reschedule_meeting,
    search_knowledge,
    update_lead,
)

TOOLS: Final[Mapping[str, Tool]] = MappingProxyType(
    {
        tool.name: tool
        for tool in (
            qualify_lead.TOOL,
            check_seller_availability.TOOL,
            book_sales_meeting.TOOL,
            reschedule_meeting.TOOL,
            cancel_meeting.TOOL,
            convert_to_client.TOOL,
            update_lead.TOOL,
            get_pipeline_stages.TOOL,
            search_knowledge.TOOL,
            request_human.TOOL,
        )
    }
)
