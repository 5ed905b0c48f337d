"""What a lead still lacks, on the wire."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from orchestrator_service.conversion.criteria import Criterion


class StandingView(BaseModel):
    """How far a lead is from being a client, and which messages its person does not want.

    `asked` are the criteria of the company, `missing` those of them that do not hold; `client_id` where it is one.
    `opted_out_at`: no messages at all; `marketing_opted_out_at`: no advertising.
    """

    client_id: int | None
    asked: list[Criterion]
    missing: list[Criterion]
    opted_out_at: datetime | None
    marketing_opted_out_at: datetime | None


class ConvertedView(BaseModel):
    """The client that the lead is; `already`: it was one before."""

    client_id: int
    already: bool
