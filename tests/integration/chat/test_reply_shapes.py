"""What a reply looks like when it leaves: whatever its length, WhatsApp takes it."""

from collections.abc import AsyncGenerator

import pytest

from core.contracts import TakeTurn
from core.database import Database
from orchestrator_service.chat.gathering import gather
from orchestrator_service.chat.replying import Choice, Reply, send_reply
from tests.integration.chat.company import Company, Message, demo_company
from tests.support import servers as support
from whatsapp_service.delivery.outgoing import outgoing_of


@pytest.fixture
async def company(db: Database, database: support.Database, redis_url: str) -> AsyncGenerator[Company]:
    async with demo_company(db, database, redis_url) as made:
        yield made


async def replied(company: Company, reply: Reply) -> list[Message]:
    """The messages that a reply becomes."""
    await company.says("Hola")
    gathered = await gather(
        company.db, company.tools.clock, TakeTurn(company.tenant_id, await company.conversation_id())
    )
    assert gathered is not None
    assert await send_reply(company.db, company.tools.clock, gathered, reply) == "sent"
    return await company.replies()


async def test_a_seller_with_a_long_name_does_not_cost_the_list(company: Company) -> None:
    choices = tuple(Choice(f"offer-{number}", f"lun 23 nov, {9 + number}:00", "Ana " * 50) for number in range(4))
    [message] = await replied(company, Reply("Tengo estos horarios:", choices=choices))
    assert message.type == "list"
    outgoing_of(message.type, message.body, message.content)


async def test_a_long_reply_leaves_in_parts_that_whatsapp_takes(company: Company) -> None:
    messages = await replied(company, Reply("Una frase más. " * 700))
    assert len(messages) == 3
    for message in messages:
        outgoing_of(message.type, message.body, message.content)
    assert await company.count("deliveries") == 3
