"""A company with somebody in every role, and what each of them was told."""

from __future__ import annotations

from dataclasses import dataclass

from core.json_types import JsonObject
from core.principal import ROLES, Role
from core.statements import sibling_statements
from tests.integration.api.scene import Scene, make_scene
from tests.support.api import Api, Member
from tests.support.factories import Talk

SQL = sibling_statements(__file__)


@dataclass(frozen=True)
class Told:
    """One notification; `who` is the role of its recipient."""

    id: int
    who: str
    kind: str
    lead_id: int | None
    conversation_id: int | None
    event_id: int | None
    data: JsonObject
    read: bool


@dataclass(frozen=True)
class Announced:
    """A NOTIFICATION as the outbox holds it."""

    payload: JsonObject
    audience: str
    owner_user_id: int | None


@dataclass
class Office:
    """The company; `team` has one member of each role, who bears its name."""

    scene: Scene
    team: dict[Role, Member]

    async def talk(self, owner: Role | None = None, name: str = "Ana Ruiz") -> Talk:
        """A conversation with a new person."""
        return await self.scene.talk(name, owner=self.team[owner] if owner else None)

    async def told(self) -> list[Told]:
        """Everything, oldest first."""
        async with self.scene.api.db.tenant(self.scene.tenant) as tx:
            return await tx.all(SQL["notices"], Told)

    async def who(self, kind: str) -> list[str]:
        """The roles that were told of something, by name."""
        return sorted(told.who for told in await self.told() if told.kind == kind)

    async def announced(self) -> list[Announced]:
        """What left for the web app."""
        async with self.scene.api.db.tenant(self.scene.tenant) as tx:
            return await tx.all(SQL["events"], Announced)

    async def suspend(self, role: Role) -> None:
        """Somebody leaves the company."""
        async with self.scene.api.db.tenant(self.scene.tenant) as tx:
            await tx.run(SQL["suspend"], user_id=self.team[role].user_id)


async def make_office(api: Api) -> Office:
    """Everybody is there, nobody was told anything."""
    scene = await make_scene(api)
    return Office(scene, {role: await api.member(scene.tenant, role, name=role) for role in ROLES})
