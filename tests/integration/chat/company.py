"""A demo company whose conversations the tests play without a worker: jobs are done by hand, one at a time."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from core.clock import system_clock
from core.contracts import TakeTurn
from core.database import Database
from core.json_types import JsonObject
from core.statements import sibling_statements
from core.whatsapp import ProviderName
from orchestrator_service.agent.gates import VerdictAction
from orchestrator_service.agent.toolbox import Toolbox
from orchestrator_service.agent.tools.registry import TOOLS
from orchestrator_service.chat.gathering import gather
from orchestrator_service.chat.thinking import TurnTools
from orchestrator_service.chat.turns import take_turn
from tests.integration.whatsapp.webhooks import Receiver, receiver_of, settings_for, text_event
from tests.support import servers as support
from tests.support.factories import KEYRING, make_seller, make_tenant
from tests.support.google_doors import unreachable_google

SQL = sibling_statements(__file__)
PERSON = "+5491155512345"


@dataclass(frozen=True)
class Message:
    """A message as the team sees it."""

    id: int
    conversation_id: int
    direction: str
    author: str
    type: str
    body: str
    content: JsonObject
    status: str
    verdict: JsonObject | None
    turn_id: int | None


@dataclass(frozen=True)
class Turn:
    id: int
    state: str
    attempts: int
    verdict: str | None


@dataclass
class Company:
    """The company, its endpoint, and the tools of its agent."""

    db: Database
    tenant_id: int
    receiver: Receiver
    tools: TurnTools
    said: int = field(default=0)

    async def says(self, *texts: str, reply_id: str | None = None) -> None:
        """The person writes, in one burst."""
        for text in texts:
            self.said += 1
            event = text_event(text, number=self.said)
            if reply_id is not None:
                message = event["whatsappInboundMessage"]
                assert isinstance(message, dict)
                del message["text"]
                message["type"] = "interactive"
                message["interactive"] = {"type": "button_reply", "button_reply": {"id": reply_id, "title": text}}
            assert (await self.receiver.post(event)).status_code == 200

    async def conversation_id(self) -> int:
        async with self.db.tenant(self.tenant_id) as tx:
            found = await tx.value(SQL["conversation"], int)
        assert found is not None
        return found

    async def turn(self) -> None:
        """The turn's job is worked off."""
        await take_turn(self.tools, TakeTurn(self.tenant_id, await self.conversation_id()))

    async def toolbox(self, verdict: VerdictAction | None = None, *, conversation_id: int | None = None) -> Toolbox:
        """The tools of a turn that is thinking, under its own verdict or another one."""
        job = TakeTurn(self.tenant_id, conversation_id or await self.conversation_id())
        gathered = await gather(self.db, self.tools.clock, job)
        assert gathered is not None
        return Toolbox(
            self.db,
            self.tools.google,
            TOOLS,
            tenant_id=self.tenant_id,
            conversation_id=job.conversation_id,
            lead_id=gathered.lead_id,
            turn_id=gathered.turn.id,
            language=gathered.language,
            zone=gathered.context.zone,
            verdict=verdict or gathered.verdict,
            clock=self.tools.clock,
        )

    async def messages(self) -> list[Message]:
        async with self.db.tenant(self.tenant_id) as tx:
            return await tx.all(SQL["messages"], Message)

    async def replies(self) -> list[Message]:
        return [message for message in await self.messages() if message.direction == "out"]

    async def turns(self) -> list[Turn]:
        async with self.db.tenant(self.tenant_id) as tx:
            return await tx.all(SQL["turns"], Turn)

    async def events(self) -> list[str]:
        """Names of what was announced, in order."""
        async with self.db.tenant(self.tenant_id) as tx:
            return [event.name for event in await tx.all(SQL["events"], Named)]

    async def payloads(self, name: str) -> list[JsonObject]:
        """What was announced under a name, in order."""
        async with self.db.tenant(self.tenant_id) as tx:
            return [told.payload for told in await tx.all(SQL["payloads"], Told, name=name)]

    async def count(self, statement: str) -> int:
        async with self.db.tenant(self.tenant_id) as tx:
            return await tx.value(SQL[statement], int) or 0

    async def run(self, statement: str, **values: object) -> None:
        async with self.db.tenant(self.tenant_id) as tx:
            await tx.run(SQL[statement], **values)


@dataclass(frozen=True)
class Named:
    name: str


@dataclass(frozen=True)
class Told:
    payload: JsonObject


@asynccontextmanager
async def demo_company(
    db: Database, database: support.Database, redis_url: str, *, provider: ProviderName = "ycloud"
) -> AsyncGenerator[Company]:
    """A company in demo mode without a quiet period, with one seller."""
    tenant_id = await make_tenant(db, mode="demo")
    await make_seller(db, tenant_id)
    settings = settings_for(database.app_url, redis_url)
    async with receiver_of(db, tenant_id, settings, provider=provider) as receiver:
        company = Company(db, tenant_id, receiver, TurnTools(db, unreachable_google(), KEYRING, system_clock))
        await company.run("answer_at_once")
        yield company
