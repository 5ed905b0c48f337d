"""A company whose people have browsers, a push service, and the worker's hands."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import datetime

from core.contracts import AlertDue, Notified
from core.egress import Egress
from core.egress_rules import EgressPolicy
from core.json_types import JsonObject
from core.mail import Smtp
from core.principal import Role
from core.push_key import PushKey
from core.secret import Secret
from core.statements import sibling_statements
from orchestrator_service.alerts.door import PushDoor
from orchestrator_service.alerts.plan import plan_alerts
from orchestrator_service.alerts.push import PushSender
from orchestrator_service.alerts.send import AlertTools, send_alert
from orchestrator_service.leads.tasks import TaskKind, add_task
from tests.integration.alerts.push_service import Browser, PushService
from tests.integration.notifications.office import Office, make_office
from tests.support.api import Api
from tests.support.factories import Talk

SQL = sibling_statements(__file__)
KEY = PushKey.from_text(Secret(base64.b64encode(b"p" * 32).decode()))


@dataclass(frozen=True)
class Alert:
    """A row of `alert_deliveries`."""

    id: int
    who: str
    kind: str
    channel: str
    state: str
    reason: str | None
    attempts: int
    due_at: datetime


@dataclass(frozen=True)
class Device:
    """A row of `push_subscriptions`."""

    id: int
    who: str
    failures: int
    reached: bool


@dataclass(frozen=True)
class Kept:
    """Keys of browsers in the vault."""

    kept: int
    open: int


@dataclass(frozen=True)
class Job:
    """Something left for the worker."""

    name: str
    args: JsonObject


@dataclass(frozen=True)
class _Id:
    id: int


@dataclass
class Desk:
    """The company at its desk; `smtp` None: no mail leaves."""

    office: Office
    service: PushService
    smtp: Smtp | None = None
    cookies: dict[Role, str] = field(default_factory=dict[Role, str])

    @property
    def api(self) -> Api:
        return self.office.scene.api

    @property
    def tenant(self) -> int:
        return self.office.scene.tenant

    @property
    def policy(self) -> EgressPolicy:
        return EgressPolicy.from_text(f"127.0.0.1:{self.service.port}")

    def tools(self, egress: Egress | None = None) -> AlertTools:
        sender = PushSender(egress or Egress(self.policy), KEY, "nexus@crm.example")
        return AlertTools(self.api.db, self.api.clock, self.api.door.keyring, sender, self.smtp, "https://crm.example")

    async def cookie(self, role: Role) -> str:
        if role not in self.cookies:
            self.cookies[role] = await self.api.session(self.office.team[role])
        return self.cookies[role]

    async def ask(self, role: Role, method: str, path: str, body: JsonObject | None = None) -> tuple[int, JsonObject]:
        """The status, and the answer's JSON where it has one."""
        async with self.api.browser(await self.cookie(role)) as browser:
            answer = await browser.request(method, path, json=body)
        return answer.status_code, answer.json() if answer.content else {}

    async def switch_on(self, role: Role, browser: Browser | None = None) -> Browser:
        """Somebody's browser takes push messages."""
        browser = browser or self.service.browser()
        status, told = await self.ask(role, "POST", "/notifications/push", browser.subscription())
        assert status == 201, told
        return browser

    async def choose(self, role: Role, **chosen: object) -> tuple[int, JsonObject]:
        """Save preferences; what is not named is the usual."""
        usual: dict[str, object] = {"channels": {}, "quiet_from": None, "quiet_to": None, "zone": None, "phone": None}
        return await self.ask(role, "PUT", "/notifications/alerts", {**usual, **chosen})  # pyright: ignore[reportArgumentType] - JSON

    async def call(self, talk: Talk, kind: TaskKind = "person_requested") -> None:
        """A person is asked for."""
        async with self.api.db.tenant(self.tenant) as tx:
            await add_task(tx, kind, talk.conversation_id, talk.lead_id, "SECRET WORDS of the customer")

    async def plan(self) -> None:
        """The worker comes to what people were told."""
        async with self.api.db.tenant(self.tenant) as tx:
            ids = tuple(row.id for row in await tx.all(SQL["notices"], _Id))
        await plan_alerts(self.api.db, self.api.clock, Notified(self.tenant, ids))

    async def send(self, tools: AlertTools | None = None) -> None:
        """The worker comes to every alert that is planned, due or not."""
        for alert in await self.alerts():
            await send_alert(tools or self.tools(), AlertDue(self.tenant, alert.id))

    async def rings(self, talk: Talk, kind: TaskKind = "person_requested") -> None:
        """All of it."""
        await self.call(talk, kind)
        await self.plan()
        await self.send()

    async def alerts(self) -> list[Alert]:
        async with self.api.db.tenant(self.tenant) as tx:
            return await tx.all(SQL["alerts"], Alert)

    async def states(self) -> list[tuple[str, str, str]]:
        return [(one.who, one.channel, one.state) for one in await self.alerts()]

    async def devices(self) -> list[Device]:
        async with self.api.db.tenant(self.tenant) as tx:
            return await tx.all(SQL["devices"], Device)

    async def kept(self) -> Kept:
        async with self.api.db.tenant(self.tenant) as tx:
            kept = await tx.one(SQL["kept_keys"], Kept)
        assert kept is not None
        return kept

    async def jobs(self) -> list[Job]:
        async with self.api.db.tenant(self.tenant) as tx:
            return await tx.all(SQL["jobs"], Job)

    async def run(self, name: str, **values: object) -> int:
        async with self.api.db.tenant(self.tenant) as tx:
            return await tx.run(SQL[name], **values)


async def make_desk(api: Api, service: PushService) -> Desk:
    """Nobody has switched anything on."""
    desk = Desk(await make_office(api), service)
    api.app.state.push = PushDoor(KEY.public, desk.policy)
    return desk
