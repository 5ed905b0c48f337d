"""The ledger by its API on the real server: written once, never changed, reversed with all that hung on it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

import asyncpg
import httpx
import pytest

from core.database import TenantTransaction
from core.database_errors import ConstraintViolated
from core.json_types import Json, JsonObject
from core.statements import sibling_statements
from orchestrator_service.clients.create import create_client
from orchestrator_service.clients.models import NewClient
from tests.support.api import Api, Member
from tests.support.factories import make_channel, make_conversation, make_seller, make_tenant

SQL = sibling_statements(__file__)
BASE = "/crm/transactions"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 50
MIDNIGHT = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)  # still the 28th of February in Buenos Aires


@dataclass
class Told:
    """An event's payload."""

    payload: JsonObject


@dataclass
class Books:
    """A ceo's browser, with a client who was a lead, and a seller."""

    api: Api
    ceo: Member
    browser: httpx.AsyncClient
    client: int
    lead: int
    seller: int

    async def post(self, path: str, body: Mapping[str, Json], status: int = 201) -> dict[str, Json]:
        answer = await self.browser.post(f"{BASE}{path}", json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def add(self, status: int = 201, **fields: Json) -> dict[str, Json]:
        body: dict[str, Json] = {"kind": "income", "amount": "100.00", "client_token": str(uuid4())}
        if fields.get("kind") != "refund":
            body["currency"] = "USD"
        return await self.post("", body | fields, status)

    async def read(self, transaction_id: Json) -> dict[str, Json]:
        return (await self.browser.get(f"{BASE}/{transaction_id}")).json()

    async def totals(self, by: str = "currency", **query: str) -> dict[str | None, dict[str, Json]]:
        answer = await self.browser.get(f"{BASE}/totals", params={"by": by, **query})
        assert answer.status_code == 200, answer.text
        return {f"{one['key']} {one['currency']}": one for one in answer.json()["items"]}

    async def lines(self, **query: str) -> list[dict[str, Json]]:
        return (await self.browser.get(BASE, params=query)).json()["items"]


@pytest.fixture
async def books(api: Api) -> AsyncGenerator[Books]:
    tenant = await make_tenant(api.db)
    ceo = await api.member(tenant, "ceo")
    talk = await make_conversation(api.db, tenant, (await make_channel(api.db, tenant)).channel_id)
    new = NewClient(
        lead_id=talk.lead_id,
        full_name="=Juan Gómez",
        phone=None,
        email=None,
        owner_user_id=None,
        created_at=api.clock(),
    )
    async with api.db.tenant(tenant) as tx:
        client = await create_client(tx, new)
    assert client is not None
    seller = await make_seller(api.db, tenant)
    async with api.browser(await api.session(ceo)) as browser:
        yield Books(api, ceo, browser, client, talk.lead_id, seller)


async def test_a_commission_follows_its_income_through_payment_refunds_and_reversal(books: Books) -> None:
    rule = await books.post("/rules", {"percent": "10", "starts_on": "2020-01-01"})
    own = await books.post("/rules", {"seller_id": books.seller, "percent": "7.5", "starts_on": "2020-01-01"})
    overlapping = {"seller_id": books.seller, "percent": "1", "starts_on": "2025-01-01"}
    assert (await books.post("/rules", overlapping, 409))["code"] == "rules_overlap"
    income = await books.add(amount="33.33", client_id=books.client, seller_id=books.seller, paid=False)
    assert (income["paid_at"], income["lead_id"]) == (None, books.lead)
    refused = await books.add(409, kind="refund", amount="1.00", income_id=income["id"])
    assert refused["code"] == "income_unpaid"
    assert (await books.totals())["None USD"]["pending"] == "33.33"
    assert (await books.totals())["None USD"]["net"] == "0"

    await books.post(f"/{income['id']}/payment", {})
    assert (await books.post(f"/{income['id']}/payment", {}, 409))["code"] == "not_payable"
    (commission,) = await books.lines(kind="commission")
    assert (commission["amount"], commission["rule_id"]) == ("2.50", own["id"])  # 2.49975

    first = await books.add(kind="refund", amount="11.11", income_id=income["id"])
    assert (first["client_id"], first["currency"]) == (books.client, "USD")
    await books.add(kind="refund", amount="11.11", income_id=income["id"])
    too_large = await books.add(409, kind="refund", amount="11.12", income_id=income["id"])
    assert (too_large["code"], too_large["left"]) == ("refund_too_large", "11.11")
    assert (await books.post(f"/{income['id']}/reversal", {"reason": "Twice"}, 409))["code"] == "refunds_first"
    await books.add(kind="refund", amount="11.11", income_id=income["id"])
    whole = (await books.totals())["None USD"]
    assert (whole["income"], whole["refund"], whole["commission"], whole["net"]) == ("33.33", "33.33", "0.00", "0.00")

    # A refund that was a mistake: the commission comes back with it.
    await books.post(f"/{first['id']}/reversal", {"reason": "It was not sent"})
    assert (await books.totals())["None USD"]["commission"] == "0.83"
    assert (await books.post(f"/{first['id']}/reversal", {"reason": "Again"}, 409))["code"] == "already_reversed"
    taken = next(line for line in await books.lines(kind="commission") if line["reduces_id"])
    assert (await books.post(f"/{taken['id']}/reversal", {"reason": "No"}, 409))["code"] == "not_reversible"

    assert (await books.browser.delete(f"{BASE}/rules/{own['id']}")).json()["code"] == "rule_in_use"
    assert (await books.browser.delete(f"{BASE}/rules/{rule['id']}")).status_code == 204
    early = await books.browser.post(f"{BASE}/rules/{own['id']}/end", json={"ends_on": "2019-01-01"})
    assert early.json()["code"] == "bad_days"


async def test_a_reversal_is_the_same_again_the_other_way_round(books: Books) -> None:
    await books.post("/rules", {"fixed": "5.00", "currency": "USD", "starts_on": "2020-01-01"})
    income = await books.add(client_id=books.client, seller_id=books.seller, method="card", category="Plan")
    euros = await books.add(seller_id=books.seller, currency="EUR")  # the rule is for dollars
    assert len(await books.lines(kind="commission")) == 1
    reversal = await books.post(f"/{income['id']}/reversal", {"reason": "Charged twice"})
    assert (reversal["reverses_id"], reversal["effect"], reversal["description"]) == (
        income["id"],
        "-100.00",
        "Charged twice",
    )
    assert (await books.read(income["id"]))["reversed_by_id"] == reversal["id"]
    assert (await books.post(f"/{reversal['id']}/reversal", {"reason": "No"}, 409))["code"] == "not_reversible"
    assert (await books.add(409, kind="refund", amount="1", income_id=income["id"]))["code"] == "income_not_standing"
    totals = await books.totals()
    assert {name: totals["None USD"][name] for name in ("income", "commission", "net", "count")} == {
        "income": "0.00",
        "commission": "0.00",
        "net": "0.00",
        "count": 4,
    }
    assert totals["None EUR"]["net"] == "100.00"
    assert [line["id"] for line in await books.lines(state="paid")] == [euros["id"]]
    assert len(await books.lines(state="reversed")) == 4
    assert (await books.lines(limit="1"))[0]["id"] not in (income["id"], euros["id"])

    async with books.api.db.tenant(books.ceo.tenant_id) as tx:
        told = await tx.all(SQL["events_of"], Told, name="LEAD_UPDATED")
        own = await tx.all(SQL["events_of"], Told, name="ACCOUNTING_UPDATED")
    assert [one.payload["changed"] for one in told] == [["sales"], ["sales"]]
    assert own[-1].payload == {"id": reversal["id"]}
    timeline = (await books.browser.get(f"/crm/leads/{books.lead}/timeline", params={"kind": "sale"})).json()["items"]
    assert [one["detail"]["effect"] for one in timeline] == ["-100.00", "100.00"]
    secretary = await books.api.member(books.ceo.tenant_id, "secretary")
    async with books.api.browser(await books.api.session(secretary)) as browser:
        seen = await browser.get(f"/crm/leads/{books.lead}/timeline", params={"kind": "sale"})
        assert seen.json()["items"] == []
        assert (await browser.get(BASE)).status_code == 403


async def test_days_are_the_companys_and_money_is_what_its_currency_has(books: Books) -> None:
    await books.add(amount="10.00", occurred_at=MIDNIGHT.isoformat(), seller_id=books.seller)
    await books.add(kind="expense", amount="4.00", occurred_at=MIDNIGHT.isoformat(), category="Alquiler")
    day = (await books.totals("day"))["2026-02-28 USD"]
    assert (day["income"], day["expense"], day["net"]) == ("10.00", "4.00", "6.00")
    assert "2026-02-23 USD" in await books.totals("week")
    assert (await books.totals("month", **{"from": "2026-03-01"})) == {}
    assert (await books.totals("seller", to="2026-02-28"))[f"{books.seller} USD"]["name"] == "Ana Pérez"
    assert (await books.browser.get(BASE, params={"from": "2026-03-02", "to": "2026-03-01"})).json()[
        "code"
    ] == "bad_days"
    assert (await books.add(422, currency="KWD"))["code"] == "currency_too_fine"
    assert (await books.add(422, currency="JPY", amount="10.50"))["code"] == "amount_too_fine"
    assert (await books.add(422, currency="ABC"))["code"] == "unknown_currency"
    assert (await books.add(422, amount="0"))["code"] == "malformed"
    assert (await books.add(422, kind="refund"))["fields"] == ["income_id"]
    assert (await books.add(422, kind="commission"))["fields"] == ["seller_id"]
    assert (await books.add(422, kind="expense", paid=False))["fields"] == ["paid"]


async def test_a_receipt_is_a_picture_or_a_pdf_and_the_file_for_spreadsheets_is_text(books: Books) -> None:
    line = await books.add(client_id=books.client, description="=1+1")
    path = f"{BASE}/{line['id']}/receipt"
    sent = {"Content-Type": "application/octet-stream", "X-File-Name": "factura%201.png"}
    assert (await books.browser.get(path)).status_code == 404
    assert (await books.browser.post(path, content=b"<svg/>", headers=sent)).status_code == 415
    assert (await books.browser.post(path, content=b"\xff\xfb" * 9, headers=sent)).json()["code"] == "file_refused"
    kept = await books.browser.post(path, content=PNG, headers=sent)
    assert kept.json()["receipt_id"] is not None
    served = await books.browser.get(path)
    assert served.content == PNG
    assert served.headers["content-disposition"] == "inline; filename*=UTF-8''factura%201.png"
    assert served.headers["content-security-policy"].startswith("sandbox")
    # %PDF is saved, never shown; the newer file stands before the older one.
    await books.browser.post(path, content=b"%PDF-1.7\n", headers=sent)
    assert (await books.browser.get(path)).headers["content-disposition"].startswith("attachment")
    await books.post(f"/{line['id']}/reversal", {"reason": "Twice"})
    text = (await books.browser.get(f"{BASE}.csv")).text
    assert ",'=1+1," in text
    assert "'=Juan Gómez" in text
    assert ",-100.00," in text


async def test_the_same_token_and_the_last_of_an_income_count_once(books: Books) -> None:
    body: JsonObject = {"kind": "income", "amount": "100.00", "currency": "USD", "client_token": str(uuid4())}
    answers = await asyncio.gather(*(books.browser.post(BASE, json=body) for _ in range(30)))
    assert {(one.status_code, one.json()["id"]) for one in answers} == {(201, answers[0].json()["id"])}
    assert (await books.post("", body | {"amount": "1.00"}, 409))["code"] == "token_reused"
    income = answers[0].json()["id"]
    refunds = await asyncio.gather(
        *(
            books.browser.post(
                BASE, json={"kind": "refund", "amount": "30.00", "income_id": income, "client_token": str(uuid4())}
            )
            for _ in range(12)
        )
    )
    assert sorted(one.status_code for one in refunds) == [201] * 3 + [409] * 9
    assert (await books.totals())["None USD"]["net"] == "10.00"
    other = (await books.add(amount="5.00"))["id"]
    undone = await asyncio.gather(
        *(books.browser.post(f"{BASE}/{other}/reversal", json={"reason": "Twice"}) for _ in range(8))
    )
    assert sorted(one.status_code for one in undone) == [201] + [409] * 7


@pytest.mark.slow
async def test_a_thousand_posts_of_one_token_are_one_line(books: Books) -> None:
    token = str(uuid4())
    body: JsonObject = {"kind": "income", "amount": "1.00", "currency": "USD", "client_token": token}
    cookie = await books.api.session(books.ceo)

    async def post() -> int:
        async with books.api.browser(cookie) as browser:
            return (await browser.post(BASE, json=body)).status_code

    statuses: list[int] = []
    for _ in range(20):  # 50 wait for one lock and ten connections at a time; more are turned away as overload
        statuses += await asyncio.gather(*(post() for _ in range(50)))
    assert set(statuses) <= {201, 429, 503}
    assert statuses.count(201) > 100
    async with books.api.db.tenant(books.ceo.tenant_id) as tx:
        assert await tx.value(SQL["count_of_token"], int, token=token) == 1


async def test_postgresql_itself_refuses_to_change_the_ledger_or_to_give_back_too_much(books: Books) -> None:
    income = (await books.add(client_id=books.client))["id"]
    waiting = (await books.add(paid=False))["id"]
    await books.post(f"/{waiting}/payment", {})

    async def tried(name: str, transaction_id: Json, **params: object) -> None:
        async with books.api.db.tenant(books.ceo.tenant_id) as tx:
            assert isinstance(tx, TenantTransaction)
            await tx.run(SQL[name], transaction_id=transaction_id, **params)

    for name, transaction_id in (("change_amount", income), ("remove_transaction", income), ("move_payment", waiting)):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await tried(name, transaction_id)
    with pytest.raises(ConstraintViolated) as mirrors:
        await tried("forged_reversal", income, more=Decimal(1))
    assert mirrors.value.constraint == "accounting_reversal_mirrors"
    await tried("forged_refund", income, amount=Decimal("60.00"))
    with pytest.raises(ConstraintViolated) as within:
        await tried("forged_refund", income, amount=Decimal("40.01"))
    assert within.value.constraint == "accounting_refund_within_income"
    await tried("forged_refund", income, amount=Decimal("40.00"))


async def test_another_companys_money_is_neither_seen_nor_touched(books: Books) -> None:
    line = await books.add(client_id=books.client)
    other = await books.api.member(await make_tenant(books.api.db), "ceo")
    async with books.api.browser(await books.api.session(other)) as browser:
        assert (await browser.get(BASE)).json()["items"] == []
        assert (await browser.get(f"{BASE}/totals")).json()["items"] == []
        for path, body in (("reversal", {"reason": "Mine"}), ("payment", {})):
            assert (await browser.post(f"{BASE}/{line['id']}/{path}", json=body)).status_code == 404
        refund = {"kind": "refund", "amount": "1", "income_id": line["id"], "client_token": str(uuid4())}
        assert (await browser.post(BASE, json=refund)).status_code == 404
