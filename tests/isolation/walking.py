"""A walk through doors that are no routes of the matrix: after each step the watcher says what it could not know."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

import httpx

from core.channels import store_credential
from core.clock import system_clock
from core.contracts import Job
from core.credential_names import seller_grant_name
from core.jobs import defer
from core.json_types import Json, JsonObject
from core.principal import Principal, TenantId, UserId
from core.secret import Secret
from core.statements import sibling_statements
from orchestrator_service.google_calendar.access import CLIENT_ID, CLIENT_SECRET
from orchestrator_service.google_calendar.connecting import Connected, write_connection
from orchestrator_service.google_calendar.models import NamedSeller
from tests.integration.chat.company import Company, demo_company
from tests.isolation.errands import Errands, errands
from tests.isolation.watching import WATCHED, Event, Watcher, unannounced
from tests.support import servers
from tests.support.api import Api, Member
from tests.support.factories import KEYRING, ZONE, make_seller
from tests.support.google_doors import door_to
from tests.support.local_google import CLIENT, SELLER, SELLERS_GRANT, LocalGoogle

SQL = sibling_statements(__file__)
# Upon which tables each list rests: where none of them was written, it is not read again. `exact` does not believe it.
_TALK: Final = ("conversations", "chat_messages", "contacts", "leads", "tasks", "agent_turns", "media_files", "users")
RESTS_ON: Final[Mapping[str, tuple[str, ...]]] = {
    "/crm/leads": (*_TALK, "clients", "lead_tags"),
    "/chat/conversations": _TALK,
    "/agenda/events": ("seller_agenda_events", "leads", "sellers"),
    "/crm/clients": ("clients", "leads"),
    "/crm/sellers": ("sellers", "seller_calendars", "seller_agenda_events", "users"),
    "/admin/core/settings": ("tenants", "tenant_settings"),
    "/chat/broadcasts": ("broadcasts", "broadcast_recipients", "chat_messages", "message_templates"),
    "/team/members": ("users",),
    "/notifications": ("notifications", "leads"),
    "/crm/imports": ("imports", "users"),
    "/crm/tasks": ("tasks", "leads"),
    "/chat/templates": ("message_templates",),
    "/agent/knowledge/documents": ("knowledge_documents", "knowledge_versions", "knowledge_passages"),
}
_MEETING = frozenset({"EVENT_CREATED", "EVENT_UPDATED", "LEAD_UPDATED"})  # the last for the name that it shows


@dataclass(frozen=True)
class _Mark:
    """A table, and what changes whenever a row of the company's does."""

    name: str
    mark: str


@dataclass
class Walk:
    """`seller` has a Google calendar, `other` has none; `told` are the events of each step, `wrong` what they lack."""

    api: Api
    company: Company
    ceo: Member
    browser: httpx.AsyncClient
    worker: Errands
    google: LocalGoogle
    watcher: Watcher
    seller: int
    other: int
    exact: bool = False
    marks: dict[str, str] = field(default_factory=dict[str, str])
    before: dict[str, Json] = field(default_factory=dict[str, Json])
    untold: list[Event] = field(default_factory=list[Event])
    told: dict[str, set[str]] = field(default_factory=lambda: defaultdict[str, set[str]](set))
    wrong: list[str] = field(default_factory=list[str])
    again: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    @property
    def tenant(self) -> TenantId:
        return self.ceo.tenant_id

    async def after(self, step: str, *, again: bool = False) -> None:
        """What the step changed follows from its events, or is wrong.

        A step that came before is looked at together with the next one that did not: `again` looks at it at once.
        """
        events = await self.watcher.news()
        self.untold += events
        known = step in self.told and not again
        self.told[step] |= {event.name for event in events}
        if known:
            return
        after = {**self.before, **await self.watcher.read(await self._written())}
        found = unannounced(self.before, after, self.untold, self.watcher.watched)
        self.wrong += [f"{step}: {what}" for what in found]
        self.before, self.untold = after, []

    async def begin(self) -> None:
        """What is there now is known: a test has written past every door."""
        await self.watcher.news()
        self.before, self.untold = {**self.before, **await self.watcher.read(await self._written())}, []

    async def _written(self) -> frozenset[str] | None:
        """The lists that may read otherwise than the last time; None for all."""
        async with self.api.db.tenant(self.tenant) as tx:
            marks = {row.name: row.mark for row in await tx.all(SQL["marks"], _Mark)}
        written = {name for name, mark in marks.items() if self.marks.get(name) != mark}
        self.marks = marks
        moved = [path for path, tables in RESTS_ON.items() if not written.isdisjoint(tables)]
        return None if self.exact else frozenset(moved)

    async def asks(self, method: str, path: str, body: object = None, **more: object) -> JsonObject:
        """A request of the ceo's, and all that comes of it."""
        answer = await self.browser.request(method, path, json=body, **more)  # pyright: ignore[reportArgumentType]
        assert answer.status_code < 300, (path, answer.text)
        await self.after(f"{method} {path.split('?', maxsplit=1)[0]}")
        await self.drain()
        return answer.json() if answer.content and answer.headers["content-type"] == "application/json" else {}

    async def drain(self) -> None:
        """Every job that waits is done, also those that come of one."""
        self.worker.done.clear()
        while (job := await self.worker.next()) is not None:
            await self.do(job)

    async def do(self, job: Job) -> None:
        """One job."""
        await self.worker.do(job)
        await self.after(job.NAME)
        if job.NAME not in self.again:
            await self._again(job)

    async def _again(self, job: Job) -> None:
        """A worker that died before it could say that the job is done: another does it once more, and nothing comes."""
        before = await self._kept()
        await self.worker.do(job)
        after, events = await self._kept(), await self.watcher.news()
        self.untold += events
        changed = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
        self.again[job.NAME] = sorted({*changed, *(event.name for event in events)})

    async def _kept(self) -> dict[str, str]:
        """What there is of the company: its tables, and what has left."""
        async with self.api.db.tenant(self.tenant) as tx:
            marks = {row.name: row.mark for row in await tx.all(SQL["marks"], _Mark)}
        return {**marks, "sent": str(len(self.worker.provider.sent))}

    async def put(self, *jobs: Job) -> None:
        """Jobs that somebody else's step would have brought, and all that comes of them."""
        for job in jobs:
            async with self.api.db.tenant(self.tenant) as tx:
                await defer(tx, job)
        await self.drain()

    async def value(self, statement: str, **params: object) -> int:
        async with self.api.db.tenant(self.tenant) as tx:
            return await tx.value(SQL[statement], int, **params) or 0

    async def run(self, statement: str, **params: object) -> None:
        async with self.api.db.tenant(self.tenant) as tx:
            await tx.run(SQL[statement], **params)


@asynccontextmanager
async def walk(api: Api, database: servers.Database, redis_url: str, google: LocalGoogle) -> AsyncGenerator[Walk]:
    """A demo company with a number, two sellers and a ceo."""
    async with demo_company(api.db, database, redis_url) as company:
        tenant, door = TenantId(company.tenant_id), door_to(google)
        company.tools = replace(company.tools, google=door)
        ceo = await api.member(tenant, "ceo")
        seller, other = await _sellers(api, tenant, ceo)
        cookie = await api.session(ceo)
        now = system_clock()
        days = [(now + timedelta(days=days)).date().isoformat() for days in (-60, 0, 30)]
        watched: Mapping[str, frozenset[str]] = {
            **WATCHED,
            **{f"/agenda/events?from={a}T00:00:00Z&to={b}T00:00:00Z": _MEETING for a, b in itertools.pairwise(days)},
            "/notifications": frozenset({"NOTIFICATION", "LEAD_UPDATED"}),
            "/crm/imports": frozenset({"IMPORT_UPDATED"}),
            "/crm/tasks": frozenset({"LEAD_UPDATED"}),
            "/chat/templates": frozenset({"TEMPLATES_UPDATED"}),
            "/agent/knowledge/documents": frozenset({"KNOWLEDGE_UPDATED"}),
        }
        async with (
            api.browser(cookie) as browser,
            errands(api, int(tenant), redis_url, door) as worker,
        ):
            watcher = Watcher(api, tenant, cookie, watched)
            walking = Walk(api, company, ceo, browser, worker, google, watcher, seller, other)
            await walking.begin()
            yield walking


async def _sellers(api: Api, tenant: TenantId, ceo: Member) -> tuple[int, int]:
    async with api.db.tenant(tenant) as tx:
        seller = await tx.value(SQL["the_seller"], int)
        assert seller is not None
        await store_credential(tx, KEYRING, CLIENT_ID, Secret(CLIENT.client_id))
        await store_credential(tx, KEYRING, CLIENT_SECRET, CLIENT.client_secret)
        await store_credential(tx, KEYRING, seller_grant_name(seller), Secret(SELLERS_GRANT))
        connected = Connected("oauth", SELLER, "Vendedor", ZONE.key)
        by = Principal(tenant, UserId(int(ceo.user_id)), "ceo")
        await write_connection(tx, NamedSeller(seller, None, "Ana Pérez"), connected, by, system_clock())
    return seller, await make_seller(api.db, tenant, "Beto Ruiz")
