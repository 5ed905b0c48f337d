"""A moment that somebody sends: with its offset, and of a time that people mean. Pure.

PostgreSQL and Python reach further, each to another end, and an offset leads beyond it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Final, TypeAlias

from pydantic import AwareDatetime, Field

EARLIEST: Final = datetime(1970, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)
Moment: TypeAlias = Annotated[AwareDatetime, Field(ge=EARLIEST, lt=LATEST)]
