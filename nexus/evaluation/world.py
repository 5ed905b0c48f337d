"""The company of a scenario: made by the same use cases as any other, a tenant of its own for each scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID, uuid5

from core.channels import Channel, find_channel, store_credential
from core.credential_names import MODEL_KEY
from core.credentials import Keyring
from core.database import Database, TenantTransaction
from core.directory import Directory
from core.egress import Egress
from core.identities import resolve_conversation
from core.phone import match_key
from core.secret import Secret
from core.statements import sibling_statements
from core.whatsapp import Sender
from orchestrator_service.agenda.zone_time import parse_zone
from orchestrator_service.clients.create import create_client
from orchestrator_service.clients.models import NewClient
from orchestrator_service.db import NewMessage, append_chat_message
from orchestrator_service.evaluation.moments import instant
from orchestrator_service.evaluation.scenario import At, Before, Line, Scenario, SellerPart
from orchestrator_service.leads.qualify import qualify
from orchestrator_service.leads.recognise import recognise_lead
from orchestrator_service.provisioning.add_channel import add_channel
from orchestrator_service.provisioning.create_tenant import create_tenant
from orchestrator_service.sellers.create import create_seller

SQL: Final = sibling_statements(__file__)
NUMBER: Final = "+5491130001000"
ACCOUNT: Final = "102030405060708"
_OFFERS: Final = UUID("5a0c4d4e-8d27-4f43-9a3c-6d2f0d9c1f10")
_LINE: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class LiveModel:
    """A model that is asked over the network instead of the demo brain."""

    name: str
    url: str | None
    key: Secret


@dataclass(frozen=True, slots=True)
class Place:
    """Where scenarios are played: a database that is thrown away, and its keys."""

    database: Database
    directory: Directory
    keyring: Keyring
    live: LiveModel | None = None
    egress: Egress = field(default_factory=Egress)


@dataclass(frozen=True, slots=True)
class Company:
    """A scenario's company in the database; sellers by their names."""

    tenant_id: int
    channel: Channel
    sellers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Times:
    """From when to when, aware."""

    starts_at: datetime
    ends_at: datetime


async def make_company(place: Place, scenario: Scenario) -> Company:
    """The tenant with its rules, sellers and number, and what happened before the scenario begins."""
    part = scenario.company
    tenant_id = await create_tenant(
        place.database,
        place.directory,
        name=part.name,
        mode="live" if place.live else "demo",
        country=part.country,
        zone=part.zone,
        language=part.spoken,
        currency=part.currency,
        agent_name=part.agent.name,
        offer_summary=part.offer,
        brain="live" if place.live else "demo",
        quiet_seconds=0,
        keeps_holidays=False,
    )
    async with place.database.tenant(tenant_id) as tx:
        await _set_rules(tx, place, scenario)
        sellers = {one.name: await _seat(tx, one, part.zone) for one in scenario.sellers}
        for day in part.closed:
            await tx.run(SQL["add_day_off"], seller_id=None, day=day)
        made = await add_channel(
            tx,
            place.directory,
            place.keyring,
            provider="ycloud",
            name="WhatsApp",
            business_number=NUMBER,
            waba_id=ACCOUNT,
            api_key=Secret("of-nobody"),
            webhook_secrets=(Secret("of-nobody"),),
        )
        company = Company(tenant_id, await find_channel(tx, made.channel_id), sellers)
        await _remember(tx, company, scenario)
    return company


async def _set_rules(tx: TenantTransaction, place: Place, scenario: Scenario) -> None:
    part = scenario.company
    rules = part.meetings.model_dump()
    live = place.live
    if live is not None:
        await store_credential(tx, place.keyring, MODEL_KEY, live.key)
    await tx.run(
        SQL["set_rules"],
        **rules,
        vocabulary=part.vocabulary,
        agent_mode=part.agent.mode,
        agent_hours=part.agent.hours.as_json() if part.agent.hours else {},
        disclosure=part.agent.disclosure,
        input_price=Decimal(str(part.prices.input)),
        output_price=Decimal(str(part.prices.output)),
        model_name=live.name if live else None,
        model_url=live.url if live else None,
    )


async def _seat(tx: TenantTransaction, seller: SellerPart, company_zone: str) -> int:
    zone = seller.zone or company_zone
    seller_id = await create_seller(
        tx, name=seller.name, zone=parse_zone(zone), working_hours=seller.hours, user_id=None
    )
    await tx.run(SQL["set_seller"], seller_id=seller_id, skills=list(seller.skills), turns=seller.turns)
    for day in seller.off:
        await tx.run(SQL["add_day_off"], seller_id=seller_id, day=day)
    for busy in seller.busy:
        times = _Times(instant(busy.start, zone), instant(busy.end, zone))
        await _add_event(tx, seller_id, times, kind="meeting" if busy.meeting else "block")
    return seller_id


@dataclass(frozen=True, slots=True)
class _Whose:
    """Nobody's by itself: a seller who is busy."""

    lead_id: int | None = None
    conversation_id: int | None = None


async def _add_event(
    tx: TenantTransaction,
    seller_id: int,
    times: _Times,
    *,
    kind: str = "block",
    status: str = "confirmed",
    whose: _Whose | None = None,
) -> None:
    whose = whose or _Whose()
    await tx.run(
        SQL["add_event"],
        seller_id=seller_id,
        kind=kind,
        status=status,
        starts_at=times.starts_at,
        ends_at=times.ends_at,
        lead_id=whose.lead_id,
        conversation_id=whose.conversation_id,
        title="",
    )


async def _remember(tx: TenantTransaction, company: Company, scenario: Scenario) -> None:
    """What the company knows of the customer, and what was said and agreed before."""
    lead, before = scenario.lead, scenario.before
    if lead.known_as or lead.client or lead.email or lead.owner:
        key = match_key(lead.phone)
        known = {"full_name": lead.known_as, "phone": lead.phone, "match_key": key, "email": lead.email}
        lead_id = await tx.value(SQL["add_lead"], int, **known)
        if lead.client:
            await create_client(
                tx,
                NewClient(
                    lead_id=lead_id,
                    full_name=lead.known_as or lead.phone,
                    phone=lead.phone,
                    email=lead.email,
                    owner_user_id=None,
                    created_at=scenario.starts,
                ),
            )
        if lead.owner is not None:
            await tx.run(SQL["own"], seller_id=company.sellers[lead.owner], lead_id=lead_id)
    if before == Before():
        return
    sender = Sender(phone=lead.phone, user_id=None, parent_user_id=None, username=None, name=lead.name)
    conversation_id = await resolve_conversation(tx, company.channel.id, sender)
    assert conversation_id is not None, "a phone number is somebody"
    lead_id = await recognise_lead(tx, conversation_id)
    assert lead_id is not None, "the conversation was just made"
    await _tell_history(tx, conversation_id, before.messages, scenario.starts)
    await tx.run(SQL["settle"], conversation_id=conversation_id, language=before.language)
    if before.qualification is not None:
        await qualify(tx, before.qualification, conversation_id=conversation_id, lead_id=lead_id, turn_id=None)
    await _enter_times(tx, company, scenario, conversation_id, lead_id)


async def _tell_history(tx: TenantTransaction, conversation_id: int, lines: tuple[Line, ...], now: datetime) -> None:
    for number, line in enumerate(lines):
        inbound = line.customer is not None
        said = line.customer or line.agent or line.teammate or ""
        await append_chat_message(
            tx,
            NewMessage(
                conversation_id=conversation_id,
                direction="in" if inbound else "out",
                author="customer" if inbound else "agent" if line.agent is not None else "person",
                type="text",
                body=said,
                origin_key=f"before:{number}",
                status="received" if inbound else "sent",
                at=now - (line.ago or _LINE * (len(lines) - number)),
            ),
        )


async def _enter_times(
    tx: TenantTransaction, company: Company, scenario: Scenario, conversation_id: int, lead_id: int
) -> None:
    part = scenario.company
    length = timedelta(minutes=part.meetings.minutes)

    def times(one: At) -> _Times:
        starts_at = instant(one.at, part.zone)
        return _Times(starts_at, starts_at + length)

    whose = _Whose(lead_id, conversation_id)
    for one in scenario.before.meetings:
        seller_id = company.sellers[one.seller]
        await _add_event(tx, seller_id, times(one), kind="meeting", status=one.status, whose=whose)
    for number, one in enumerate(scenario.before.offers):
        offered = times(one)
        await tx.run(
            SQL["add_offer"],
            offer_id=uuid5(_OFFERS, f"{company.tenant_id}:{number}"),
            conversation_id=conversation_id,
            seller_id=company.sellers[one.seller],
            now=scenario.starts,
            minutes=part.meetings.offer_minutes,
            starts_at=offered.starts_at,
            ends_at=offered.ends_at,
        )
