"""Refusals as Google writes them (contracts google_calendar.json, `errors`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

if TYPE_CHECKING:
    from core.whatsapp import JsonObject


class GoogleError(Exception):
    """A request that the calendar API refuses."""

    def __init__(
        self, status: int, reason: str, message: str, *, domain: str = "global", location: str | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.reason = reason
        self.message = message
        self.domain = domain
        self.location = location

    def content(self) -> JsonObject:
        """The body of the answer."""
        one: JsonObject = {"domain": self.domain, "reason": self.reason, "message": self.message}
        if self.location is not None:
            one |= {"locationType": "parameter", "location": self.location}
        return {"error": {"errors": [one], "code": self.status, "message": self.message}}


def invalid(location: str, message: str = "Bad Request") -> GoogleError:
    """400 for one parameter or field."""
    return GoogleError(400, "invalid", message, location=location)


def not_found() -> GoogleError:
    """404: there is none, or it is not for whoever asks."""
    return GoogleError(404, "notFound", "Not Found")


def sync_expired() -> GoogleError:
    """410 for a sync token."""
    message = "Sync token is no longer valid, a full sync is required."
    return GoogleError(410, "fullSyncRequired", message, domain="calendar", location="syncToken")


def refused(error: GoogleError, retry_after: int | None = None) -> JSONResponse:
    """The answer."""
    headers = {"Retry-After": str(retry_after)} if retry_after is not None else None
    return JSONResponse(error.content(), error.status, headers)
