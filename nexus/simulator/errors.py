"""Refusals in YCloud's words, which are the simulator's own (ycloud.rules.json); Meta's API translates them."""

from __future__ import annotations


class ApiError(Exception):
    """A request that the API refuses; `code` is one of ycloud.rules.json's, or a number of WhatsApp's."""

    def __init__(
        self, status: int, code: str, message: str, *, target: str | None = None, retry_after: int | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.target = target
        self.retry_after = retry_after


def invalid(target: str, message: str, *, too_long: bool = False) -> ApiError:
    """400 for one parameter."""
    return ApiError(400, "PARAM_INVALID_LENGTH" if too_long else "PARAM_INVALID", message, target=target)


def missing(target: str) -> ApiError:
    """400 for a parameter that is not there."""
    return ApiError(400, "PARAM_MISSING", f"Parameter '{target}' is required.", target=target)


def not_found() -> ApiError:
    """404 without saying what."""
    return ApiError(404, "NOT_FOUND", "The requested resource does not exist.")
