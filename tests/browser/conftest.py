"""pytest finds hooks and fixtures by their names here."""

from tests.browser.fixtures import (
    browser,
    chromium_program,
    customer,
    instance,
    pytest_collection_modifyitems,
    visit,
    windows,
)

__all__ = ["browser", "chromium_program", "customer", "instance", "pytest_collection_modifyitems", "visit", "windows"]
