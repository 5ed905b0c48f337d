"""The way out of the API to addresses that companies name; what `create_app` put into `app.state`."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from core.egress import Egress


async def egress_of(request: Request) -> Egress:
    """The process's egress client."""
    egress = request.app.state.egress
    assert isinstance(egress, Egress)
    return egress


Out = Annotated[Egress, Depends(egress_of)]
