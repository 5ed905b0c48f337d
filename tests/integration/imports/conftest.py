"""A desk at a company of its own."""

from __future__ import annotations

import pytest

from tests.integration.imports.desk import Desk
from tests.support.api import Api
from tests.support.factories import make_tenant


@pytest.fixture
async def desk(api: Api) -> Desk:
    ceo = await api.member(await make_tenant(api.db), "ceo")
    return Desk(api, ceo, api.browser(await api.session(ceo)))
