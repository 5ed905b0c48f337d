"""A company with templates, and hands for what is written by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.customer_links import CustomerLinks
from core.json_types import JsonObject
from core.statements import sibling_statements
from orchestrator_service.triggers.arrange import set_trigger
from orchestrator_service.triggers.models import Kind, Trigger
from orchestrator_service.triggers.plan import replan
from orchestrator_service.triggers.send_due import send_due
from tests.integration.api.scene import Scene

SQL = sibling_statements(__file__)
REMINDER = [{"type": "BODY", "text": "Hola {{1}}, te esperamos el {{2}} a las {{3}}."}]
HELLO = [{"type": "BODY", "text": "Hola {{1}}"}]
FILLS = {"body:1": "{{first_name}}", "body:2": "{{meeting_day}}", "body:3": "{{meeting_time}}"}


@dataclass(frozen=True)
class Written:
    """Something that left, or would have."""

    id: int
    conversation_id: int
    body: str
    content: JsonObject
    status: str
    origin_key: str
    author: str
    type: str
    lead_id: int | None


@dataclass(frozen=True)
class Planned:
    """A row of `scheduled_messages`."""

    id: int
    kind: str
    step: int
    lead_id: int
    event_id: int | None
    starts_at: datetime | None
    due_at: datetime
    status: str
    reason: str | None
    message_id: int | None


@dataclass(frozen=True)
class Recipient:
    """A row of `broadcast_recipients`."""

    lead_id: int
    status: str
    reason: str | None
    message_id: int | None


@dataclass
class Office:
    """A scene and what is set up in it."""

    scene: Scene

    async def template(
        self, name: str = "hola", components: list[dict[str, str]] | None = None, *, category: str = "UTILITY"
    ) -> int:
        """An approved template of the company's number."""
        values = {"name": name, "language": "es", "category": category, "components": components or HELLO}
        async with self.scene.api.db.tenant(self.scene.tenant) as tx:
            made = await tx.value(SQL["approve"], int, channel_id=self.scene.channel, **values)
        assert made is not None
        return made

    async def trigger(
        self,
        kind: Kind,
        template_id: int | None,
        fills: Mapping[str, str] | None = None,
        *,
        step: int = 0,
        enabled: bool = True,
        window_text: str | None = None,
        delay_minutes: int = 0,
        now: datetime,
    ) -> None:
        """Set one up, as somebody in charge would."""
        trigger = Trigger(kind, step, enabled, template_id, fills or FILLS, window_text, delay_minutes)
        async with self.scene.api.db.tenant(self.scene.tenant) as tx:
            await set_trigger(tx, trigger, now)

    async def replan(self, event_id: int, now: datetime) -> None:
        """A meeting has changed."""
        async with self.scene.api.db.tenant(self.scene.tenant) as tx:
            await replan(tx, event_id, now)

    async def send(self, now: datetime, links: CustomerLinks | None = None) -> int:
        """What is due is sent; customers reach the installation where `links` say at which address."""
        return await send_due(self.scene.api.db, self.scene.tenant, now, links or self.scene.api.door.meeting_links)

    async def planned(self) -> list[Planned]:
        async with self.scene.api.db.tenant(self.scene.tenant) as tx:
            return await tx.all(SQL["scheduled"], Planned)

    async def written(self) -> list[Written]:
        async with self.scene.api.db.tenant(self.scene.tenant) as tx:
            return await tx.all(SQL["template_messages"], Written)

    async def recipients(self) -> list[Recipient]:
        async with self.scene.api.db.tenant(self.scene.tenant) as tx:
            return await tx.all(SQL["recipients"], Recipient)

    async def run(self, statement: str, **params: object) -> None:
        async with self.scene.api.db.tenant(self.scene.tenant) as tx:
            await tx.run(SQL[statement], **params)

    async def value(self, statement: str, **params: object) -> int:
        async with self.scene.api.db.tenant(self.scene.tenant) as tx:
            made = await tx.value(SQL[statement], int, **params)
        assert made is not None
        return made
