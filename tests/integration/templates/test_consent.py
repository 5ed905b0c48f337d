"""Consent to advertising alone: by a word of the person, or by WhatsApp's own switch; conversations go on."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.contracts import TakeIn
from core.database import Database
from core.identities import apply_consent
from core.statements import load_statements
from core.whatsapp import ConsentChange
from orchestrator_service.chat.inbound import take_in
from tests.integration.chat.company import Company, demo_company
from tests.support import servers as support

SQL = load_statements(Path(__file__).with_name("queries.sql"))
PHONE = "+5491155512345"


@pytest.fixture
async def company(db: Database, database: support.Database, redis_url: str) -> AsyncGenerator[Company]:
    async with demo_company(db, database, redis_url) as made:
        yield made


@dataclass(frozen=True)
class Told:
    """A CONVERSATION_UPDATED."""

    withdrawn: bool


async def consents(company: Company) -> tuple[bool, bool]:
    """Whether the person has withdrawn everything, and whether advertising alone."""
    async with company.db.tenant(company.tenant_id) as tx:
        everything = await tx.value(SQL["opted_out"], bool)
        advertising = await tx.value(SQL["marketing_opted_out"], bool)
    return bool(everything), bool(advertising)


async def says(company: Company, text: str) -> None:
    await company.says(text)
    await take_in(company.db, TakeIn(company.tenant_id, await company.conversation_id()))


async def test_a_stop_word_ends_advertising_alone_and_another_gives_it_back(company: Company) -> None:
    await says(company, "BAJA")
    assert await consents(company) == (False, True)
    await says(company, "¿y la baja del precio?")
    assert await consents(company) == (False, True)
    await says(company, "ALTA")
    assert await consents(company) == (False, False)
    async with company.db.tenant(company.tenant_id) as tx:
        told = [one.withdrawn for one in await tx.all(SQL["told_of_advertising"], Told)]
    assert told[-2:] == [True, False], "the inbox shows it at once"


async def test_whatsapps_own_switch_does_the_same(company: Company) -> None:
    await says(company, "Hola")
    for allowed in (False, True):
        change = ConsentChange(PHONE, allowed, marketing_only=True, business_number=None, waba_id=None)
        async with company.db.tenant(company.tenant_id) as tx:
            await apply_consent(tx, change)
        assert await consents(company) == (False, not allowed)
