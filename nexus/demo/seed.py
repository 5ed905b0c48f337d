"""Fills a demonstration's company with people in every stage and meetings of these weeks; again, it adds nothing.

One person is one transaction, through the use cases of the domain. Only what those cannot do is written here: times of
the past, what became of messages and meetings, and who has read what (`dating.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Final

from core.database import Database, TenantTransaction
from core.errors import NotFound
from core.identities import apply_consent, resolve_conversation
from core.paging import LARGEST_ID
from core.principal import Principal, Role, TenantId, UserId
from core.statements import sibling_statements
from core.whatsapp import ConsentChange, Sender
from nexus.demo.calendar import Appointment, appointment, words_of
from nexus.demo.dating import Story, date_everything, settle_meeting
from nexus.demo.people import PEOPLE
from nexus.demo.person import Person
from nexus.demo.script import passed, read_script
from nexus.demo.telling import tell
from nexus.demo.templates import keep_templates, keep_triggers
from orchestrator_service.agenda.create_meeting import SlotTaken, create_meeting
from orchestrator_service.agenda.zone_time import parse_zone
from orchestrator_service.auth.govern import list_users
from orchestrator_service.conversion.convert import convert_to_client
from orchestrator_service.leads.edit import edit_lead
from orchestrator_service.leads.models import Qualification
from orchestrator_service.leads.qualify import qualify
from orchestrator_service.leads.recognise import recognise_lead
from orchestrator_service.leads.referral import kept_referral
from orchestrator_service.leads.tasks import add_task
from orchestrator_service.sellers.calendar import active_sellers, lock_seller
from orchestrator_service.sellers.models import Seller

SQL = sibling_statements(__file__)
MOST_USERS: Final = 100


@dataclass(frozen=True)
class Cast:
    """The company's own people, by role, and today; the ceo stands in for whoever is missing."""

    tenant_id: TenantId
    channel_id: int
    ceo: Principal
    now: datetime
    team: dict[Role, Principal] = field(default_factory=dict[Role, Principal])
    sellers: dict[Role, Seller] = field(default_factory=dict[Role, Seller])

    def of(self, role: Role) -> Principal:
        """Whoever has that role."""
        return self.team.get(role, self.ceo)

    def seller(self, role: Role) -> Seller:
        """The seller with that role, else the company's first."""
        return self.sellers.get(role) or next(iter(self.sellers.values()))


async def seed_company(database: Database, tenant_id: int, ceo: Principal, now: datetime) -> int:
    """How many people were added. Raises NotFound for a company without a number or a seller. `now` is aware UTC."""
    async with database.tenant(tenant_id) as tx:
        cast = await _cast(tx, ceo, now)
    added = 0
    for person in PEOPLE:
        async with database.tenant(tenant_id) as tx:
            added += await _play(tx, cast, person)
    async with database.tenant(tenant_id) as tx:
        if added:
            await keep_templates(tx, cast.channel_id, now)
            await keep_triggers(tx, now)
    return added


async def _cast(tx: TenantTransaction, ceo: Principal, now: datetime) -> Cast:
    channel_id = await tx.value(SQL["first_channel"], int)
    sellers = await active_sellers(tx)
    if channel_id is None or not sellers:
        raise NotFound
    users = await list_users(tx, status="active", before_id=LARGEST_ID, most=MOST_USERS)
    team: dict[Role, Principal] = {user.role: Principal(ceo.tenant_id, UserId(user.id), user.role) for user in users}
    by_user = {seller.user_id: seller for seller in sellers}
    by_role: dict[Role, Seller] = {
        role: by_user[person.user_id] for role, person in team.items() if person.user_id in by_user
    }
    if not by_role:
        by_role[ceo.role] = sellers[0]
    return Cast(ceo.tenant_id, channel_id, ceo, now, team, by_role)


async def _play(tx: TenantTransaction, cast: Cast, person: Person) -> bool:
    """Everything about one person; False where they were there before."""
    first_seller = next(iter(cast.sellers.values()))
    zone = parse_zone(first_seller.zone)
    meeting = appointment(person.meeting, zone, cast.now) if person.meeting else None
    if meeting is not None:
        await lock_seller(tx, cast.seller(meeting.seller).id)  # before any other lock, as every booking
    conversation_id = await resolve_conversation(tx, cast.channel_id, _sender(person))
    if conversation_id is None:
        return False
    lead_id = await recognise_lead(tx, conversation_id, source=person.source, referral=kept_referral(person.ad))
    if lead_id is None:
        return False
    said = read_script(person.talk, words_of(meeting, person.language, zone), cast.now - passed(person.ago))
    teammate = cast.of(person.owner or "secretary").user_id
    told = await tell(tx, person, said, conversation_id, teammate=teammate, noting=cast.of("secretary").user_id)
    if told is None:
        return False
    story = Story(conversation_id, lead_id, said[0].at, said[-1].at)
    await _describe(tx, cast, person, lead_id)  # whose it is comes first: that is who hears of what follows
    if person.interest is not None:
        found = Qualification(interest=person.interest, score=person.score, need=person.need)
        await qualify(tx, found, conversation_id=conversation_id, lead_id=lead_id, turn_id=None)
    if meeting is not None and meeting.outcome != "offered":
        await _meet(tx, cast, person, meeting, story)
    await _place(tx, cast, person, story)
    if person.waits is not None:
        await add_task(tx, person.waits, conversation_id, lead_id, said[-1].text)
    if person.opted_out:
        await apply_consent(tx, ConsentChange(person.phone, False, False, None, None))
    await date_everything(tx, person, story, told, cast.now)
    return True


async def _describe(tx: TenantTransaction, cast: Cast, person: Person, lead_id: int) -> None:
    """What the team knows of the lead, and whose it is."""
    changes: dict[str, object] = {"language": person.language, "company": person.company, "email": person.email}
    if person.need is not None:
        changes["need"] = person.need
    if person.value is not None:
        amount, currency = person.value.split()
        changes |= {"value": Decimal(amount), "currency": currency}
    if person.owner is not None:
        changes["owner_user_id"] = int(cast.of(person.owner).user_id)
    await edit_lead(tx, cast.of("secretary"), lead_id, changes)


async def _meet(tx: TenantTransaction, cast: Cast, person: Person, meeting: Appointment, story: Story) -> None:
    """The meeting in the seller's agenda, unless the company has put one of its own there."""
    seller = cast.seller(meeting.seller)
    ends = meeting.starts_at + meeting.length
    try:
        event_id = await create_meeting(
            tx,
            seller_id=seller.id,
            starts_at=meeting.starts_at,
            ends_at=ends,
            lead_id=story.lead_id,
            title=person.need or person.name,
            by=cast.ceo.user_id,
        )
    except SlotTaken:
        return
    status = "confirmed" if ends > cast.now else "no_show" if meeting.outcome == "no_show" else "done"
    await settle_meeting(tx, story, event_id, status)


_LOST: Final = "Eligió a otro"


async def _place(tx: TenantTransaction, cast: Cast, person: Person, story: Story) -> None:
    """Where the lead stands: a won one is a client; any other was moved by its owner."""
    if person.stage == "won":
        await convert_to_client(tx, lead_id=story.lead_id, now=story.ended)
    why = _LOST if person.stage == "lost" else None
    mover, stage = cast.of(person.owner or "secretary"), {"stage_key": person.stage}
    await edit_lead(tx, mover, story.lead_id, {**stage}, other_reason=why)


def _sender(person: Person) -> Sender:
    return Sender(phone=person.phone, user_id=None, parent_user_id=None, username=None, name=person.name)


def ceo_of(tenant_id: int, user_id: int) -> Principal:
    """On whose behalf the demonstration is filled."""
    return Principal(TenantId(tenant_id), UserId(user_id), "ceo")
