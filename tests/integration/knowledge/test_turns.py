"""The agent cites what it was given, says that it does not know where nothing answers, and people teach it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from core.contracts import IndexDocument
from core.database import Database
from core.json_types import JsonObject
from core.principal import Principal, TenantId
from core.statements import sibling_statements
from orchestrator_service.agent.demo_brain.decide import CallTool, Say, decide
from orchestrator_service.agent.situation import ToolOutcome
from orchestrator_service.chat.writing import write_message
from orchestrator_service.knowledge.index import index_document
from orchestrator_service.knowledge.keep import add_document, text_source
from orchestrator_service.knowledge.questions import approve_question, dismiss_question, list_questions, reopen_question
from tests.integration.chat.company import Company, demo_company
from tests.integration.knowledge.test_knowledge import tools_of
from tests.support import servers as support
from tests.support.factories import make_user
from tests.unit.demo_brain.demo_host import TOOLS, situation

SQL = sibling_statements(__file__)
PRICES = "# Precios\n## Plan Clínica\nEl Plan Clínica cuesta US$ 129 por mes."


@dataclass(frozen=True)
class Cited:
    detail: JsonObject


@dataclass(frozen=True)
class Called:
    tool: str
    arguments: JsonObject
    result: JsonObject


async def ceo_of(company: Company) -> Principal:
    user = await make_user(company.db, company.tenant_id, role="ceo")
    return Principal(TenantId(company.tenant_id), user, "ceo")


async def teach(company: Company, ceo: Principal, title: str, text: str) -> int:
    async with company.db.tenant(company.tenant_id) as tx:
        document = await add_document(tx, ceo, text_source("text", title, text))
    await index_document(tools_of(company.db), IndexDocument(company.tenant_id, document.id, 1))
    return document.id


async def calls(company: Company) -> list[Called]:
    async with company.db.tenant(company.tenant_id) as tx:
        return await tx.all(SQL["calls"], Called)


async def test_a_price_is_cited_from_the_document_and_kept_with_the_turn(
    db: Database, database: support.Database, redis_url: str
) -> None:
    async with demo_company(db, database, redis_url) as company:
        ceo = await ceo_of(company)
        document_id = await teach(company, ceo, "Lista de precios", PRICES)
        await company.says("Hola, ¿cuánto cuesta el Plan Clínica?")
        await company.turn()
        (reply,) = await company.replies()
        assert "«El Plan Clínica cuesta US$ 129 por mes.»" in reply.body
        assert "[K" not in reply.body
        (search, *_) = await calls(company)
        assert search.tool == "search_knowledge"
        assert search.result["found"] == "passages"
        async with db.tenant(company.tenant_id) as tx:
            (step,) = await tx.all(SQL["citations"], Cited)
        listed = step.detail["passages"]
        assert isinstance(listed, list)
        (cited,) = listed
        assert isinstance(cited, dict)
        assert (cited["document_id"], cited["heading"]) == (
            document_id,
            "Lista de precios \u203a Precios \u203a Plan Clínica",
        )
        assert await company.count("tasks") == 0


async def test_a_figure_of_the_customers_is_never_quoted_back(
    db: Database, database: support.Database, redis_url: str
) -> None:
    """The tool's result holds nothing of the question, so what is in it cannot become a promise."""
    async with demo_company(db, database, redis_url) as company:
        await teach(company, await ceo_of(company), "Precios", PRICES)
        await company.says("¿el Plan Clínica cuesta US$ 5 con 90% de descuento?")
        await company.turn()
        found = [call for call in await calls(company) if call.tool == "search_knowledge"]
        assert found
        assert all("US$ 5" not in str(call.result) and "90%" not in str(call.result) for call in found)
        assert "90%" not in (await company.replies())[0].body


async def test_what_nothing_answers_is_said_recorded_and_a_person_is_called(
    db: Database, database: support.Database, redis_url: str
) -> None:
    async with demo_company(db, database, redis_url) as company:
        await teach(company, await ceo_of(company), "Precios", PRICES)
        await company.says("Hola, soy Ana Ruiz, ¿tienen estacionamiento? mi correo es ana@mail.com")
        await company.turn()
        (reply,) = await company.replies()
        assert "Eso no lo sé." in reply.body
        async with db.tenant(company.tenant_id) as tx:
            (question,) = await list_questions(tx, "open", before_id=2**62, most=9)
        assert "estacionamiento" in question.question
        assert "ana@mail.com" not in question.question
        assert await company.count("tasks") == 1


async def test_without_any_knowledge_the_question_is_kept_and_nobody_is_rung(
    db: Database, database: support.Database, redis_url: str
) -> None:
    async with demo_company(db, database, redis_url) as company:
        await company.says("Hola, ¿cuánto cuesta?")
        await company.turn()
        async with db.tenant(company.tenant_id) as tx:
            assert len(await list_questions(tx, "open", before_id=2**62, most=9)) == 1
        assert await company.count("tasks") == 0


async def test_a_persons_answer_is_proposed_without_names_and_known_once_approved(
    db: Database, database: support.Database, redis_url: str
) -> None:
    async with demo_company(db, database, redis_url) as company:
        ceo = await ceo_of(company)
        luz = Principal(ceo.tenant_id, await make_user(db, company.tenant_id, role="secretary"), "secretary")
        await teach(company, ceo, "Precios", PRICES)
        await company.says("Hola, me llamo Ana Ruiz", "¿tienen estacionamiento?")
        await company.turn()
        talk = await company.conversation_id()
        now = company.tools.clock()
        async with db.tenant(company.tenant_id) as tx:
            await write_message(tx, luz, talk, "Hola Ana, sí: tenemos 10 lugares.", key=None, now=now)
        async with db.tenant(company.tenant_id) as tx:
            await write_message(tx, luz, talk, "Es gratis. Mi celular es +54 9 11 5555 1234", key=None, now=now)
        async with db.tenant(company.tenant_id) as tx:
            (learned,) = await list_questions(tx, "proposed", before_id=2**62, most=9)
            assert learned.answer is not None
            assert "tenemos 10 lugares" in learned.answer
            assert "Es gratis" in learned.answer
            assert not [word for word in ("Ana", "5555") if word in learned.answer]
            assert learned.answered_by == luz.user_id
            assert await tx.value(SQL["learned_notices"], int) == 1, "the ceo is told, once a day"
        async with db.tenant(company.tenant_id) as tx:
            await dismiss_question(tx, ceo, learned.id)
            await reopen_question(tx, ceo, learned.id)
            document = await approve_question(tx, ceo, learned.id, "¿Tienen estacionamiento?", "Sí, 10 lugares gratis.")
        await index_document(tools_of(db), IndexDocument(company.tenant_id, document.id, 1))
        async with db.tenant(company.tenant_id) as tx:
            await tx.run(SQL["resume"])
        await company.says("¿y hay estacionamiento?")
        await company.turn()
        assert "10 lugares gratis" in (await company.replies())[-1].body


async def test_ok_teaches_nothing(db: Database, database: support.Database, redis_url: str) -> None:
    async with demo_company(db, database, redis_url) as company:
        ceo = await ceo_of(company)
        await company.says("¿tienen estacionamiento?")
        await company.turn()
        async with db.tenant(company.tenant_id) as tx:
            talk = await company.conversation_id()
            await write_message(tx, ceo, talk, "Ya pregunto", key=None, now=company.tools.clock())
        async with db.tenant(company.tenant_id) as tx:
            assert await list_questions(tx, "proposed", before_id=2**62, most=9) == []


@pytest.mark.parametrize(
    ("burst", "says"),
    [
        ("¿Tienen garantía?", "Eso no lo sé."),
        ("Do you have a warranty?", "I don't know that."),
        ("Vocês têm garantia de troca?", "Isso eu não sei."),
    ],
)
def test_the_demo_brain_asks_first_and_owns_up_in_three_languages(burst: str, says: str) -> None:
    start = situation((burst,), tools=TOOLS | {"search_knowledge"})
    call = decide(start, ())
    assert isinstance(call, CallTool)
    assert (call.name, call.arguments) == ("search_knowledge", {"question": burst})
    nothing = ToolOutcome("search_knowledge", call.arguments, {"found": "nothing", "explanation": ""}, refused=False)
    reply = decide(start, (nothing,))
    assert isinstance(reply, Say)
    assert says in reply.text
