"""Clients on the wire."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from pydantic import BaseModel

from orchestrator_service.clients.models import Client


class ClientView(BaseModel):
    """A client, or patient as clinics say."""

    id: int
    lead_id: int | None
    full_name: str
    phone: str | None
    email: str | None
    owner_user_id: int | None
    created_at: datetime

    @classmethod
    def of(cls, client: Client) -> ClientView:
        """The client."""
        return cls(**asdict(client))
