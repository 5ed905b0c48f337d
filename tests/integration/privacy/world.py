"""A company with one person everywhere, and what is left of them in every place there is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import cast
from uuid import uuid4

from redis.asyncio import Redis

from core.database import DriverConnection, standalone_connection
from core.media_store import FileMissing, MediaStore
from core.phone import match_key
from core.principal import TenantId
from core.statements import sibling_statements
from core.system_events import record_event
from orchestrator_service.accounting.models import NewTransaction
from orchestrator_service.accounting.record import record_transaction
from orchestrator_service.clients.create import create_client
from orchestrator_service.clients.models import NewClient
from orchestrator_service.db import NewMessage, append_chat_message
from tests.support import servers
from tests.support.api import Api, Member
from tests.support.factories import Talk, make_channel, make_conversation, make_event, make_seller, make_tenant
from tests.support.files import stored_file

SQL = sibling_statements(__file__)
NAME, EMAIL, SAID = "Zulema Quirnoz", "zulema.quirnoz@marca.example", "pastelito morado 7713"
PHONE = "+5491155667788"
# Parts of them, as any place may have them: in a URL, in JSON, with separators.
MARKS = ("zulema", "quirnoz", "pastelito", "1155667788", "11 5566-7788", "155667788")
FILE, RECEIPT = b"pastelito morado in a file", b"pastelito receipt"
# Every column of a relation that can hold words, as text; bytes as they read.
_COLUMNS = """
SELECT c.oid::regclass::text AS name, string_agg(CASE
    WHEN t.typname = 'bytea' THEN format('encode(%1$I, ''escape''), encode(%1$I, ''hex'')', a.attname)
    ELSE format('%I::text', a.attname) END, ', ' ORDER BY a.attnum) AS columns
FROM pg_class AS c
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type AS t ON t.oid = a.atttypid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg!_%' ESCAPE '!' AND c.relkind IN ('r', 'm', 'p')
    AND t.typname IN ('text', '_text', 'varchar', 'bpchar', 'json', 'jsonb', '_jsonb', 'bytea', 'tsvector', 'name')
GROUP BY c.oid ORDER BY 1
"""


@dataclass
class World:
    """The company, its ceo, and the person."""

    api: Api
    tenant: TenantId
    channel: int
    ceo: Member
    talk: Talk
    superuser_url: str

    @property
    def store(self) -> MediaStore:
        store = self.api.app.state.media
        assert isinstance(store, MediaStore)
        return store

    async def tables(self) -> dict[str, list[str]]:
        """Every table that can hold words, with the marks that are found in it."""
        connection = await standalone_connection(self.superuser_url)
        try:
            return {row["name"]: await _marks_in(connection, row) for row in await connection.fetch(_COLUMNS)}
        finally:
            await connection.close(timeout=5)

    async def marked(self) -> set[str]:
        """The tables in which anything of the person is found."""
        return {name for name, marks in (await self.tables()).items() if marks}

    async def is_stored(self, content: bytes) -> bool:
        """Whether the company's file of that content is there."""
        digest = hashlib.sha256(content).hexdigest()
        try:
            await self.store.read(f"{self.tenant}/{digest[:2]}/{digest}")
        except FileMissing:
            return False
        return True


async def _marks_in(connection: DriverConnection, row: object) -> list[str]:
    name, columns = row["name"], row["columns"]  # type: ignore[index] - a record
    wanted = [*MARKS, *(mark.encode().hex() for mark in MARKS)]
    found = await connection.fetch(
        f"SELECT m FROM unnest($1::text[]) AS m WHERE EXISTS (SELECT 1 FROM {name} "
        f"WHERE strpos(lower(concat_ws(chr(10), {columns})), m) > 0)",
        wanted,
    )
    return [one["m"] for one in found]


async def in_redis(url: str) -> list[str]:
    """Keys and values that anything of the person is found in."""
    found: list[str] = []
    async with Redis.from_url(url) as redis:
        keys = cast("list[bytes]", await redis.keys("*"))
        for key in keys:
            value = await redis.dump(key) or b""
            text = (key + value).decode("latin-1").lower()
            found += [mark for mark in MARKS if mark in text]
    return found


async def make_world(api: Api, database: servers.Database) -> World:
    tenant = await make_tenant(api.db)
    channel = (await make_channel(api.db, tenant)).channel_id
    ceo = await api.member(tenant, "ceo", name="Marta Ceo")
    talk = await make_conversation(api.db, tenant, channel, name=NAME)
    world = World(api, tenant, channel, ceo, talk, database.superuser_url)
    await _fill(world)
    return world


async def _fill(world: World) -> None:
    api, tenant, talk = world.api, world.tenant, world.talk
    seller = await make_seller(api.db, tenant)
    now = api.clock()
    for days in (-2, 2):  # one has taken place, one will
        starts = now + timedelta(days=days)
        await make_event(api.db, tenant, seller, starts, starts + timedelta(hours=1), lead_id=talk.lead_id)
    await stored_file(api, tenant, talk.conversation_id, FILE, filename=f"{NAME}.txt")
    receipt = await world.store.put(tenant, RECEIPT)
    key = match_key(PHONE)
    async with api.db.tenant(tenant) as tx:
        message = await append_chat_message(
            tx,
            NewMessage(
                conversation_id=talk.conversation_id,
                direction="in",
                author="customer",
                body=SAID,
                origin_key=uuid4().hex,
                status="received",
                at=now,
            ),
        )
        made = NewClient(
            lead_id=talk.lead_id, full_name=NAME, phone=PHONE, email=EMAIL, owner_user_id=None, created_at=now
        )
        client = await create_client(tx, made)
        assert client is not None
        paid = NewTransaction(
            kind="income",
            amount=Decimal(100),
            currency="USD",
            method="cash",
            client_id=client,
            lead_id=None,
            seller_id=None,
            income_id=None,
            category=None,
            description=None,
            occurred_at=now,
            paid=True,
            token=uuid4(),
        )
        income = await record_transaction(tx, world.ceo.principal, paid, now=now)
        await record_event(tx, "leads.read", subject="leads", detail={"q": NAME})
        known = {"match_key": key, "e164": PHONE, "wa_raw": PHONE[1:], "username": "zulema.quirnoz"}
        for kind, value in known.items():
            await tx.run(SQL["plant_identity"], kind=kind, value=value, contact_id=talk.contact_id)
        given: dict[str, object] = {
            "name": NAME, "email": EMAIL, "said": SAID, "phone": PHONE, "match_key": key, "lead_id": talk.lead_id,
            "contact_id": talk.contact_id, "conversation_id": talk.conversation_id, "channel_id": world.channel,
            "message_id": message.id, "seller_id": seller, "user_id": world.ceo.user_id, "client_id": client,
            "transaction_id": income.id, "storage_key": receipt.key,
        }  # fmt: skip
        for name in SQL:
            if name.startswith("plant_") and name != "plant_identity":
                await tx.run(SQL[name], **{one: given[one] for one in SQL[name].parameters if one != "tenant_id"})
