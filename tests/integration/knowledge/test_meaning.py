"""Passages found by what they mean: the real client and pgvector, never across models, done without where away."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from core.channels import store_credential
from core.contracts import EmbedDocument
from core.credential_names import EMBEDDING_KEY, MODEL_KEY
from core.egress import Egress
from core.egress_rules import EgressPolicy
from core.secret import Secret
from nexus.servers.bootstrap import connected
from orchestrator_service.knowledge.embed import embed_document
from orchestrator_service.knowledge.embedding import EmbeddingSettings, embedding_route
from orchestrator_service.knowledge.index import KnowledgeTools
from orchestrator_service.knowledge.keep import text_source
from orchestrator_service.knowledge.meaning_settings import change_meaning, read_meaning
from orchestrator_service.knowledge.models import Hit
from orchestrator_service.knowledge.search import find_passages
from tests.integration.knowledge.test_knowledge import known, tools_of
from tests.support import servers
from tests.support.api import Api, Member
from tests.support.factories import KEYRING, make_tenant

TOPICS = (("auto", "coche", "estacion"), ("precio", "plan", "US$"), ("perro", "mascota", "gato"))


@dataclass
class Embedder:
    """An OpenAI-compatible server whose vectors count the words of three topics; `broken` says that it is busy."""

    url: str = ""
    broken: bool = False
    asked: list[str] = field(default_factory=list[str])

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = next(line for line in head.split("\r\n") if line.startswith("content-length"))
        body = json.loads(await reader.readexactly(int(length.split(":")[1])))
        self.asked += body["input"]
        data = [{"index": place, "embedding": vector_of(text)} for place, text in enumerate(body["input"])]
        answer = json.dumps({"object": "list", "data": data[::-1]}).encode()
        status = b"503 Busy" if self.broken else b"200 OK"
        writer.write(
            b"HTTP/1.1 %b\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % (status, len(answer))
        )
        writer.write(answer)
        await writer.drain()
        writer.close()


def vector_of(text: str) -> list[float]:
    return [0.01 + sum(word in text.lower() for word in topic) for topic in TOPICS]


@asynccontextmanager
async def embedder() -> AsyncGenerator[Embedder]:
    model = Embedder()
    server = await asyncio.start_server(model.serve, "127.0.0.1", 0)
    model.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield model
    finally:
        server.close()


async def taught(api: Api, model: Embedder) -> tuple[Member, KnowledgeTools, int]:
    """A company with that model and one document, whose passages have their meaning."""
    ceo = await api.member(await make_tenant(api.db), "ceo")
    tools = replace(tools_of(api.db), egress=Egress(EgressPolicy.from_text("127.0.0.1")))
    document = await known(api.db, ceo.principal, text_source("text", "Comodidades", "Hay lugar para el coche."))
    async with api.db.tenant(ceo.tenant_id) as tx:
        await store_credential(tx, KEYRING, EMBEDDING_KEY, Secret("sk-test"))
        await change_meaning(tx, ceo.principal, EmbeddingSettings("topics-3", model.url))
    await embed_document(tools, EmbedDocument(ceo.tenant_id, document.id))
    return ceo, tools, document.id


async def found(api: Api, ceo: Member, tools: KnowledgeTools, question: str) -> list[Hit]:
    async with api.db.tenant(ceo.tenant_id) as tx:
        route = await embedding_route(tx, KEYRING)
    return await find_passages(api.db, ceo.tenant_id, question, route=route, egress=tools.egress)


async def test_what_is_asked_in_other_words_is_found_by_its_meaning(api: Api) -> None:
    async with embedder() as model:
        ceo, tools, _ = await taught(api, model)
        (hit,) = await found(api, ceo, tools, "¿tienen estacionamiento para el auto?")
        assert (hit.passage.body, hit.by) == ("Hay lugar para el coche.", "meaning")
        assert await found(api, ceo, tools, "¿atienden a mi perro?") == []
        async with api.db.tenant(ceo.tenant_id) as tx:
            shown = await read_meaning(tx)
        assert (shown.available, shown.passages, shown.embedded) == (True, 1, 1)
        both = await found(api, ceo, tools, "¿hay lugar para el coche?")
        assert [one.by for one in both] == ["both"]


async def test_vectors_of_another_model_are_never_compared(api: Api) -> None:
    async with embedder() as model:
        ceo, tools, _ = await taught(api, model)
        async with api.db.tenant(ceo.tenant_id) as tx:
            await change_meaning(tx, ceo.principal, EmbeddingSettings("other-3", model.url))
            assert (await read_meaning(tx)).embedded == 0
        assert await found(api, ceo, tools, "¿tienen estacionamiento para el auto?") == []


async def test_a_model_that_is_away_is_done_without_and_asked_again_later(api: Api) -> None:
    async with embedder() as model:
        ceo, tools, document_id = await taught(api, model)
        model.broken = True
        (hit,) = await found(api, ceo, tools, "¿hay lugar para el coche?")
        assert hit.by == "words"
        again = text_source("text", "Mascotas", "Tu gato puede venir.")
        other = await known(api.db, ceo.principal, again)
        await embed_document(tools, EmbedDocument(ceo.tenant_id, other.id))
        async with api.db.tenant(ceo.tenant_id) as tx:
            assert (await read_meaning(tx)).embedded == 1, "it waits for the model"
        model.broken = False
        await embed_document(tools, EmbedDocument(ceo.tenant_id, other.id, 1))
        async with api.db.tenant(ceo.tenant_id) as tx:
            assert (await read_meaning(tx)).embedded == 2
        assert document_id != other.id


async def test_another_companys_vectors_are_out_of_reach(api: Api) -> None:
    async with embedder() as model:
        await taught(api, model)
        other, tools, _ = await taught(api, model)
        async with api.db.tenant(other.tenant_id) as tx:
            assert (await read_meaning(tx)).embedded == 1
        (hit,) = await found(api, other, tools, "¿tienen estacionamiento para el auto?")
        async with api.db.tenant(other.tenant_id) as tx:
            count = "SELECT count(*) FROM knowledge_passages WHERE id = $1"
            assert [tuple(row) for row in await tx.connection.fetch(count, hit.passage.id)] == [(1,)]


async def test_a_server_without_pgvector_searches_by_words(api: Api, database: servers.Database) -> None:
    async with embedder() as model:
        ceo, tools, _ = await taught(api, model)
        async with connected(database.owner_url) as owner:
            await owner.execute("ALTER TABLE knowledge_vectors DROP COLUMN embedding")
        async with api.db.tenant(ceo.tenant_id) as tx:
            assert (await read_meaning(tx)).available is False
        assert [one.by for one in await found(api, ceo, tools, "¿hay lugar para el coche?")] == ["words"]


async def test_a_private_address_is_never_asked(api: Api) -> None:
    async with embedder() as model:
        ceo, tools, _ = await taught(api, model)
        model.asked.clear()
        strict = replace(tools, egress=Egress())
        assert [one.by for one in await found(api, ceo, strict, "¿hay lugar para el coche?")] == ["words"]
        assert model.asked == []


async def test_a_key_goes_to_the_address_that_it_was_set_for_alone(api: Api) -> None:
    ceo = await api.member(await make_tenant(api.db), "ceo")
    here, there = "https://one.example/v1", "https://two.example/v1"
    async with api.db.tenant(ceo.tenant_id) as tx:
        await store_credential(tx, KEYRING, MODEL_KEY, Secret("sk-main"))
        await change_meaning(tx, ceo.principal, EmbeddingSettings("topics-3", here))
        assert await embedding_route(tx, KEYRING) is None, "the main model is elsewhere, and so is its key"
        await store_credential(tx, KEYRING, EMBEDDING_KEY, Secret("sk-own"))
        own = await embedding_route(tx, KEYRING)
        await change_meaning(tx, ceo.principal, EmbeddingSettings("topics-3", there))
        assert await embedding_route(tx, KEYRING) is None, "forgotten with its address"
        await change_meaning(tx, ceo.principal, EmbeddingSettings("topics-3", None))
        shared = await embedding_route(tx, KEYRING)
    assert own is not None
    assert (own.base_url, own.key.reveal()) == (here, "sk-own")
    assert shared is not None, "OpenAI's own address, where the main model is"
    assert shared.key.reveal() == "sk-main"
