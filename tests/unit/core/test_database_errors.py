"""What a driver's error becomes: a fault of the value, of the moment, of the server, or of ours."""

from __future__ import annotations

import asyncpg
import pytest

from core.database_errors import Collided, DatabaseUnavailable, translate
from core.errors import Unstorable


def refused_by_driver(cause: Exception) -> asyncpg.DataError:
    error = asyncpg.DataError("invalid input for query argument $1")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "means"),
    [
        (asyncpg.CharacterNotInRepertoireError("0x00"), Unstorable),
        (asyncpg.UntranslatableCharacterError("\\u0000"), Unstorable),
        (refused_by_driver(OverflowError("value out of int64 range")), Unstorable),
        (refused_by_driver(UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed")), Unstorable),
        (asyncpg.DeadlockDetectedError("deadlock"), Collided),
        (asyncpg.DiskFullError("no space left"), DatabaseUnavailable),
        (asyncpg.OutOfMemoryError("out of memory"), DatabaseUnavailable),
        (asyncpg.TooManyConnectionsError("too many"), DatabaseUnavailable),
        (OSError("gone"), DatabaseUnavailable),
    ],
)
def test_an_error_is_named_by_whose_fault_it_is(error: Exception, means: type[Exception]) -> None:
    assert type(translate(error)) is means


@pytest.mark.parametrize(
    "error", [refused_by_driver(TypeError("expected str, got int")), asyncpg.PostgresSyntaxError("syntax")]
)
def test_a_mistake_of_ours_stays_one(error: Exception) -> None:
    assert translate(error) is error
