"""Tools that read leads, the pipeline, clients and conversations, each by the use case that its page calls."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, Field, StringConstraints

from core.json_types import JsonObject
from core.paging import LARGEST_ID, Page, id_before, id_cursor, moment_cursor, moment_of, page
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.chat.reading import Wanted, list_conversations, list_messages, read_conversation
from orchestrator_service.chat.schemas import ConversationView, MessagesView
from orchestrator_service.clients.models import WantedClients
from orchestrator_service.clients.reading import list_clients, read_client
from orchestrator_service.clients.schemas import ClientView
from orchestrator_service.leads.edit import list_leads, read_lead, summarise_leads
from orchestrator_service.leads.models import Interest
from orchestrator_service.leads.schemas import LeadFilters, LeadView, PipelineSummaryView
from orchestrator_service.mcp.models import Arguments, Caller, Tool
from orchestrator_service.pipeline.schemas import StagesView
from orchestrator_service.pipeline.stages import list_stages

MOST: Final = 50
RowId = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Limit = Annotated[int, Field(ge=1, le=MOST)]
Cursor = Annotated[str, StringConstraints(max_length=200)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100, pattern=r"^[^\x00]*$")]


class Paged(Arguments):
    """A page; `cursor` is the `next_cursor` of the page before."""

    limit: Limit = 20
    cursor: Cursor | None = None


class SearchLeads(Paged):
    """Which leads; what is left out does not matter."""

    text: Words | None = Field(default=None, description="part of a name, company, e-mail or phone number")
    stage_key: Annotated[str, StringConstraints(max_length=40)] | None = None
    interest: Interest | None = None
    unassigned: bool = False


class OneLead(Arguments):
    """One lead."""

    lead_id: RowId


class OneClient(Arguments):
    """One client."""

    client_id: RowId


class ListConversations(Paged):
    """Which conversations; what is left out does not matter."""

    text: Words | None = Field(default=None, description="part of a name or of a phone number")
    status: Literal["open", "closed"] | None = None
    needs_person: bool | None = None


class ReadConversation(Paged):
    """The messages of one conversation, newest first."""

    conversation_id: RowId


class Nothing(Arguments):
    """No arguments."""


async def search_leads(caller: Caller, wanted: SearchLeads) -> JsonObject:
    """A page of leads."""
    filters = LeadFilters(
        stage=wanted.stage_key, interest=wanted.interest, unassigned=wanted.unassigned, q=wanted.text
    ).wanted()
    before = id_before(wanted.cursor)
    async with caller.database.tenant(caller.principal.tenant_id) as tx:
        leads = await list_leads(tx, caller.principal, filters, before_id=before, most=wanted.limit + 1)
    return shown(page(leads, wanted.limit, show=LeadView.of, cursor=lambda lead: id_cursor(lead.id)))


async def get_lead(caller: Caller, wanted: OneLead) -> JsonObject:
    """One lead."""
    async with caller.database.tenant(caller.principal.tenant_id) as tx:
        return shown(LeadView.of(await read_lead(tx, caller.principal, wanted.lead_id)))


async def pipeline_summary(caller: Caller, _: Nothing) -> JsonObject:
    """The stages, and how many leads stand in each."""
    async with caller.database.tenant(caller.principal.tenant_id) as tx:
        sums = await summarise_leads(tx, caller.principal, LeadFilters().wanted())
        stages = await list_stages(tx)
    return {"stages": shown(StagesView.of(stages))["items"], "summary": shown(PipelineSummaryView.of(sums))["items"]}


async def search_clients(caller: Caller, wanted: Paged) -> JsonObject:
    """A page of clients, newest first."""
    before = id_before(wanted.cursor)
    async with caller.database.tenant(caller.principal.tenant_id) as tx:
        clients = await list_clients(tx, caller.principal, WantedClients(), before_id=before, most=wanted.limit + 1)
    return shown(page(clients, wanted.limit, show=ClientView.of, cursor=lambda client: id_cursor(client.id)))


async def get_client(caller: Caller, wanted: OneClient) -> JsonObject:
    """One client."""
    async with caller.database.tenant(caller.principal.tenant_id) as tx:
        return shown(ClientView.of(await read_client(tx, caller.principal, wanted.client_id)))


async def conversations(caller: Caller, wanted: ListConversations) -> JsonObject:
    """A page of the inbox, the conversation that moved last first."""
    place = moment_of(wanted.cursor) if wanted.cursor else None
    which = Wanted(needs_person=wanted.needs_person, status=wanted.status, text=wanted.text or None)
    waiting = wanted.needs_person is True
    async with caller.database.tenant(caller.principal.tenant_id) as tx:
        cards = await list_conversations(tx, caller.principal, which, place=place, most=wanted.limit + 1)
    found: Page[ConversationView] = page(
        cards,
        wanted.limit,
        show=ConversationView.of,
        cursor=lambda card: moment_cursor((card.waiting_since if waiting else None) or card.last_message_at, card.id),
    )
    return shown(found)


async def messages(caller: Caller, wanted: ReadConversation) -> JsonObject:
    """The conversation's line, and what was said in it, newest first."""
    before = id_before(wanted.cursor)
    async with caller.database.tenant(caller.principal.tenant_id) as tx:
        card = await read_conversation(tx, caller.principal, wanted.conversation_id)
        said = await list_messages(tx, caller.principal, wanted.conversation_id, before_id=before, most=wanted.limit)
    return {"conversation": shown(ConversationView.of(card)), **shown(MessagesView.of(said))}


def shown(view: BaseModel) -> JsonObject:
    """As the API shows it."""
    told: JsonObject = view.model_dump(mode="json")
    return told


_CONVERSATION: Final = ("conversation", "conversation_id")
READING: Final = (
    Tool("search_leads", "Find leads by name, company, e-mail, phone, stage or interest; newest first.",
         Permission.LEADS_READ, SearchLeads, search_leads),
    Tool("get_lead", "One lead with all that is known of it.", Permission.LEADS_READ, OneLead, get_lead,
         record=("lead", "lead_id")),
    Tool("pipeline_summary", "The pipeline's stages (their keys and names), and leads and value in each.",
         Permission.PIPELINE_READ, Nothing, pipeline_summary),
    Tool("list_clients", "The clients, newest first.", Permission.CLIENTS_READ, Paged, search_clients),
    Tool("get_client", "One client.", Permission.CLIENTS_READ, OneClient, get_client, record=("client", "client_id")),
    Tool("list_conversations", "The conversations with customers, the one that moved last first.",
         Permission.CONVERSATIONS_READ, ListConversations, conversations),
    Tool("read_conversation", "What was said in one conversation, newest first.",
         Permission.CONVERSATIONS_READ, ReadConversation, messages, record=_CONVERSATION),
)  # fmt: skip
