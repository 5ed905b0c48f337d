"""What a customer reads in the chat once a link has acted: how the meeting stands, and the link for the next change.

Only free text in the open window: outside it the page has said the same, and the reminders hold the link. Where the
company confirms meetings by itself, that message tells of a move already (PRODUCT §11.6).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from core.customer_links import CustomerLinks
from core.database import TenantTransaction
from core.resilience import optional
from orchestrator_service.agenda.labels import Language
from orchestrator_service.db import NewMessage
from orchestrator_service.meeting_links.links import SQL, address_of
from orchestrator_service.meeting_links.models import Use
from orchestrator_service.messaging.lead_facts import lead_facts, with_link
from orchestrator_service.messaging.reach import may_be_free, reach_of
from orchestrator_service.messaging.send import send_message
from orchestrator_service.templates.fills import fill

_WORDS: Final[dict[Use, dict[Language, str]]] = {
    "move": {
        "es": "Listo: tu reunión con {{seller}} ahora es el {{meeting_day}} a las {{meeting_time}}.",
        "en": "Done: your meeting with {{seller}} is now on {{meeting_day}} at {{meeting_time}}.",
        "pt": "Pronto: sua reunião com {{seller}} agora é {{meeting_day}} às {{meeting_time}}.",
    },
    "cancel": {
        "es": "Cancelaste tu reunión con {{seller}} del {{meeting_day}} a las {{meeting_time}}. Si quieres otro "
        "horario, escríbeme por aquí.",
        "en": "You cancelled your meeting with {{seller}} on {{meeting_day}} at {{meeting_time}}. If you would like "
        "another time, write to me here.",
        "pt": "Você cancelou sua reunião com {{seller}} de {{meeting_day}} às {{meeting_time}}. Se quiser outro "
        "horário, escreva para mim por aqui.",
    },
}


@dataclass(frozen=True, slots=True)
class Acted:
    """What a link did, to which meeting of whom; `at` is the moment of the click, by which it is told once."""

    use: Use
    event_id: int
    lead_id: int
    at: datetime


async def tell_in_chat(tx: TenantTransaction, links: CustomerLinks, acted: Acted, *, now: datetime) -> None:
    """Say it where the person wrote last, on the transaction in which it counts; the same act is told once."""
    if acted.use == "move" and await _confirms_by_itself(tx):
        return
    reach = await reach_of(tx, acted.lead_id)
    if reach.conversation_id is None or not may_be_free(reach.last_inbound_at, now):
        return
    if reach.opted_out or reach.sending_paused:
        return
    facts = await lead_facts(tx, acted.lead_id, acted.event_id)
    if facts is None:
        return
    words = _WORDS[acted.use][facts.language]
    if acted.use == "move":
        facts = replace(facts, meeting_link=await address_of(tx, links, acted.event_id, now))
        words = with_link(words, facts)
    message = NewMessage(
        conversation_id=reach.conversation_id,
        direction="out",
        author="system",
        body=fill(words, facts.fields()).text,
        origin_key=f"meeting_link:{acted.event_id}:{acted.use}:{acted.at.timestamp():.6f}",
        status="queued",
    )
    await send_message(tx, message, now=now)


async def _confirms_by_itself(tx: TenantTransaction) -> bool:
    async def query() -> bool:
        return await tx.value(SQL["confirms_by_itself"], bool) or False

    return await optional(tx, query, missing=False)
