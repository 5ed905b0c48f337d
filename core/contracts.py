"""Jobs: how the two services talk, and how one slice gives notice upwards (ARCHITECTURE §3).

A job's name and its frozen payload are the contract. Payloads hold ids only, never personal data: the job tables know
no tenants.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final, Literal, TypeAlias, get_args

from core.crm_contracts import ErasePerson, FetchLead, ImportStep, LeadsMerged, ReconcileLeads, ScanDuplicates, TaskDue


@dataclass(frozen=True, slots=True)
class TakeIn:
    """Mirror the accepted messages of one conversation into the CRM."""

    NAME: ClassVar[str] = "chat.take_in"
    tenant_id: int
    conversation_id: int


@dataclass(frozen=True, slots=True)
class TakeTurn:
    """Answer one conversation, once its quiet period is over. Runs under the conversation's lock.

    `listening`: look again whether what a burst says or shows is known by now; a new message has a job of its own.
    """

    NAME: ClassVar[str] = "chat.take_turn"
    tenant_id: int
    conversation_id: int
    listening: bool = False


@dataclass(frozen=True, slots=True)
class SummariseConversation:
    """A conversation has grown longer than the agent reads it: its oldest messages are put into a few lines."""

    NAME: ClassVar[str] = "chat.summarise"
    tenant_id: int
    conversation_id: int


@dataclass(frozen=True, slots=True)
class PlaygroundAsked:
    """Somebody has written to the agent where nothing leaves: it answers in the run itself."""

    NAME: ClassVar[str] = "playground.asked"
    tenant_id: int
    run_id: int


@dataclass(frozen=True, slots=True)
class Deliver:
    """Hand one queued message to the provider."""

    NAME: ClassVar[str] = "whatsapp.deliver"
    tenant_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class DeliveryReported:
    """A delivery reached an outcome: the conversation shows it."""

    NAME: ClassVar[str] = "chat.delivery_reported"
    tenant_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class DeliveryUncertain:
    """Some minutes ago nobody knew whether a message was sent: if still nobody does, a person is told."""

    NAME: ClassVar[str] = "chat.delivery_uncertain"
    tenant_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class StatusReceived:
    """The provider told the status of a message in a webhook (row of `webhook_inbox`): file it and all that wait."""

    NAME: ClassVar[str] = "chat.status_received"
    tenant_id: int
    inbox_id: int


@dataclass(frozen=True, slots=True)
class FetchMedia:
    """Download the file of a message from its provider into our store."""

    NAME: ClassVar[str] = "whatsapp.fetch_media"
    tenant_id: int
    media_id: int


@dataclass(frozen=True, slots=True)
class PutIntoWords:
    """Have a model say what a stored file says or shows."""

    NAME: ClassVar[str] = "whatsapp.put_into_words"
    tenant_id: int
    media_id: int


@dataclass(frozen=True, slots=True)
class MediaChanged:
    """A file was stored, is not to be had, or its words are known: the conversation shows it."""

    NAME: ClassVar[str] = "chat.media_changed"
    tenant_id: int
    media_id: int


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """A message of the customer is being seen to: its ticks turn blue, and `typing` says that an answer is coming."""

    NAME: ClassVar[str] = "whatsapp.acknowledge"
    tenant_id: int
    message_id: int
    typing: bool


@dataclass(frozen=True, slots=True)
class CheckChannel:
    """Somebody wants to know whether a number's key works at its provider."""

    NAME: ClassVar[str] = "whatsapp.check_channel"
    tenant_id: int
    channel_id: int


@dataclass(frozen=True, slots=True)
class AccountWaiting:
    """Somebody registered: whoever lets people in is told. The gate itself knows nobody above it."""

    NAME: ClassVar[str] = "notifications.account_waiting"
    tenant_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class SendLink:
    """A link to a new password, or of an invitation, waits to leave by mail. Token 0 is nobody's."""

    NAME: ClassVar[str] = "accounts.send_link"
    tenant_id: int
    token_id: int


@dataclass(frozen=True, slots=True)
class ResetAsked:
    """Somebody forgot their password and no mail leaves: whoever makes links is told. User 0 is nobody."""

    NAME: ClassVar[str] = "accounts.reset_asked"
    tenant_id: int
    user_id: int


WORDS_LANES: Final = 3
AccountNews: TypeAlias = Literal["recovery_code_used", "totp_reset", "codes_refused"]


@dataclass(frozen=True, slots=True)
class AccountNotice:
    """Something was done to somebody's account that its owner must hear of, at the latest at the next login."""

    NAME: ClassVar[str] = "notifications.account_notice"
    tenant_id: int
    user_id: int
    news: AccountNews


@dataclass(frozen=True, slots=True)
class SyncTemplates:
    """The provider shall be asked for the templates of one number."""

    NAME: ClassVar[str] = "whatsapp.sync_templates"
    tenant_id: int
    channel_id: int


@dataclass(frozen=True, slots=True)
class TemplateTold:
    """The provider told of a template in a webhook (row of `webhook_inbox`)."""

    NAME: ClassVar[str] = "whatsapp.template_told"
    tenant_id: int
    inbox_id: int


@dataclass(frozen=True, slots=True)
class MeetingChanged:
    """A meeting was booked, moved, cancelled or marked: what is written about it by itself is planned anew."""

    NAME: ClassVar[str] = "triggers.meeting_changed"
    tenant_id: int
    event_id: int


@dataclass(frozen=True, slots=True)
class LeadEdited:
    """The team changed a lead's stage, name or contact, or was paid by it: it may have become a client by that."""

    NAME: ClassVar[str] = "conversion.lead_edited"
    tenant_id: int
    lead_id: int


@dataclass(frozen=True, slots=True)
class CalendarPending:
    """Google may still have to be told of a meeting; whoever was about to has died, or must not be waited for."""

    NAME: ClassVar[str] = "agenda.calendar_pending"
    tenant_id: int
    event_id: int


@dataclass(frozen=True, slots=True)
class BroadcastBatch:
    """A broadcast's next recipients are due."""

    NAME: ClassVar[str] = "broadcasts.batch"
    tenant_id: int
    broadcast_id: int


@dataclass(frozen=True, slots=True)
class SyncCalendar:
    """A seller's Google calendar is to be mirrored: its time has come, or Google says that something changed."""

    NAME: ClassVar[str] = "google_calendar.sync"
    tenant_id: int
    seller_id: int


@dataclass(frozen=True, slots=True)
class CheckMeeting:
    """A meeting of ours looked changed in Google: if it still is, a person is told."""

    NAME: ClassVar[str] = "google_calendar.check_meeting"
    tenant_id: int
    event_id: int


@dataclass(frozen=True, slots=True)
class Notified:
    """People were told of something in the app: some of them want to hear of it outside, too."""

    NAME: ClassVar[str] = "alerts.notified"
    tenant_id: int
    notification_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AlertDue:
    """An alert outside the app may leave."""

    NAME: ClassVar[str] = "alerts.due"
    tenant_id: int
    alert_id: int


@dataclass(frozen=True, slots=True)
class DeliverAlert:
    """Hand an alert to the provider of WhatsApp."""

    NAME: ClassVar[str] = "whatsapp.deliver_alert"
    tenant_id: int
    alert_id: int


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """A version of a document of the knowledge is to be read, screened and cut into passages."""

    NAME: ClassVar[str] = "knowledge.index"
    tenant_id: int
    document_id: int
    version: int


@dataclass(frozen=True, slots=True)
class EmbedDocument:
    """The passages of a document are to be given their meaning, by the company's model; `attempt` counts from 0."""

    NAME: ClassVar[str] = "knowledge.embed"
    tenant_id: int
    document_id: int
    attempt: int = 0


# What only shows how it went: after everything that somebody waits for.
LEAST_URGENT: Final = -100
MOST_COUNTED: Final = 90


def fair_priority(waiting: int) -> int:
    """The priority of a company's next answer, while `waiting` others of the same company are due or will be.

    Whoever has few waiting goes first, so one company's flood does not delay another's conversation (PRODUCT §8.5).
    """
    return -min(waiting, MOST_COUNTED)


def calendar_lock(tenant_id: int, seller_id: int) -> str:
    """What every `SyncCalendar` of a calendar runs under: each continues where the one before ended."""
    return f"google-calendar:{tenant_id}:{seller_id}"


def filing_lock(tenant_id: int) -> str:
    """What every `StatusReceived` of a company runs under; who accepts a status holds it, shared, until the commit."""
    return f"statuses:{tenant_id}"


def delivery_lock(tenant_id: int, conversation_id: int) -> str:
    """What every `Deliver` of a conversation runs under: messages leave in the order in which they were written."""
    return f"delivery:{tenant_id}:{conversation_id}"


def index_lock(tenant_id: int) -> str:
    """What every `IndexDocument` of a company runs under: one at a time, so a hundred files hold no other's work up."""
    return f"knowledge:{tenant_id}"


def embed_lock(tenant_id: int) -> str:
    """What every `EmbedDocument` of a company runs under: what its model could not take now, it gets no more of."""
    return f"knowledge-meaning:{tenant_id}"


def words_lock(tenant_id: int, media_id: int) -> str:
    """What `PutIntoWords` runs under: three at a time of one company, whose slow model must not hold every worker."""
    return f"words:{tenant_id}:{media_id % WORDS_LANES}"


@dataclass(frozen=True, slots=True)
class RunEvaluation:
    """Play a company's saved scenarios on servers that are started for it and thrown away, and file how it went."""

    NAME: ClassVar[str] = "evaluation.run"
    tenant_id: int
    run_id: int


Job: TypeAlias = (
    TakeIn
    | TakeTurn
    | Deliver
    | DeliveryReported
    | DeliveryUncertain
    | StatusReceived
    | FetchMedia
    | PutIntoWords
    | MediaChanged
    | Acknowledge
    | CheckChannel
    | AccountWaiting
    | AccountNotice
    | SendLink
    | ResetAsked
    | SyncTemplates
    | TemplateTold
    | MeetingChanged
    | LeadEdited
    | LeadsMerged
    | ScanDuplicates
    | CalendarPending
    | BroadcastBatch
    | Notified
    | AlertDue
    | DeliverAlert
    | SyncCalendar
    | CheckMeeting
    | IndexDocument
    | EmbedDocument
    | RunEvaluation
    | SummariseConversation
    | PlaygroundAsked
    | ImportStep
    | TaskDue
    | FetchLead
    | ReconcileLeads
    | ErasePerson
)
JOBS: tuple[type[Job], ...] = get_args(Job)
