"""Fills a demonstration's company with people in every stage and meetings of this week; doing it again adds nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core.database import Database
from core.errors import NotFound
from core.identities import resolve_conversation
from core.principal import Principal, TenantId, UserId
from core.statements import sibling_statements
from core.whatsapp import Sender
from nexus.demo.people import PEOPLE, Person
from orchestrator_service.agenda.create_meeting import SlotTaken, create_meeting
from orchestrator_service.chat.answered import mark_answered
from orchestrator_service.db import NewMessage, append_chat_message
from orchestrator_service.leads.edit import edit_lead
from orchestrator_service.leads.models import Qualification
from orchestrator_service.leads.qualify import qualify
from orchestrator_service.leads.recognise import recognise_lead
from orchestrator_service.leads.tasks import add_task
from orchestrator_service.sellers.calendar import active_sellers

SQL = sibling_statements(__file__)


async def seed_company(database: Database, tenant_id: int, ceo: Principal, now: datetime) -> int:
    """How many people were added. Raises NotFound for a company without a number or a seller. `now` is aware UTC."""
    async with database.tenant(tenant_id) as tx:
        channel_id = await tx.value(SQL["first_channel"], int)
        sellers = await active_sellers(tx)
    if channel_id is None or not sellers:
        raise NotFound
    added = 0
    for number, person in enumerate(PEOPLE):
        lead_id = await _talk(database, ceo, channel_id, person, now - timedelta(minutes=37 * (number + 1)))
        if lead_id is None:
            continue
        added += 1
        seller = sellers[number % len(sellers)]
        if person.meeting is not None:
            await _meet(database, ceo, person, seller_id=seller.id, lead_id=lead_id, now=now)
        async with database.tenant(tenant_id) as tx:
            await edit_lead(tx, ceo, lead_id, {"stage_key": person.stage, "owner_user_id": seller.user_id})
    return added


async def _talk(database: Database, ceo: Principal, channel_id: int, person: Person, began: datetime) -> int | None:
    """What was said, as one change; the lead, or None where it had been said before."""
    async with database.tenant(ceo.tenant_id) as tx:
        conversation_id = await resolve_conversation(tx, channel_id, _sender(person))
        lead_id = await recognise_lead(tx, conversation_id) if conversation_id is not None else None
        if conversation_id is None or lead_id is None:
            return None
        for number, line in enumerate(person.lines):
            customer = number % 2 == 0
            message = NewMessage(
                conversation_id=conversation_id,
                direction="in" if customer else "out",
                author="customer" if customer else "agent",
                body=line,
                origin_key=f"seed:{person.phone}:{number}",
                status="received" if customer else "sent",
                at=began + timedelta(minutes=2 * number),
            )
            stored = await append_chat_message(tx, message)
            if not stored.new:
                return None
            await mark_answered(tx, conversation_id, stored.id)
        if person.interest is not None:
            found = Qualification(interest=person.interest, score=person.score, need=person.need)
            await qualify(tx, found, conversation_id=conversation_id, lead_id=lead_id, turn_id=None)
        if person.waits is not None:
            await add_task(tx, person.waits, conversation_id, lead_id, person.lines[-1])
        return lead_id


def _sender(person: Person) -> Sender:
    return Sender(phone=person.phone, user_id=None, parent_user_id=None, username=None, name=person.name)


async def _meet(
    database: Database, ceo: Principal, person: Person, *, seller_id: int, lead_id: int, now: datetime
) -> None:
    weekday, hour = person.meeting or (0, 0)
    monday = (now - timedelta(days=now.weekday())).date()
    starts = datetime(monday.year, monday.month, monday.day, hour, tzinfo=UTC) + timedelta(days=weekday)
    try:
        async with database.tenant(ceo.tenant_id) as tx:
            await create_meeting(
                tx,
                seller_id=seller_id,
                starts_at=starts,
                ends_at=starts + timedelta(minutes=30),
                lead_id=lead_id,
                title=person.need or person.name,
                by=ceo.user_id,
            )
    except SlotTaken:
        return  # the company's own meeting stands there


def ceo_of(tenant_id: int, user_id: int) -> Principal:
    """On whose behalf the demonstration is filled."""
    return Principal(TenantId(tenant_id), UserId(user_id), "ceo")
