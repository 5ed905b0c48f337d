"""A worker for one job at a time, each a life of its own: imported once, forked for every job, killed where ordered.

Run by path. Reads an errand a line (JSON, `errands.py`) from stdin; answers a line each: by which signal that life
ended, 0 where it came to its end, and what it printed. The handlers are those of the real worker.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

import httpcore  # noqa: F401  # pyright: ignore[reportUnusedImport] - else each life imports it
import httpx
import httpx2
from typing_extensions import override

import core.crash_points
from core.alarm import Alarm
from core.clock import Clock, system_clock
from core.contracts import JOBS
from core.crash_points import reached
from core.database import open_database
from core.egress import Egress
from core.egress_rules import EgressPolicy
from core.google.addresses import GoogleAddresses
from core.google.client import GoogleCalendarClient
from core.google.consent import GoogleConsentClient
from core.google.transport import reaching
from core.logging import configure_logging
from core.mail import Smtp
from core.media_store import MediaStore
from core.rare import Rare
from core.redis import open_redis
from core.secret import Secret
from core.sending_limits import SendingLimits
from core.whatsapp import Accepted, Outgoing, Recipient, SendResult
from nexus.worker import handlers_of
from orchestrator_service.accounts.send_link import Mailing
from orchestrator_service.alerts.push import PushSender
from orchestrator_service.google_calendar.door import GoogleDoor
from orchestrator_service.lead_sources.fetch_lead import MetaTools
from tests.faults import broken_jobs
from tests.integration.agenda.in_google import NO_LINKS
from tests.integration.alerts.desk import KEY
from tests.integration.whatsapp.fake_provider import FakeProvider
from tests.support.factories import KEYRING
from whatsapp_service.delivery.providers import Providers
from whatsapp_service.media.tools import MediaTools

# Nothing here is encrypted; but each client would build one, which takes longer than a job.
TLS: Final = httpx2.create_ssl_context()
NAMED: Final = {job.NAME: job for job in JOBS}


@dataclass
class _Provider(FakeProvider):
    """What leaves is written down where it outlives this process."""

    journal: Path = field(default_factory=lambda: Path(os.devnull))

    @override
    async def send(
        self, recipient: Recipient, message: Outgoing, *, external_id: str, tenant_id: int | None = None
    ) -> SendResult:
        del message, tenant_id
        with self.journal.open("a", encoding="utf-8") as file:
            file.write(f"{external_id} {recipient.to}\n")
        return Accepted(external_id, f"wamid.{external_id}")

    async def of(self, *_: object) -> _Provider:
        return self


async def work(errand: dict[str, Any]) -> None:
    """Do one job as the worker does, up to the moment at which it was ordered to die."""
    clock = _clock(errand)
    async with AsyncExitStack() as stack:
        database = await open_database(errand["database"], application="mortal", most_connections=4)
        stack.push_async_callback(database.close)
        redis = open_redis(errand["redis"])
        stack.push_async_callback(redis.aclose)
        egress = Egress(EgressPolicy.from_text(errand["egress"]), tls=TLS)
        google = await stack.enter_async_context(_google(errand["google"], clock))
        http = await stack.enter_async_context(httpx.AsyncClient(verify=TLS, trust_env=False))
        provider = _Provider(journal=Path(errand["journal"]))
        smtp = Smtp("127.0.0.1", errand["smtp"], "none", "Nexus <nexus@crm.example>", None, Secret(""))
        handlers = handlers_of(
            Alarm(database, Rare(redis, "mortal")),
            KEYRING,
            cast("Providers", provider),
            clock,
            egress,
            Mailing(database, KEYRING, smtp, "https://crm.example", clock),
            MediaTools(database, provider.of, MediaStore(errand["media"]), clock, KEYRING),
            SendingLimits(redis, "mortal"),
            google,
            "",
            MetaTools(database, KEYRING, http, errand["graph"], clock),
            NO_LINKS,
            PushSender(egress, KEY, "nexus@crm.example"),
        )
        job = NAMED[errand["job"]](**errand["args"])
        await handlers[type(job)](job)
        reached("worked", errand["job"])


def _clock(errand: dict[str, Any]) -> Clock:
    if errand["now"] is None:
        return system_clock
    now = datetime.fromisoformat(errand["now"])
    return lambda: now


@asynccontextmanager
async def _google(address: str, clock: Clock) -> AsyncGenerator[GoogleDoor]:
    """The local Google at that address."""
    addresses = GoogleAddresses.at(address)
    async with reaching(Egress(tls=TLS), addresses) as http:
        yield GoogleDoor(
            GoogleCalendarClient(http, addresses), GoogleConsentClient(http, addresses), KEYRING, clock, local=True
        )


def live(errand: dict[str, Any], log: int) -> None:
    """One life, in the forked child."""
    os.dup2(log, 1)
    os.dup2(log, 2)
    configure_logging()
    core.crash_points._FILE = Path(errand["order"])  # pyright: ignore[reportPrivateUsage, reportConstantRedefinition] - read when a process starts, and this one is a fork
    if errand["without"]:
        broken_jobs.remove(errand["without"])
    asyncio.run(work(errand))


def main() -> None:
    """Life after life, until nobody asks for another."""
    for line in sys.stdin:
        errand = json.loads(line)
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                live(errand, writing)
                status = 0
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(status)
        os.close(writing)
        with os.fdopen(reading, errors="replace") as printed:
            text = printed.read()
        _, ended = os.waitpid(pid, 0)
        answer = {"signal": os.WTERMSIG(ended) if os.WIFSIGNALED(ended) else 0, "failed": ended != 0, "printed": text}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
