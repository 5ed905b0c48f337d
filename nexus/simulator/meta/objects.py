"""Graph's word for an id that names nothing the token may see."""

from __future__ import annotations

from nexus.simulator.errors import ApiError


def no_object(name: str) -> ApiError:
    """400 with code 100, not 404."""
    return ApiError(400, "100", f"Unsupported request. Object with ID '{name[:64]}' does not exist.")
