"""One person is one conversation and one lead, however a provider names them; a phone may be absent (PRODUCT §7.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from core.contracts import TakeIn
from core.principal import TenantId
from core.statements import sibling_statements
from core.whatsapp import Accepted, Recipient
from orchestrator_service.chat.inbound import take_in
from tests.integration.chat.company import Company, demo_company
from tests.integration.whatsapp.test_deliver import FakeProvider, Sending
from tests.integration.whatsapp.webhooks import EXAMPLES, PROVIDERS, text_event

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.support import servers as support
    from tests.support.api import Api

SQL = sibling_statements(__file__)


@pytest.fixture(params=PROVIDERS)
async def company(
    api: Api, database: support.Database, redis_url: str, request: pytest.FixtureRequest
) -> AsyncGenerator[Company]:
    async with demo_company(api.db, database, redis_url, provider=request.param) as made:
        yield made


async def heard(company: Company, event: dict[str, object]) -> None:
    """The event is accepted and every conversation taken in."""
    assert (await company.receiver.post(event)).status_code == 200
    async with company.db.tenant(company.tenant_id) as tx:
        waiting = await tx.value(SQL["last_conversation"], int)
    if waiting is not None:
        await take_in(company.db, TakeIn(company.tenant_id, waiting))


def said(
    number: int, *, phone: str | None = None, user_id: str | None = None, username: str | None = None
) -> dict[str, object]:
    """A text of somebody whom the provider names so."""
    event = text_event("hola", number=number, sender=phone or "+5491155512345")
    message = cast("dict[str, object]", event["whatsappInboundMessage"])
    message |= {"wamid": f"wamid.{number}", "from": phone, "fromUserId": user_id}
    message["customerProfile"] = {"username": username} if username else {}
    event["whatsappInboundMessage"] = {key: value for key, value in message.items() if value is not None}
    return event


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("+5491155512345", "+541155512345"),
        ("+5215512345678", "+525512345678"),
        ("+5511987654321", "+551187654321"),
    ],
    ids=["Argentina", "Mexico", "Brazil"],
)
async def test_both_writings_of_a_number_are_one_person(company: Company, one: str, other: str) -> None:
    await heard(company, said(1, phone=one))
    await heard(company, said(2, phone=other))
    assert await company.count("leads") == 1
    assert len({message.conversation_id for message in await company.messages()}) == 1


async def test_a_changed_number_keeps_conversation_and_lead_and_never_clashes(company: Company) -> None:
    changed = EXAMPLES["system_number_changed"]
    await heard(company, said(1, phone="+5491155512345", user_id="AR.1502576394655843"))
    await heard(company, dict(changed))
    await heard(company, said(2, phone="+5491155599999", user_id="AR.NEW"))
    assert await company.count("leads") == 1
    assert len({message.conversation_id for message in await company.messages()}) == 1


async def test_a_change_to_a_number_that_is_somebody_elses_is_accepted_and_leaves_it_theirs(company: Company) -> None:
    await heard(company, said(1, phone="+5491155599999", user_id="AR.ELSE"))
    await heard(company, said(2, phone="+5491155512345", user_id="AR.1502576394655843"))
    await heard(company, dict(EXAMPLES["system_number_changed"]))
    await heard(company, said(3, phone="+5491155599999", user_id="AR.ELSE"))
    assert await company.count("leads") == 2


async def test_a_person_without_phone_is_a_lead_found_by_username_and_answered_by_user_id(
    company: Company, api: Api
) -> None:
    await heard(company, said(1, user_id="AR.77", username="Lucia.G"))
    tenant = TenantId(company.tenant_id)
    async with api.browser(await api.session(await api.member(tenant, "ceo"))) as ceo:
        for query in ("@lucia", "LUCIA.G"):
            (lead,) = (await ceo.get("/crm/leads", params={"q": query})).json()["items"]
            assert (lead["full_name"], lead["phone"], lead["phone_shown"], lead["username"]) == (
                None, None, None, "Lucia.G",
            )  # fmt: skip
            assert (await ceo.get(f"/crm/leads/{lead['id']}")).json()["username"] == "Lucia.G"
            (talk,) = (await ceo.get("/chat/conversations", params={"q": query})).json()["items"]
            assert (talk["handle"], talk["lead_id"]) == ("@Lucia.G", lead["id"])
        assert (await ceo.get("/crm/leads", params={"q": "@nobody"})).json()["items"] == []
        edited = await ceo.patch(f"/crm/leads/{lead['id']}", json={"company": "Sol"})
        assert (edited.status_code, edited.json()["username"]) == (200, "Lucia.G")
    await company.turn()
    sending = Sending(company, FakeProvider([Accepted("p", "w")]), (await company.replies())[0].id)
    await sending.deliver()
    assert sending.provider.sent[0][0] == Recipient(user_id="AR.77")


async def test_a_number_shown_later_becomes_the_leads(company: Company) -> None:
    await heard(company, said(1, user_id="AR.77", username="lucia.g"))
    await heard(company, said(2, phone="+5491155512345", user_id="AR.77"))
    assert await company.count("leads") == 1
    async with company.db.tenant(company.tenant_id) as tx:
        assert await tx.value(SQL["lead_phone"], str) == "+5491155512345"
    assert "phone" in [
        changed for told in await company.payloads("LEAD_UPDATED") for changed in cast("list[str]", told["changed"])
    ]


async def test_a_number_shown_later_stays_another_leads(company: Company, api: Api) -> None:
    tenant = TenantId(company.tenant_id)
    async with api.browser(await api.session(await api.member(tenant, "ceo"))) as ceo:
        assert (await ceo.post("/crm/leads", json={"phone": "+5491155512345"})).status_code == 201
    await heard(company, said(1, user_id="AR.77", username="lucia.g"))
    await heard(company, said(2, phone="+5491155512345", user_id="AR.77"))
    assert await company.count("leads") == 2
    assert len(await company.messages()) == 2
