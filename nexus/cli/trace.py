"""What is read at the command line is written down, like what is read in the app (PRODUCT §6.4)."""

from __future__ import annotations

import os

from core.database import Database
from core.json_types import JsonObject
from core.system_events import log_security_event


async def trace(database: Database, action: str, *, tenant_id: int, detail: JsonObject | None = None) -> None:
    """One event of the company whose data is shown, with the number of the machine's user. Call it before showing."""
    about: JsonObject = {"uid": os.getuid(), **(detail or {})}
    await log_security_event(database, f"cli.{action}", tenant_id=tenant_id, severity="info", detail=about)
