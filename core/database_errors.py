"""What can go wrong in PostgreSQL, in our words: the one place where driver errors are translated."""

from __future__ import annotations

import asyncpg

from core.errors import NexusError, Unstorable
from core.modules import missing_module


class DatabaseUnavailable(NexusError):
    """No connection could be had, or it broke: the caller may try again."""

    status = 503
    code = "database_unavailable"
    title = "Service Unavailable"

    def __init__(self) -> None:
        super().__init__("The database cannot be reached right now.")


class TransactionAborted(NexusError):
    """COMMIT answered ROLLBACK: a statement had failed and its error was swallowed."""

    status = 500
    code = "transaction_aborted"
    title = "Internal Server Error"

    def __init__(self) -> None:
        super().__init__("The change was not stored.")


class ConstraintViolated(NexusError):
    """A unique key, foreign key, check or exclusion constraint refused the change; `constraint` names it."""

    status = 409
    code = "conflict"
    title = "Conflict"

    def __init__(self, constraint: str) -> None:
        super().__init__("The change conflicts with what is stored.")
        self.constraint = constraint


class Collided(NexusError):
    """A deadlock or serialisation failure: the same call may succeed when repeated."""

    status = 409
    code = "conflict"
    title = "Conflict"

    def __init__(self) -> None:
        super().__init__("Someone else changed the same thing at the same moment.")


class ObjectMissing(NexusError):
    """An undefined table or column: the schema is older than the code (PRODUCT §2.5)."""

    status = 503
    code = "module_unavailable"
    title = "Module Unavailable"

    def __init__(self, message: str) -> None:
        super().__init__("A part of the system is being upgraded.")
        self.message = message


class ModuleMissing(ObjectMissing):
    """The table of a module: no outage. What needs it is refused as a conflict, the rest works on."""

    status = 409


class FunctionMissing(Exception):
    """A function that a patch still has to make: what it does in one step can be done in several meanwhile."""


def translate(error: Exception) -> Exception:
    """The error of ours that a driver error means; what we do not know stays as it is."""
    match error:
        case asyncpg.IntegrityConstraintViolationError():
            return ConstraintViolated(str(getattr(error, "constraint_name", None) or ""))
        case asyncpg.DeadlockDetectedError() | asyncpg.SerializationError():
            return Collided()
        case asyncpg.UndefinedTableError() | asyncpg.UndefinedColumnError() | asyncpg.UndefinedFunctionError():
            return _missing(error)
        case (
            asyncpg.PostgresConnectionError()
            | asyncpg.OperatorInterventionError()
            | asyncpg.InsufficientResourcesError()
        ):
            return DatabaseUnavailable()
        case asyncpg.PostgresError():
            return Unstorable() if _is_unstorable(error) else error
        case _:
            return DatabaseUnavailable()


def _missing(error: asyncpg.PostgresError) -> Exception:
    if isinstance(error, asyncpg.UndefinedFunctionError):
        return FunctionMissing()
    return ModuleMissing(str(error)) if missing_module(str(error)) else ObjectMissing(str(error))


def _is_unstorable(error: asyncpg.PostgresError) -> bool:
    """Whether a value is at fault. The driver refuses some itself; one of a wrong type is a mistake of ours."""
    if isinstance(error, asyncpg.CharacterNotInRepertoireError | asyncpg.UntranslatableCharacterError):
        return True
    return isinstance(error, asyncpg.DataError) and isinstance(error.__cause__, OverflowError | UnicodeEncodeError)
