"""A company with a conversation whose customer has just written, and browsers of its people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import count

import httpx

from core.json_types import JsonObject
from core.principal import Role, TenantId
from core.statements import sibling_statements
from orchestrator_service.db import NewMessage, append_chat_message
from tests.support.api import Api, Member
from tests.support.factories import Talk, make_channel, make_conversation, make_tenant

SQL = sibling_statements(__file__)
_NUMBERS = count(1)


@dataclass(frozen=True)
class Event:
    """What was announced."""

    name: str
    payload: JsonObject
    owner_user_id: int | None


@dataclass
class Scene:
    """The company; `channel` is its number."""

    api: Api
    tenant: TenantId
    channel: int

    async def talk(self, name: str = "Ana Ruiz", *, owner: Member | None = None) -> Talk:
        """A new person's conversation."""
        owner_id = owner.user_id if owner else None
        return await make_conversation(self.api.db, self.tenant, self.channel, name=name, owner_user_id=owner_id)

    async def says(self, talk: Talk, text: str = "Hola", *, at: datetime | None = None) -> int:
        """The customer writes."""
        async with self.api.db.tenant(self.tenant) as tx:
            message = NewMessage(
                conversation_id=talk.conversation_id,
                direction="in",
                author="customer",
                body=text,
                origin_key=f"scene:{next(_NUMBERS)}",
                status="received",
                at=at or self.api.clock(),
            )
            return (await append_chat_message(tx, message)).id

    async def browser(self, role: Role = "ceo") -> tuple[Member, httpx.AsyncClient]:
        """Somebody new of the team, logged in."""
        member = await self.api.member(self.tenant, role)
        return member, self.api.browser(await self.api.session(member))

    async def events(self, name: str) -> list[Event]:
        """What was announced under that name, oldest first."""
        async with self.api.db.tenant(self.tenant) as tx:
            return [event for event in await tx.all(SQL["events"], Event) if event.name == name]

    async def run(self, statement: str, **params: object) -> None:
        """One of this folder's statements."""
        async with self.api.db.tenant(self.tenant) as tx:
            await tx.run(SQL[statement], **params)

    async def count(self, statement: str) -> int:
        """A number that one of this folder's statements answers."""
        async with self.api.db.tenant(self.tenant) as tx:
            return await tx.value(SQL[statement], int) or 0


async def make_scene(api: Api) -> Scene:
    """A company without people."""
    tenant = await make_tenant(api.db)
    return Scene(api, tenant, (await make_channel(api.db, tenant)).channel_id)
