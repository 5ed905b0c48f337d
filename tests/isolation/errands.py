"""A worker by hand: what waits in a company's queue is done by the handlers of the real one, job after job."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final, cast

from typing_extensions import override

from core.alarm import Alarm
from core.clock import system_clock
from core.contracts import JOBS, Job
from core.egress import Egress
from core.job_worker import Handler
from core.json_types import JsonObject
from core.rare import Rare
from core.redis import open_redis
from core.sending_limits import SendingLimits
from core.statements import sibling_statements
from core.whatsapp import Media, MediaContent, MediaResult
from nexus.simulator.placeholders import picture
from nexus.worker import handlers_of
from orchestrator_service.accounts.send_link import Mailing
from orchestrator_service.google_calendar.door import GoogleDoor
from orchestrator_service.lead_sources.fetch_lead import MetaTools
from tests.integration.lead_sources.graph import BASE_URL, Graph
from tests.integration.whatsapp.fake_provider import FakeProvider
from tests.support.api import Api
from tests.support.factories import KEYRING
from whatsapp_service.delivery.providers import Providers
from whatsapp_service.media.tools import MediaTools

SQL = sibling_statements(__file__)
NAMED: Final[Mapping[str, type[Job]]] = {job.NAME: job for job in JOBS}
MOST_ALIKE: Final = 3  # a job that has itself done again, later, has no end


@dataclass(frozen=True)
class Waiting:
    """A job in the queue, whenever it is due."""

    id: int
    task_name: str
    args: JsonObject


@dataclass
class Errands:
    """`provider` is what a number's messages leave by, `graph` where advertisements' leads are fetched."""

    api: Api
    tenant_id: int
    handlers: Mapping[type[Job], Handler]
    provider: FakeProvider
    graph: Graph
    done: Counter[str] = field(default_factory=Counter[str])

    async def next(self) -> Job | None:
        """The next job that waits, taken out of the queue; what only has itself done again is left out at last."""
        while True:
            async with self.api.db.tenant(self.tenant_id) as tx:
                row = await tx.one(SQL["take_job"], Waiting)
            if row is None:
                return None
            alike = f"{row.task_name} {row.args}"
            self.done[alike] += 1
            if self.done[alike] <= MOST_ALIKE:
                values: dict[str, Any] = {**row.args}
                if "notification_ids" in values:
                    values["notification_ids"] = tuple(values["notification_ids"])
                return NAMED[row.task_name](**values)

    async def do(self, job: Job) -> None:
        """As the worker does it."""
        await self.handlers[type(job)](job)


class _OneProvider:
    """The same provider for every number."""

    def __init__(self, provider: FakeProvider) -> None:
        self._provider = provider

    async def of(self, *_: object) -> FakeProvider:
        return self._provider


class _WithFiles(FakeProvider):
    """It has every file: a picture."""

    @override
    async def media(self, media: Media, *, most_bytes: int, tenant_id: int | None = None) -> MediaResult:
        del most_bytes, tenant_id
        return MediaContent(picture(8), media.mime_type)


@asynccontextmanager
async def errands(api: Api, tenant_id: int, redis_url: str, google: GoogleDoor) -> AsyncGenerator[Errands]:
    """Until the block ends."""
    provider, graph, redis = _WithFiles(), Graph(), open_redis(redis_url)
    providers = cast("Providers", _OneProvider(provider))
    async with graph.client() as http:
        handlers = handlers_of(
            Alarm(api.db, Rare(redis, "errands")),
            KEYRING,
            providers,
            system_clock,
            Egress(),
            Mailing(api.db, KEYRING, None, api.door.public_url, system_clock),
            MediaTools(api.db, providers.of, api.app.state.media, system_clock, KEYRING),
            SendingLimits(redis, "errands"),
            google,
            "",
            MetaTools(api.db, KEYRING, http, BASE_URL, system_clock),
            api.door.meeting_links,
        )
        yield Errands(api, tenant_id, handlers, provider, graph)
    await redis.aclose()
