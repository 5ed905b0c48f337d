"""Finding passages for a question: by its words, and by what it means where the company has a model for that.

Words: a question's score in a passage is the share of its worth that the passage holds, rare words being worth more;
below `ENOUGH` it is no answer. Where a word is in no passage, words that come near (a slip of the pen) stand in for it.
Both rankings are fused by rank (ADR 0030), since their scores cannot be compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from core.database import Database, TenantTransaction
from core.egress import Egress
from core.model_api import Route
from core.resilience import optional
from orchestrator_service.knowledge.asking import asked_word, groups_of
from orchestrator_service.knowledge.embedding import QUESTION_SECONDS, Vector, as_literal, embed
from orchestrator_service.knowledge.fusing import fused
from orchestrator_service.knowledge.models import Hit
from orchestrator_service.knowledge.repository import SQL, Found

ENOUGH: Final = 0.4
NEAR_ENOUGH: Final = 0.4  # cosine similarity
MOST_HITS: Final = 4
LOOKED_AT: Final = 20
FEWEST_ALIKE: Final = 4  # letters below which nothing is alike


@dataclass(frozen=True, slots=True)
class _Near:
    word: str


async def find_by_words(tx: TenantTransaction, question: str, most: int = MOST_HITS) -> list[Hit]:
    """The passages that answer by their words, best first; none where nothing holds enough of the question."""
    found = await _by_words(tx, question)
    return [Hit(one.passage, one.score, "words") for one in found[:most]]


async def find_passages(
    database: Database, tenant_id: int, question: str, *, route: Route | None, egress: Egress, most: int = MOST_HITS
) -> list[Hit]:
    """As `find_by_words`, and by meaning where `route` leads to a model; one that is away is done without.

    The model is asked between transactions.
    """
    vector = await _meaning(egress, route, question) if route is not None else None
    async with database.tenant(tenant_id) as tx:
        words = await _by_words(tx, question)
        if vector is None or route is None:
            return [Hit(one.passage, one.score, "words") for one in words[:most]]
        near = await _by_meaning(tx, route, vector)
    return _merged(words, near, most)


async def _meaning(egress: Egress, route: Route, question: str) -> Vector | None:
    vectors = await embed(egress, route, [question], seconds=QUESTION_SECONDS)
    return vectors[0] if isinstance(vectors, list) else None


def _merged(words: list[Found], near: list[Found], most: int) -> list[Hit]:
    by_words, by_meaning = {one.id: one for one in words}, {one.id: one for one in near}
    order = fused([one.id for one in words], [one.id for one in near])
    hits = list[Hit]()
    for passage_id in order[:most]:
        one, other = by_words.get(passage_id), by_meaning.get(passage_id)
        best = one or other
        assert best is not None, "it is in one of them"
        score = max(each.score for each in (one, other) if each is not None)
        hits.append(Hit(best.passage, score, "both" if one and other else "words" if one else "meaning"))
    return hits


async def _by_words(tx: TenantTransaction, question: str) -> list[Found]:
    groups = list(groups_of(question))
    if not groups:
        return []
    found = await _ask(tx, groups)
    matched = {place for one in found for place in one.matched or ()}
    mended = [await _with_near(tx, group, place in matched) for place, group in enumerate(groups, start=1)]
    if mended != groups:
        found = await _ask(tx, mended)
    return [one for one in found if one.score >= ENOUGH]


async def _ask(tx: TenantTransaction, groups: list[str]) -> list[Found]:
    return await optional(
        tx, lambda: tx.all(SQL["find_passages"], Found, groups=groups, most=LOOKED_AT), missing=list[Found]()
    )


async def _with_near(tx: TenantTransaction, group: str, known: bool) -> str:
    """The group, with words that come near its own where no passage has any of it."""
    word = asked_word(group)
    if known or len(word) < FEWEST_ALIKE:
        return group
    near = await optional(tx, lambda: tx.all(SQL["near_knowledge"], _Near, word=word), missing=list[_Near]())
    return " ".join([group, *(one.word for one in near)])


async def _by_meaning(tx: TenantTransaction, route: Route, vector: Vector) -> list[Found]:
    async def query() -> list[Found]:
        return await tx.all(
            SQL["near_passages"],
            Found,
            embedding=as_literal(vector),
            model=route.name,
            dimensions=len(vector),
            most=LOOKED_AT,
        )

    found = await optional(tx, query, missing=list[Found]())
    return [one for one in found if one.score >= NEAR_ENOUGH]
