"""Click-to-WhatsApp: which advertisement brought somebody is kept with the message and with the lead that it made."""

from __future__ import annotations

import copy
from collections.abc import AsyncGenerator
from typing import cast

import pytest

from core.database import Database
from core.json_types import JsonObject
from core.whatsapp import ProviderName
from tests.integration.chat.company import Company, demo_company
from tests.integration.whatsapp.webhooks import EXAMPLES, PROVIDERS, text_event
from tests.support import servers as support

KEPT: JsonObject = {
    "source_type": "ad",
    "source_id": "120210000000000",
    "source_url": "https://fb.me/xyz",
    "headline": "Plan Pro",
    "body": "Hablá con un asesor",
    "media_type": "image",
    "media_url": "https://scontent.example/i.jpg",
    "click_id": "ARAkLkA8rmlFeiCktEJQ",
}


@pytest.fixture(params=PROVIDERS)
async def company(
    request: pytest.FixtureRequest, db: Database, database: support.Database, redis_url: str
) -> AsyncGenerator[Company]:
    async with demo_company(db, database, redis_url, provider=cast("ProviderName", request.param)) as made:
        yield made


async def lead_of(company: Company) -> JsonObject:
    async with company.db.tenant(company.tenant_id) as tx:
        (row,) = await tx.connection.fetch("SELECT source, referral FROM leads")
    return dict(row)


async def test_an_advertisement_is_kept_with_the_message_and_the_new_lead(company: Company) -> None:
    assert (await company.receiver.post(EXAMPLES["text_from_ctwa_ad"])).status_code == 200
    await company.turn()
    message = (await company.messages())[0]
    assert message.content["referral"] == KEPT
    assert await lead_of(company) == {"source": "ad", "referral": KEPT}


async def test_who_was_a_lead_before_keeps_where_they_came_from(company: Company) -> None:
    await company.says("Hola")
    await company.turn()
    event = copy.deepcopy(text_event("y vi el anuncio", number=90))
    told = cast("dict[str, object]", EXAMPLES["text_from_ctwa_ad"]["whatsappInboundMessage"])
    cast("dict[str, object]", event["whatsappInboundMessage"])["referral"] = told["referral"]
    assert (await company.receiver.post(event)).status_code == 200
    await company.turn()
    clicked = next(message for message in await company.messages() if message.body == "y vi el anuncio")
    assert clicked.content["referral"] == KEPT
    assert await lead_of(company) == {"source": "whatsapp", "referral": None}
