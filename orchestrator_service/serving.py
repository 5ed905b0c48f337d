"""The API as a process of its own: `uvicorn --factory orchestrator_service.serving:app`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lean_start import lean, settle

with lean():
    from orchestrator_service import main

if TYPE_CHECKING:
    from starlette.types import ASGIApp


def app() -> ASGIApp:
    """The service, as small as it gets."""
    served = main.app()
    settle()
    return served
