"""Structured logs: one JSON object a line, with the correlation id; callers put ids in, never personal data."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from types import TracebackType
from typing import TypeAlias

import structlog
from typing_extensions import override

from core.error_frames import frames_of, names_of
from core.request_id import current_request_id

_Failure: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def _with_request_id(_: object, __: str, event: MutableMapping[str, object]) -> MutableMapping[str, object]:
    if (request_id := current_request_id()) is not None:
        event.setdefault("request_id", request_id)
    return event


def _without_messages(_: object, __: str, event: MutableMapping[str, object]) -> MutableMapping[str, object]:
    """Exceptions become types and places: a driver's message may quote the row that it stumbled over."""
    given = event.pop("exc_info", None)
    error: object = sys.exc_info()[1] if given is True else given
    if isinstance(error, BaseException):
        event["error"] = names_of(error)
        event["frames"] = frames_of(error)
    return event


class _Formatter(logging.Formatter):
    """The same for the libraries' own logs."""

    @override
    def formatException(self, ei: _Failure) -> str:
        return f"{names_of(ei[1])}\n{frames_of(ei[1])}" if ei[1] is not None else ""


def configure_logging(level: int = logging.INFO) -> None:
    """Send our logs, and warnings of libraries, to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter("%(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _with_request_id,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_messages,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
