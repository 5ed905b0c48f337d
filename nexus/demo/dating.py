"""Puts what the use cases have just done into the past, where the demonstration says that it happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from core.database import TenantTransaction
from core.json_types import JsonObject
from core.statements import sibling_statements
from nexus.demo.person import Person
from nexus.demo.telling import Told

SQL = sibling_statements(__file__)
TAKEOVER: Final = timedelta(hours=24)
LOOKED_AFTER: Final = timedelta(hours=3)


@dataclass(frozen=True)
class Story:
    """One person's conversation and lead, from the first line to the last; aware UTC."""

    conversation_id: int
    lead_id: int
    began: datetime
    ended: datetime


async def settle_meeting(tx: TenantTransaction, story: Story, event_id: int, status: str) -> None:
    """The agent made the meeting in the conversation, and it came to pass or not."""
    about = {"event_id": event_id, "conversation_id": story.conversation_id}
    await tx.run(SQL["settle_meeting"], **about, status=status, at=story.ended)


async def date_everything(tx: TenantTransaction, person: Person, story: Story, told: Told, now: datetime) -> None:
    """Date what hangs on the person, and say who answers, who has read it and what waits for a word."""
    lead = {"lead_id": story.lead_id}
    await tx.run(SQL["date_lead"], **lead, began=story.began, ended=story.ended)
    await tx.run(SQL["date_contact"], **lead, began=story.began, ended=story.ended)
    await tx.run(SQL["date_changes"], **lead, began=story.began, ended=story.ended)
    await tx.run(SQL["date_qualifications"], **lead, ended=story.ended)
    await tx.run(SQL["date_tasks"], **lead, ended=story.ended)
    looked = person.waits is None and now - story.ended > LOOKED_AFTER
    await tx.run(SQL["date_notices"], **lead, ended=story.ended, looked=looked)
    await tx.run(
        SQL["settle_conversation"],
        conversation_id=story.conversation_id,
        language=person.language,
        began=story.began,
        ended=story.ended,
        status="closed" if person.closed else "open",
        agent_mode="draft" if person.draft else None,
        paused_until=_paused_until(person, story, now),
    )
    through = told.inbound[-person.unread] - 1 if person.unread else told.ids[-1]
    await tx.run(SQL["read_by_team"], conversation_id=story.conversation_id, through_id=through)
    if person.draft is not None:
        draft: JsonObject = {"text": person.draft, "choices": [], "language": person.language, "ends": "done"}
        about = {"conversation_id": story.conversation_id, "message_id": told.inbound[-1]}
        await tx.run(SQL["propose_reply"], **about, draft=draft, at=story.ended)


def _paused_until(person: Person, story: Story, now: datetime) -> datetime | None:
    """A teammate's answer pauses the agent; None where that is over."""
    answered = "\n@ " in "\n".join(line.strip() for line in person.talk.splitlines())
    until = story.ended + TAKEOVER
    return until if answered and not person.closed and until > now else None
