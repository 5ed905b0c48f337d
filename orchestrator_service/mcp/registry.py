"""Every tool there is, in the order in which assistants see them; one without a row in the matrix fails."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from orchestrator_service.mcp.meeting_tools import MEETINGS
from orchestrator_service.mcp.models import Tool
from orchestrator_service.mcp.reading_tools import READING
from orchestrator_service.mcp.writing_tools import WRITING

TOOLS: Final[Mapping[str, Tool]] = MappingProxyType({tool.name: tool for tool in (*READING, *WRITING, *MEETINGS)})
