"""`/agent/knowledge/questions`, `/ask` and `/meaning`: what nothing answers, what is cited, how it is found."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, status

from core.egress import Egress
from core.model_route import ModelRoute
from core.paging import DEFAULT_PAGE, LARGEST_PAGE, Page, id_before, id_cursor, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, Door, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.knowledge.embedding import embedding_route
from orchestrator_service.knowledge.meaning_settings import change_meaning, read_meaning
from orchestrator_service.knowledge.questions import (
    approve_question,
    dismiss_question,
    list_questions,
    reopen_question,
)
from orchestrator_service.knowledge.schemas import (
    DocumentView,
    FaqBody,
    HitsView,
    HitView,
    KnowledgeAskBody,
    MeaningBody,
    MeaningView,
    QuestionView,
)
from orchestrator_service.knowledge.search import find_passages

router = APIRouter(prefix="/agent/knowledge", tags=["knowledge"], route_class=ModelRoute)

Reader = Annotated[Principal, Depends(permit(Permission.KNOWLEDGE_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.KNOWLEDGE_WRITE))]
_READS = [Depends(rate_limit("100/minute", scope="agent.knowledge.questions"))]
_WRITES = [Depends(rate_limit("60/minute", scope="agent.knowledge.decide"))]


async def way_out(request: Request) -> Egress:
    """The egress client; made with the app."""
    egress = request.app.state.egress
    assert isinstance(egress, Egress)
    return egress


@router.post("/ask", dependencies=_WRITES)
@audit_access("knowledge.ask", subject="knowledge")
async def post_ask(
    body: KnowledgeAskBody, database: Db, door: Door, principal: Reader, egress: Annotated[Egress, Depends(way_out)]
) -> HitsView:
    """The passages that the agent would be given for a question; nothing is recorded."""
    async with database.tenant(principal.tenant_id) as tx:
        route = await embedding_route(tx, door.keyring)
    hits = await find_passages(database, principal.tenant_id, body.question, route=route, egress=egress)
    return HitsView(items=[HitView.of(hit) for hit in hits])


@router.get("/questions", dependencies=_READS)
@audit_access("knowledge.questions", subject="knowledge")
async def get_questions(
    database: Db,
    principal: Reader,
    state: Literal["open", "proposed"] = "proposed",
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE,
) -> Page[QuestionView]:
    """Questions that nothing answers (`open`), and those to which a person's answer waits for approval (`proposed`)."""
    before = id_before(cursor)
    async with database.tenant(principal.tenant_id) as tx:
        found = await list_questions(tx, state, before_id=before, most=limit + 1)
    return page(found, limit, show=QuestionView.of, cursor=lambda question: id_cursor(question.id))


@router.post("/questions/{question_id}/approve", status_code=status.HTTP_201_CREATED, dependencies=_WRITES)
@audit_access("knowledge.approve", subject="knowledge_question")
async def post_approve(question_id: int, body: FaqBody, database: Db, principal: Writer) -> DocumentView:
    """Know this answer from now on. 409 `already_decided`, `already_known`, `too_many_documents`."""
    async with database.tenant(principal.tenant_id) as tx:
        return DocumentView.of(await approve_question(tx, principal, question_id, body.question, body.answer))


@router.post("/questions/{question_id}/dismiss", status_code=status.HTTP_204_NO_CONTENT, dependencies=_WRITES)
@audit_access("knowledge.dismiss", subject="knowledge_question")
async def post_dismiss(question_id: int, database: Db, principal: Writer) -> None:
    """It is not worth knowing. 409 `already_decided`."""
    async with database.tenant(principal.tenant_id) as tx:
        await dismiss_question(tx, principal, question_id)


@router.post("/questions/{question_id}/reopen", status_code=status.HTTP_204_NO_CONTENT, dependencies=_WRITES)
@audit_access("knowledge.reopen", subject="knowledge_question")
async def post_reopen(question_id: int, database: Db, principal: Writer) -> None:
    """It was dismissed by mistake. 409 `already_decided`."""
    async with database.tenant(principal.tenant_id) as tx:
        await reopen_question(tx, principal, question_id)


@router.get("/meaning", dependencies=_READS)
@audit_access("knowledge.meaning", subject="knowledge")
async def get_meaning(database: Db, principal: Reader) -> MeaningView:
    """Which model finds passages by what they mean, and how far it is."""
    async with database.tenant(principal.tenant_id) as tx:
        return MeaningView.of(await read_meaning(tx))


@router.put("/meaning", dependencies=_WRITES)
@audit_access("knowledge.change_meaning", subject="knowledge")
async def put_meaning(body: MeaningBody, database: Db, principal: Writer) -> MeaningView:
    """Another model, or none; every passage is read anew."""
    async with database.tenant(principal.tenant_id) as tx:
        return MeaningView.of(await change_meaning(tx, principal, body.settings()))
