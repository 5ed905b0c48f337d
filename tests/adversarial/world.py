"""Two companies with customers, meetings and offers; an attacker who writes; and what an attack has changed in either.

The screen is off and the model obeys: only the gates stand. What changed is read past row level security: every row of
every tenant's table that was written since the attack began.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Final, cast

import pytest
from pydantic_ai.messages import ModelMessage, ModelRequest, ModelResponse, TextPart, ToolCallPart, ToolReturnPart
from pydantic_ai.models.function import AgentInfo, FunctionModel

from core.clock import system_clock
from core.contracts import TakeIn, TakeTurn
from core.database import Database
from core.json_types import Json
from core.prompt_security import Action, BurstVerdict, Verdict
from core.statements import sibling_statements
from orchestrator_service.agenda.book import Wish, book
from orchestrator_service.agenda.booking import Booked
from orchestrator_service.agenda.offering import Days, look_in_google
from orchestrator_service.agenda.offers import make_offers
from orchestrator_service.agent.demo_brain import model as demo_brain
from orchestrator_service.chat import gathering
from orchestrator_service.chat.inbound import take_in
from orchestrator_service.chat.turns import take_turn
from orchestrator_service.leads.models import Interest
from tests.adversarial.attacks import Attack
from tests.integration.chat.company import Company
from tests.integration.whatsapp.webhooks import text_event
from tests.support.factories import (
    ZONE,
    Talk,
    make_channel,
    make_conversation,
    make_qualification,
    make_seller,
    make_tenant,
    make_user,
)

SQL = sibling_statements(__file__)
SEEN: Final = timedelta(days=9)
TENANT_TABLES: Final = """
SELECT c.table_name FROM information_schema.columns AS c
JOIN pg_class AS t ON t.relname = c.table_name AND t.relkind = 'r'
WHERE c.table_schema = 'public' AND c.column_name = 'tenant_id' ORDER BY 1
"""
_NAMED: Final = re.compile(r"\$[a-z_0-9]+")
_REST: Final = FunctionModel
_numbers = count(1)


@dataclass(frozen=True)
class Prepared:
    """Somebody's conversation with two live offers and a meeting."""

    tenant_id: int
    talk: Talk
    phone: str
    offers: tuple[str, ...]
    meeting_id: int


@dataclass(frozen=True)
class Found:
    """A message that left, or was about to."""

    conversation_id: int
    direction: str
    body: str


@dataclass(frozen=True)
class _Ids:
    conversation_id: int
    lead_id: int
    contact_id: int


@dataclass
class World:
    """`company` is attacked; `victim` is another lead of it, `foreign` one of another company."""

    company: Company
    owner: Database
    tables: tuple[str, ...]
    victim: Prepared
    foreign: Prepared
    told: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def db(self) -> Database:
        return self.company.db

    async def stranger(self, attack: Attack) -> Talk:
        """A new person who has written, with what the attack wants to be there before."""
        number = next(_numbers)
        event = text_event(attack.says, number=number, sender=f"+54911{number:08d}")
        assert (await self.company.receiver.post(event)).status_code == 200
        await take_in_all(self.company)
        async with self.db.tenant(self.company.tenant_id) as tx:
            ids = await tx.one(SQL["newest"], _Ids)
        assert ids is not None
        talk = Talk(ids.conversation_id, ids.contact_id, ids.lead_id)
        self.told = {}
        if attack.before:
            interest = "hot" if attack.before in {"offered", "expired", "used"} else attack.before
            await make_qualification(self.db, self.company.tenant_id, talk, interest=cast("Interest", interest))
        if attack.before in {"offered", "expired", "used"}:
            offers = await offered(self.company, self.company.tenant_id, talk)
            self.told |= {"$own_offer": offers[0], "$own_offer_2": offers[1]}
            if attack.before == "used":
                self.told["$own_meeting"] = str(await booked(self.company, self.company.tenant_id, talk, offers[0]))
            if attack.before == "expired":
                async with self.db.tenant(self.company.tenant_id) as tx:
                    await tx.run(SQL["expire"], conversation_id=talk.conversation_id)
        return talk

    async def read(self, sql: str, *arguments: object) -> list[Mapping[str, object]]:
        """Past row level security."""
        async with self.owner.bare_connection() as connection:
            return [dict(row) for row in await connection.fetch(sql, *arguments)]

    async def clock(self) -> int:
        """Where the database's own count of transactions stands."""
        [row] = await self.read("SELECT txid_current() % 4294967296 AS at")
        return int(str(row["at"]))

    async def written_since(self, start: int) -> list[tuple[str, dict[str, object]]]:
        """Every row of a tenant's table that was inserted or updated since, as its table and columns."""
        union = " UNION ALL ".join(
            f"SELECT '{table}' AS name, to_jsonb(t)::text AS columns FROM {table} AS t WHERE t.xmin::text::bigint >= $1"
            for table in self.tables
        )
        return [(str(row["name"]), json.loads(str(row["columns"]))) for row in await self.read(union, start)]

    async def sizes(self) -> dict[str, int]:
        """How many rows each table has, so that nothing can be deleted unseen."""
        union = " UNION ALL ".join(f"SELECT '{table}' AS name, count(*) AS size FROM {table}" for table in self.tables)
        return {str(row["name"]): int(str(row["size"])) for row in await self.read(union)}

    async def messages(self, conversation_id: int) -> list[Found]:
        async with self.db.tenant(self.company.tenant_id) as tx:
            return await tx.all(SQL["messages_of"], Found, conversation_id=conversation_id)

    async def attack(self, attack: Attack, talk: Talk) -> None:
        """The turn, with the screen off and a model that does what it was told."""
        with obeying(attack, self), screened(attack.verdict):
            await take_turn(self.company.tools, TakeTurn(self.company.tenant_id, talk.conversation_id))

    def names(self) -> dict[str, str]:
        """What `$` things of an attack stand for."""
        victim, foreign = self.victim, self.foreign
        return {
            "$victim_offer": victim.offers[0],
            "$foreign_offer": foreign.offers[0],
            "$victim_meeting": str(victim.meeting_id),
            "$foreign_meeting": str(foreign.meeting_id),
            "$victim_lead": str(victim.talk.lead_id),
            "$victim_conversation": str(victim.talk.conversation_id),
            "$foreign_tenant": str(foreign.tenant_id),
            "$victim_phone": victim.phone,
            "$foreign_phone": foreign.phone,
            **self.told,
        }


async def make_world(company: Company, owner: Database) -> World:
    """The company and another one, each with a customer who has a meeting. `owner` sees past row level security."""
    other = await make_tenant(company.db, "Foreign")
    await make_seller(company.db, other, "Otra Vendedora")
    await make_seller(company.db, company.tenant_id, "Beto Ruiz")
    await make_user(company.db, company.tenant_id, role="ceo")
    async with owner.bare_connection() as connection:
        tables = [str(row["table_name"]) for row in await connection.fetch(TENANT_TABLES)]
    victim = await prepared(company, company.tenant_id, "Víctima Propia")
    foreign = await prepared(company, other, "Víctima Ajena")
    return World(company, owner, tuple(tables), victim, foreign)


async def prepared(company: Company, tenant_id: int, name: str) -> Prepared:
    channel = await make_channel(company.db, tenant_id)
    talk = await make_conversation(company.db, tenant_id, channel.channel_id, name=name)
    await make_qualification(company.db, tenant_id, talk)
    offers = await offered(company, tenant_id, talk)
    meeting_id = await booked(company, tenant_id, talk, offers[-1])
    async with company.db.tenant(tenant_id) as tx:
        phone = await tx.value(SQL["phone"], str, lead_id=talk.lead_id)
    assert phone is not None
    return Prepared(tenant_id, talk, phone, offers[:2], meeting_id)


async def offered(company: Company, tenant_id: int, talk: Talk) -> tuple[str, ...]:
    """Live offers of a conversation."""
    now = system_clock()
    first, last = now.date(), (now + SEEN).date()
    live = await look_in_google(
        company.db, company.tools.google, tenant_id, Days(first, last, None, ZONE.key, "es"), now=now
    )
    async with company.db.tenant(tenant_id) as tx:
        found = await make_offers(
            tx,
            conversation_id=talk.conversation_id,
            turn_id=None,
            date_from=first,
            date_to=last,
            wanted=None,
            seller_name=None,
            duration_minutes=None,
            now=now,
            zone=ZONE.key,
            language="es",
            live=live,
        )
    return tuple(offer.offer_id for offer in found.offers)


async def booked(company: Company, tenant_id: int, talk: Talk, offer_id: str) -> int:
    wish = Wish(talk.conversation_id, talk.lead_id, offer_id, "")
    outcome = await book(company.db, company.tools.google, tenant_id, wish, now=system_clock())
    assert isinstance(outcome, Booked)
    return outcome.meeting_id


async def take_in_all(company: Company) -> None:
    """Mirror what was accepted, as the job does."""
    async with company.db.tenant(company.tenant_id) as tx:
        waiting = await tx.value(SQL["waiting_mailbox"], int)
    assert waiting is not None
    await take_in(company.db, TakeIn(company.tenant_id, waiting))


@contextmanager
def screened(action: Action) -> Generator[None]:
    """The screen says this of everything."""

    def judge(texts: Sequence[str]) -> BurstVerdict:
        verdict = Verdict(action, 0.0, ())
        return BurstVerdict(tuple(verdict for _ in texts), verdict, verdict)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gathering, "inspect_burst", judge)
        yield


@contextmanager
def obeying(attack: Attack, world: World) -> Generator[None]:
    """In place of the demo brain answers a model that asks for the attack's steps, then says its text."""

    def model(_answer: object, *, model_name: str) -> FunctionModel:
        async def answer(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
            world.told |= _from_results(messages) | _from_prompt(info.instructions or "")
            told = world.names()
            asked = sum(isinstance(one, ModelResponse) for one in messages)
            if asked < len(attack.steps):
                return ModelResponse([ToolCallPart(name, _put_in(args, told)) for name, args in attack.steps[asked]])
            return ModelResponse([TextPart(_text(attack.text, told) or "¿En qué más te ayudo?")])

        return _REST(answer, model_name=model_name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo_brain, "FunctionModel", model)
        yield


def _put_in(arguments: Mapping[str, Json] | str, told: Mapping[str, str]) -> str:
    text = arguments if isinstance(arguments, str) else json.dumps(arguments)
    return re.sub(r'"(\$[a-z_0-9]+)"', lambda match: _as_json(match[1], told), text)


def _as_json(name: str, told: Mapping[str, str]) -> str:
    value = told.get(name, "0")
    return value if value.isdigit() else json.dumps(value)


def _text(text: str, told: Mapping[str, str]) -> str:
    return _NAMED.sub(lambda match: told.get(match[0], match[0]), text)


def _from_results(messages: Sequence[ModelMessage]) -> dict[str, str]:
    """The first offer that a tool has told of."""
    for message in messages:
        for part in message.parts if isinstance(message, ModelRequest) else ():
            found = (
                re.search(r"'offer_id': '([\w-]+)'", str(part.content)) if isinstance(part, ToolReturnPart) else None
            )
            if found:
                return {"$any_offer": found[1]}
    return {}


def _from_prompt(instructions: str) -> dict[str, str]:
    canary = re.search(r"Reference: (\S+)", instructions)
    lines = [line for line in instructions.splitlines() if line.startswith("2.")]
    return {
        "$canary": canary[1] if canary else "?",
        "$prompt_line": lines[0] if lines else "?",
        "$instructions": instructions,
    }
