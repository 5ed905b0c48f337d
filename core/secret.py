"""A secret value that does not print (PRODUCT §4.3).

Keys, tokens and webhook secrets travel as `Secret`, so that a log line, a traceback, a `repr` of a settings object or a
serialiser cannot leak one by accident. Only `reveal()` gives the value; search for it to find every place that does.
"""

from __future__ import annotations

import hmac
from typing import Final, NoReturn, final

MASK: Final = "********"


@final
class Secret:
    """One secret text. Compares in constant time; refuses to be pickled; no JSON encoder knows it."""

    __slots__ = ("__value",)

    def __init__(self, value: str) -> None:
        self.__value = value

    def reveal(self) -> str:
        """The value itself: call it only where it leaves for its one purpose (a header, a key, a comparison)."""
        return self.__value

    def __repr__(self) -> str:
        return f"Secret({MASK!r})"

    def __str__(self) -> str:
        return MASK

    def __bool__(self) -> bool:
        return bool(self.__value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self.__value.encode(), other.reveal().encode())

    def __hash__(self) -> int:
        return hash(self.__value)

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, memo: object) -> Secret:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Secret cannot be pickled")
