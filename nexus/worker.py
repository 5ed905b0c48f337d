"""The worker: the only file that knows the jobs of both services (ARCHITECTURE §1). `python -m nexus.worker`.

It holds no state: any number of workers share the queue, and one that dies leaves its jobs to the others.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from email.utils import parseaddr
from functools import partial
from typing import Final, TypeVar, cast
from urllib.parse import urlsplit

import httpx
import structlog
import uvloop

from core.alarm import Alarm
from core.clock import Clock, system_clock
from core.config import MisconfiguredError, Settings, read_settings
from core.contracts import (
    AccountNotice,
    AccountWaiting,
    Acknowledge,
    AlertDue,
    BroadcastBatch,
    CalendarPending,
    CheckChannel,
    CheckMeeting,
    Deliver,
    DeliverAlert,
    DeliveryReported,
    DeliveryUncertain,
    EmbedDocument,
    FetchMedia,
    IndexDocument,
    Job,
    LeadEdited,
    MediaChanged,
    MeetingChanged,
    Notified,
    PlaygroundAsked,
    PutIntoWords,
    ResetAsked,
    RunEvaluation,
    SendLink,
    StatusReceived,
    SummariseConversation,
    SyncCalendar,
    SyncTemplates,
    TakeIn,
    TakeTurn,
    TemplateTold,
)
from core.credentials import Keyring, VaultError
from core.crm_contracts import ErasePerson, FetchLead, ImportStep, LeadsMerged, ReconcileLeads, ScanDuplicates, TaskDue
from core.customer_links import CustomerLinks
from core.database import Database, open_database
from core.directory import Directory
from core.egress import Egress
from core.google.addresses import NOTICES_PATH
from core.job_worker import Handler, run_worker
from core.keyring import KeyringError
from core.logging import configure_logging
from core.media_store import MediaStore
from core.rare import Rare
from core.redis import open_redis
from core.sending_limits import SendingLimits
from core.service_role import refuse_powerful_role
from nexus.evaluation.saved import run_saved
from orchestrator_service.accounts.reset_asked import tell_of_request
from orchestrator_service.accounts.send_link import Mailing, send_link
from orchestrator_service.alerts.plan import plan_alerts
from orchestrator_service.alerts.push import PushSender
from orchestrator_service.alerts.send import AlertTools, send_alert
from orchestrator_service.audit.chainer import Chainer
from orchestrator_service.audit.checkpoints import Checkpoints
from orchestrator_service.audit.digests import AuditKeys
from orchestrator_service.auth.door import meeting_links
from orchestrator_service.background import running
from orchestrator_service.broadcasts.send_batch import send_batch
from orchestrator_service.chat.calendar_told import tell_calendar
from orchestrator_service.chat.inbound import take_in
from orchestrator_service.chat.media import show_media
from orchestrator_service.chat.statuses import show_delivery
from orchestrator_service.chat.summarise import summarise
from orchestrator_service.chat.thinking import TurnTools
from orchestrator_service.chat.turns import take_turn
from orchestrator_service.chat.uncertain import tell_of_uncertain
from orchestrator_service.conversion.rule import judge_edited, judge_met
from orchestrator_service.google_calendar.check_meeting import check_meeting
from orchestrator_service.google_calendar.door import GoogleDoor, open_google_door
from orchestrator_service.google_calendar.sync import sync_calendar
from orchestrator_service.imports.step import step
from orchestrator_service.knowledge.embed import embed_document
from orchestrator_service.knowledge.index import KnowledgeTools, index_document
from orchestrator_service.lead_sources.fetch_lead import MetaTools, fetch_lead
from orchestrator_service.lead_sources.reconcile import reconcile_leads
from orchestrator_service.merging.merge import take_late
from orchestrator_service.merging.scan import scan, scan_regularly
from orchestrator_service.notifications.account_notice import tell_owner
from orchestrator_service.notifications.account_waiting import tell_of_account
from orchestrator_service.playground.answer import answer_run
from orchestrator_service.privacy.erase import EraseTools, erase_person
from orchestrator_service.tasks.keep import tell_of_due
from orchestrator_service.triggers.clockwork import Clockwork
from orchestrator_service.triggers.plan import plan_meeting
from orchestrator_service.webhooks.senders import WebhookSenders
from orchestrator_service.webhooks.serve import WebhookTools
from whatsapp_service.delivery.acknowledge import acknowledge
from whatsapp_service.delivery.alerts import deliver_alert
from whatsapp_service.delivery.check import check_channel
from whatsapp_service.delivery.deliver import deliver
from whatsapp_service.delivery.providers import Providers
from whatsapp_service.delivery.statuses import record_status
from whatsapp_service.media.fetch import fetch_media
from whatsapp_service.media.tools import MediaTools
from whatsapp_service.media.words import put_into_words
from whatsapp_service.templates.events import apply_event
from whatsapp_service.templates.sync import sync_templates

CONCURRENCY: Final = 10
CONNECTIONS: Final = CONCURRENCY + 7
QUEUE_CONNECTIONS: Final = 5
PROVIDER_SECONDS: Final = 20.0
FAILED: Final = 1
MISCONFIGURED: Final = 2

OneJob = TypeVar("OneJob", bound=Job)
_log = structlog.get_logger(__name__)


def handlers_of(  # noqa: PLR0917 - what the jobs need, each once
    alarm: Alarm,
    keyring: Keyring,
    providers: Providers,
    clock: Clock,
    egress: Egress,
    mailing: Mailing,
    media: MediaTools,
    limits: SendingLimits,
    google: GoogleDoor,
    notices_url: str,
    meta: MetaTools,
    links: CustomerLinks,
    push: PushSender | None = None,
) -> Mapping[type[Job], Handler]:
    """Who does what; every job rings where a stored secret does not open."""
    database = alarm.database
    knowledge = KnowledgeTools(database, media.store, keyring, clock, egress)
    turns = TurnTools(database, google, keyring, clock, egress)
    alerts = AlertTools(database, clock, keyring, push, mailing.smtp, mailing.public_url)
    return {
        TakeIn: _handler(TakeIn, alarm, partial(take_in, database)),
        TakeTurn: _handler(TakeTurn, alarm, partial(take_turn, turns)),
        SummariseConversation: _handler(SummariseConversation, alarm, partial(summarise, turns)),
        PlaygroundAsked: _handler(PlaygroundAsked, alarm, partial(answer_run, turns)),
        Deliver: _handler(
            Deliver, alarm, partial(deliver, database, providers.of, clock, limits=limits, store=media.store)
        ),
        DeliveryReported: _handler(DeliveryReported, alarm, partial(show_delivery, database)),
        DeliveryUncertain: _handler(DeliveryUncertain, alarm, partial(tell_of_uncertain, database)),
        Acknowledge: _handler(Acknowledge, alarm, partial(acknowledge, database, providers.of)),
        CheckChannel: _handler(CheckChannel, alarm, partial(check_channel, database, providers.of)),
        StatusReceived: _handler(StatusReceived, alarm, partial(record_status, database)),
        FetchMedia: _handler(FetchMedia, alarm, partial(fetch_media, media)),
        PutIntoWords: _handler(PutIntoWords, alarm, partial(put_into_words, media)),
        MediaChanged: _handler(MediaChanged, alarm, partial(show_media, database)),
        AccountWaiting: _handler(AccountWaiting, alarm, partial(tell_of_account, database)),
        SendLink: _handler(SendLink, alarm, partial(send_link, mailing)),
        ResetAsked: _handler(ResetAsked, alarm, partial(tell_of_request, database)),
        AccountNotice: _handler(AccountNotice, alarm, partial(tell_owner, database)),
        SyncTemplates: _handler(SyncTemplates, alarm, partial(sync_templates, database, providers.of, clock)),
        TemplateTold: _handler(TemplateTold, alarm, partial(apply_event, database)),
        MeetingChanged: _handler(
            MeetingChanged, alarm, _each(partial(plan_meeting, database, clock), partial(judge_met, database, clock))
        ),
        CalendarPending: _handler(CalendarPending, alarm, partial(tell_calendar, database, google, links)),
        BroadcastBatch: _handler(BroadcastBatch, alarm, partial(send_batch, database, clock)),
        SyncCalendar: _handler(SyncCalendar, alarm, partial(sync_calendar, database, google, notices_url)),
        CheckMeeting: _handler(CheckMeeting, alarm, partial(check_meeting, database, google)),
        Notified: _handler(Notified, alarm, partial(plan_alerts, database, clock)),
        AlertDue: _handler(AlertDue, alarm, partial(send_alert, alerts)),
        RunEvaluation: _handler(RunEvaluation, alarm, partial(run_saved, database)),
        DeliverAlert: _handler(
            DeliverAlert, alarm, partial(deliver_alert, database, providers.of, clock, limits=limits)
        ),
        IndexDocument: _handler(IndexDocument, alarm, partial(index_document, knowledge)),
        EmbedDocument: _handler(EmbedDocument, alarm, partial(embed_document, knowledge)),
        **_of_leads(alarm, clock, meta, media.store),
    }


def _of_leads(alarm: Alarm, clock: Clock, meta: MetaTools, store: MediaStore) -> Mapping[type[Job], Handler]:
    """What is done for leads beside their conversations."""
    database = alarm.database
    return {
        LeadEdited: _handler(LeadEdited, alarm, partial(judge_edited, database, clock)),
        LeadsMerged: _handler(LeadsMerged, alarm, partial(take_late, database)),
        ScanDuplicates: _handler(ScanDuplicates, alarm, partial(scan, database)),
        TaskDue: _handler(TaskDue, alarm, partial(tell_of_due, database)),
        ImportStep: _handler(ImportStep, alarm, partial(step, database)),
        FetchLead: _handler(FetchLead, alarm, partial(fetch_lead, meta)),
        ReconcileLeads: _handler(ReconcileLeads, alarm, partial(reconcile_leads, meta)),
        ErasePerson: _handler(ErasePerson, alarm, partial(erase_person, EraseTools(database, store, clock))),
    }


def _handler(job_type: type[OneJob], alarm: Alarm, work: Callable[[OneJob], Awaitable[None]]) -> Handler:
    async def handle(job: OneJob) -> None:
        async with alarm.vault(job.tenant_id, f"job:{job_type.NAME}"):
            await work(job)

    return cast("Handler", handle)


def _each(*works: Callable[[OneJob], Awaitable[None]]) -> Callable[[OneJob], Awaitable[None]]:
    """What several slices do about one job, one after the other."""

    async def do(job: OneJob) -> None:
        for work in works:
            await work(job)

    return do


async def work(settings: Settings) -> None:
    """Work jobs off, and chain the audit log, until cancelled. Raises what stops the worker."""
    keyring = Keyring.from_text(settings.vault_keys)
    audit_keys, checkpoints = AuditKeys.from_text(settings.audit_keys), _checkpoints(settings)
    async with contextlib.AsyncExitStack() as stack:
        database = await open_database(settings.database_url, application="nexus-worker", most_connections=CONNECTIONS)
        stack.push_async_callback(database.close)
        queue = await _open_queue(settings)
        stack.push_async_callback(queue.close)
        await refuse_powerful_role(database)
        redis = open_redis(settings.redis_url)
        stack.push_async_callback(redis.aclose)
        http = await stack.enter_async_context(httpx.AsyncClient(timeout=PROVIDER_SECONDS, trust_env=False))
        egress = Egress.under(settings.egress)
        alarm, providers = Alarm(database, Rare(redis, settings.namespace)), Providers(settings, keyring, http, egress)
        limits = SendingLimits(redis, settings.namespace, settings.sending_rates)
        mailing = Mailing(database, keyring, settings.smtp, settings.public_url, system_clock)
        media = MediaTools(
            database,
            providers.of,
            MediaStore(settings.media_url),
            system_clock,
            keyring,
            egress,
            simulator_url=settings.simulator_url,
        )
        google = await stack.enter_async_context(open_google_door(settings, keyring, system_clock, egress))
        notices_url = f"{settings.webhook_url}{NOTICES_PATH}"
        push = _push(settings, egress)
        meta = MetaTools(database, keyring, http, settings.meta_url, system_clock)
        links = meeting_links(settings)
        handlers = handlers_of(
            alarm,
            keyring,
            providers,
            system_clock,
            egress,
            mailing,
            media,
            limits,
            google,
            notices_url,
            meta,
            links,
            push,
        )
        chainer = Chainer(database, audit_keys, checkpoints, system_clock)
        directory = Directory(settings.directory_key)
        clockwork = Clockwork(database, system_clock, links)
        outgoing = WebhookTools(database, system_clock, keyring, egress)
        beside = (
            chainer.run(directory),
            clockwork.run(directory),
            scan_regularly(database, directory),
            WebhookSenders(outgoing).run(),
        )
        await stack.enter_async_context(running(*beside))
        _log.info("worker_started", concurrency=CONCURRENCY)
        await run_worker(queue, handlers, concurrency=CONCURRENCY)


def _push(settings: Settings, egress: Egress) -> PushSender | None:
    """The way to push services, who find the operator at the address that mail comes from."""
    if settings.push_key is None:
        return None
    host = urlsplit(settings.public_url).hostname or "localhost"
    sender = parseaddr(settings.smtp.sender)[1] if settings.smtp else f"nexus@{host}"
    return PushSender(egress, settings.push_key, sender)


async def _open_queue(settings: Settings) -> Database:
    """The queue's own connections, which do not wait for the disk.

    That a job was begun or is done may be forgotten when the server crashes: it is run again, as after any death of a
    worker. What the job itself wrote was committed in full, and with it all that came before. Fetching is one job after
    the other, so waiting here would hold up everything.
    """
    url = settings.database_url
    return await open_database(url, application="nexus-queue", most_connections=QUEUE_CONNECTIONS, synchronous=False)


def _checkpoints(settings: Settings) -> Checkpoints:
    if settings.audit_checkpoints is None:
        raise MisconfiguredError("NEXUS_AUDIT_CHECKPOINTS is not set: a cut tail of the audit log would not be found.")
    return Checkpoints(settings.audit_checkpoints)


async def _work_until_told(settings: Settings) -> None:
    """SIGTERM and SIGINT end it within ten seconds; jobs that are not done by then go back to the queue."""
    task = asyncio.ensure_future(work(settings))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    await asyncio.wait([task])
    if not task.cancelled():
        task.result()


def main() -> int:
    """Serve; 0 when told to stop, 1 where something broke (start another), 2 where the settings are wrong."""
    configure_logging()
    try:
        settings = read_settings(os.environ)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_work_until_told(settings))
    except (MisconfiguredError, KeyringError, VaultError) as error:
        sys.stderr.write(f"{error}\n")
        return MISCONFIGURED
    except Exception:  # noqa: BLE001 - the edge: whatever it was, the supervisor starts another
        _log.exception("worker_failed")
        return FAILED
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
