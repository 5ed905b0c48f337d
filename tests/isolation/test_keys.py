"""Every route with API keys: one that may all, one that lacks what the route asks for, one of another company."""

from __future__ import annotations

from collections.abc import Sequence

import httpx
import pytest

from core.principal import Principal
from orchestrator_service.api_keys.issue import OFFERED, create_key
from orchestrator_service.api_keys.models import NewApiKey
from orchestrator_service.auth.permissions import NEVER_BY_KEY, Permission
from tests.isolation.asking import FOREIGN
from tests.isolation.companies import Companies, make_companies
from tests.isolation.matrix import MATRIX
from tests.isolation.rows import Ids, Row
from tests.support.api import ORIGIN, Api, fresh_address

ASKED = tuple(row for row in MATRIX if not row.public and row.path != "/mcp")  # which has test_mcp.py
SOME = tuple(row for row in ASKED if row.method == "GET")[::4]  # what is written is told in its order


@pytest.mark.timeout(300)
@pytest.mark.parametrize("asked", [SOME, pytest.param(ASKED, marks=pytest.mark.proof)], ids=["some", "all"])
async def test_every_route_holds_a_key_to_its_scopes_and_its_company(api: Api, asked: tuple[Row, ...]) -> None:
    companies = await make_companies(api)
    ceo, foreigner = companies.members["ceo"].principal, companies.foreigner.principal
    assert await beyond_scope(companies, asked, ceo) == []
    assert await beyond_company(companies, asked, foreigner) == []
    assert await short_of_scope(companies, asked, ceo) == []


async def beyond_scope(companies: Companies, asked: Sequence[Row], ceo: Principal) -> list[str]:
    """Routes that a key without their permission gets something of, or that name another reason."""
    wrong: list[str] = []
    for permission in {row.permission for row in asked if row.permission}:
        key = await make_key(companies.api, ceo, tuple(each for each in OFFERED if each != permission))
        for row in asked:
            if row.permission == permission:
                answer = await _ask(companies, row, key, companies.own["ceo"])
                if answer.status_code != 403 or answer.json().get("permission") != permission.value:
                    wrong.append(f"{row}: {answer.status_code} {answer.text[:150]}")
    return wrong


async def beyond_company(companies: Companies, asked: Sequence[Row], foreigner: Principal) -> list[str]:
    """Routes that tell a key of another company something of ours, with our ids."""
    key, wrong = await make_key(companies.api, foreigner, OFFERED), list[str]()
    for row in asked:
        answer = await _ask(companies, row, key, companies.others["foreign"])
        expected = 403 if _barred(row) else row.expected("ceo", "foreign" if row.case else "plain")
        if answer.status_code != expected or "own-" in answer.text.lower():
            wrong.append(f"{row}: {answer.status_code} instead of {expected} {answer.text[:150]}")
    return wrong


async def short_of_scope(companies: Companies, asked: Sequence[Row], ceo: Principal) -> list[str]:
    """Routes that a key with every scope there is does not get as its user does; the control of the two above."""
    key, wrong = await make_key(companies.api, ceo, OFFERED), list[str]()
    for row in asked:
        answer = await _ask(companies, row, key, companies.own["ceo"])
        expected = 403 if _barred(row) else row.ok
        if answer.status_code != expected or FOREIGN in answer.text.lower():
            wrong.append(f"{row}: {answer.status_code} instead of {expected} {answer.text[:150]}")
    return wrong


def _barred(row: Row) -> bool:
    """What is one's own, and what no key can have."""
    return row.permission is None or row.permission in NEVER_BY_KEY


async def make_key(api: Api, principal: Principal, scopes: Sequence[Permission]) -> str:
    wanted = NewApiKey("Key", tuple(scope.value for scope in scopes), None, None)
    async with api.db.tenant(principal.tenant_id) as tx:
        return (await create_key(tx, api.door.directory, principal, wanted, now=api.clock())).secret.reveal()


async def _ask(companies: Companies, row: Row, key: str, own: Ids) -> httpx.Response:
    """With the ids of our ceo's records."""
    sent = row.sent(companies.own["ceo"], own)
    transport = httpx.ASGITransport(companies.api.app, client=(fresh_address(), 4711))
    headers = {"Authorization": f"Bearer {key}", "Origin": ORIGIN, "X-Nexus-CSRF": "1"}
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=headers) as client:
        return await client.request(row.method, row.path.format(**sent.path), params=dict(sent.query), json=sent.body)
