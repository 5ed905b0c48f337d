"""What a reply rests on: the passages that it cites, kept with its turn, out of the text that leaves (PRODUCT §9.1)."""

from __future__ import annotations

from datetime import datetime

from core.database import TenantTransaction
from core.json_types import Json
from orchestrator_service.chat import repository
from orchestrator_service.chat.repository import Effect, TurnRow
from orchestrator_service.knowledge.citing import SEARCH_TOOL, cited_in, given_in
from orchestrator_service.knowledge.reading import cited_passages

MOST_CITED = 10


def passages_in(done: list[Effect]) -> list[str]:
    """The passages that a turn's searches were answered with."""
    found = list[str]()
    for effect in done:
        listed = effect.result.get("passages") if effect.tool == SEARCH_TOOL else None
        if isinstance(listed, list | tuple):
            found += [one for one in listed if isinstance(one, str)]
    return found


async def keep_citations(  # noqa: PLR0917 - one caller, which has just accepted the reply
    tx: TenantTransaction, turn: TurnRow, reply: str, knowledge: tuple[str, ...], done: list[Effect], began: datetime
) -> None:
    """Write down which of the passages that the turn was given its reply says it rests on; others count for nothing."""
    given = given_in([*knowledge, *passages_in(done)])
    cited = [one for one in cited_in(reply) if one in given][:MOST_CITED]
    if not cited:
        return
    passages = await cited_passages(tx, cited)
    shown: list[Json] = [
        {"document_id": one.document_id, "heading": one.heading, "page": one.page, "text": one.body} for one in passages
    ]
    if shown:
        await repository.record_step(tx, turn, "cite", started_at=began, outcome="ok", detail={"passages": shown})
