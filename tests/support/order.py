"""The slowest files begin first, so that no worker sits idle at the end while another has minutes to go."""

from __future__ import annotations

from typing import Final

import pytest

# A tier's place among them; within it the order stays random.
FIRST: Final = ("tests/browser/", "tests/acceptance/", "tests/integration/", "tests/isolation/")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort what will run by its tier."""
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    return next((place for place, folder in enumerate(FIRST) if item.nodeid.startswith(folder)), len(FIRST))
