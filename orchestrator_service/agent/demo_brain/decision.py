"""What the demo brain decides: one tool call, or the reply that ends the turn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from core.json_types import Json


@dataclass(frozen=True, slots=True)
class CallTool:
    """Call this tool with these arguments, then decide again."""

    name: str
    arguments: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Say:
    """Send this text; the turn ends."""

    text: str


Decision: TypeAlias = CallTool | Say
