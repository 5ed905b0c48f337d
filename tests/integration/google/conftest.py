"""One local Google for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.local_google import LocalGoogle, local_google

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator


@pytest.fixture
async def google() -> AsyncGenerator[LocalGoogle]:
    async with local_google() as served:
        yield served
