"""What texts mean, by the company's model (`/v1/embeddings` of an OpenAI-compatible server) through the egress client.

It has a key of its own; at the address of the company's main model that one's will do. A vector is kept with the
model's whole name, its address included, and its dimensions; only vectors of that very model are compared.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from core.channels import read_credential
from core.credential_names import EMBEDDING_KEY, MODEL_KEY
from core.credentials import Keyring
from core.database import TenantTransaction
from core.egress import Egress
from core.model_api import MODEL_URL, Route, WordsFailed, WordsLater, ask
from core.resilience import optional
from core.whatsapp import JsonObject
from core.wire import objects_at
from orchestrator_service.knowledge.repository import SQL

BATCH: Final = 8
QUESTION_SECONDS: Final = 3.0
BATCH_SECONDS: Final = 30.0
MOST_DIMENSIONS: Final = 16_000
LONGEST_EMBEDDED: Final = 2000

Vector: TypeAlias = list[float]


@dataclass(frozen=True, slots=True)
class EmbeddingSettings:
    """Which model, and where; `base_url` None: OpenAI's own address. `is_at_main`: where the main model is, too."""

    model: str | None
    base_url: str | None
    is_at_main: bool = False


async def embedding_settings(tx: TenantTransaction) -> EmbeddingSettings:
    """What the company has set; no model where it has set none."""
    nothing = EmbeddingSettings(None, None)
    return await optional(tx, lambda: tx.one(SQL["embedding_settings"], EmbeddingSettings), missing=None) or nothing


async def embedding_route(tx: TenantTransaction, keyring: Keyring) -> Route | None:
    """Whom to ask; None where the company has no such model or no key, or this server cannot compare vectors."""
    settings = await embedding_settings(tx)
    if settings.model is None or not await tx.value(SQL["has_vectors"], bool):
        return None
    key = await read_credential(tx, keyring, EMBEDDING_KEY)
    if key is None and settings.is_at_main:
        key = await read_credential(tx, keyring, MODEL_KEY)
    return Route(settings.base_url or MODEL_URL, settings.model, key) if key is not None else None


async def embed(
    egress: Egress, route: Route, texts: Sequence[str], *, seconds: float
) -> list[Vector] | WordsFailed | WordsLater:
    """One vector for each text, in order, all of the same dimensions."""
    wanted = [text[:LONGEST_EMBEDDED] for text in texts]
    body: JsonObject = {"model": route.model, "input": [*wanted], "encoding_format": "float"}
    answer = await ask(egress, route, "/embeddings", seconds=seconds, json=body)
    if not isinstance(answer, dict):
        return answer
    vectors = _vectors_in(answer, len(texts))
    return WordsFailed("unreadable_answer") if vectors is None else vectors


def as_literal(vector: Vector) -> str:
    """As pgvector reads it."""
    return "[" + ",".join(map(repr, vector)) + "]"


def _vectors_in(answer: JsonObject, count: int) -> list[Vector] | None:
    found: dict[int, Vector] = {}
    for place, item in enumerate(objects_at(answer, "data")):
        index, numbers = item.get("index", place), item.get("embedding")
        if not isinstance(index, int) or not isinstance(numbers, list):
            return None
        vector = [float(number) for number in numbers if isinstance(number, int | float) and math.isfinite(number)]
        if len(vector) != len(numbers) or not 0 < len(vector) <= MOST_DIMENSIONS or not any(vector):
            return None
        found[index] = vector
    vectors = [found[place] for place in range(count) if place in found]
    same = len({len(vector) for vector in vectors}) == 1
    return vectors if len(vectors) == count == len(found) and same else None
