"""What a tool is, and what it works with. A tool asks for one permission, as a route does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from pydantic import BaseModel, ConfigDict

from core.database import Database
from core.json_types import JsonObject
from core.principal import Principal
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.google_calendar.door import GoogleDoor
from orchestrator_service.mcp.confirming import Confirmations


class Arguments(BaseModel):
    """What a tool is called with; an argument that it does not know is refused, never passed over."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, by which key, and what the call works with. Its company is the key's, never an argument."""

    principal: Principal
    database: Database
    google: GoogleDoor
    confirmations: Confirmations
    now: datetime


# The arguments are of the tool's own model, which the registry pairs with it.
Run: TypeAlias = Callable[[Caller, Any], Awaitable[JsonObject]]


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool that reads has `run` alone. One that writes has `rehearse` too, which tells what `run` would do.

    `record` names the argument that says which record it is about, for the audit log: (`lead`, `lead_id`).
    """

    name: str
    description: str
    permission: Permission
    arguments: type[Arguments]
    run: Run
    rehearse: Run | None = None
    record: tuple[str, str] | None = None

    @property
    def writes(self) -> bool:
        """Whether it changes anything; only after its rehearsal was confirmed."""
        return self.rehearse is not None
