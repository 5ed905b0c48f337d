"""Qualifying by hand: somebody of the team judges how interested a person is, from what they read (UI.md, key Q)."""

from __future__ import annotations

from datetime import datetime

from core.database import TenantTransaction
from core.errors import BadInput
from core.principal import Principal
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.chat.reading import demand_conversation
from orchestrator_service.chat.steering import NobodyYet
from orchestrator_service.conversion.rule import convert_if_ready
from orchestrator_service.leads.evidence import BANDS
from orchestrator_service.leads.models import Qualification
from orchestrator_service.leads.qualify import qualify


class ScoreOutsideBand(BadInput):
    """A score that contradicts its interest; `low` and `high` say what it may be."""

    code = "score_outside_band"


async def qualify_by_hand(
    tx: TenantTransaction, principal: Principal, conversation_id: int, judged: Qualification, now: datetime
) -> int:
    """Keep it as the conversation's latest qualification, and convert where the company's criteria hold now.

    The id of the lead. Raises NotFound, NobodyYet, ScoreOutsideBand.
    """
    conversation = await demand_conversation(tx, principal, conversation_id, Permission.CONVERSATIONS_WRITE)
    if conversation.lead_id is None:
        raise NobodyYet("the conversation has no lead yet")
    low, high = BANDS[judged.interest]
    if not low <= judged.score <= high:
        raise ScoreOutsideBand("the score contradicts the interest", extra={"low": low, "high": high})
    whose = {"conversation_id": conversation_id, "lead_id": conversation.lead_id}
    await qualify(tx, judged, turn_id=None, by=principal.user_id, **whose)
    await convert_if_ready(tx, conversation.lead_id, now)
    return conversation.lead_id
