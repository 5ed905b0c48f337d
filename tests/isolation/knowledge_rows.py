"""The rows of what the agent may cite: documents, and the questions that none of them answers."""

from __future__ import annotations

from uuid import uuid4

from core.json_types import Json
from core.paging import id_cursor
from orchestrator_service.auth.permissions import Permission
from tests.isolation.rows import MEMBERS, Ids, Row, Sent, State
from tests.isolation.ways import by_id

P = Permission
_BASE = "/agent/knowledge"
_ONE = _BASE + "/documents/{document_id}"
_QUESTION = _BASE + "/questions/{question_id}"
_OWN: tuple[State, ...] = ("own", "foreign", "missing")


def _text() -> dict[str, Json]:
    """Other words each time: the same are known once."""
    return {"title": "Prices", "text": f"It is 90 a month, {uuid4().hex}."}


def _faq() -> dict[str, Json]:
    return {"question": f"How much is {uuid4().hex}?", "answer": "90 a month."}


def _new_text(_ids: Ids, _own: Ids) -> Sent:
    return Sent(body=_text())


def _new_faq(_ids: Ids, _own: Ids) -> Sent:
    return Sent(body=_faq())


def _new_page(_ids: Ids, _own: Ids) -> Sent:
    return Sent(body={"url": f"https://example.com/{uuid4().hex}"})


def _ask(_ids: Ids, _own: Ids) -> Sent:
    return Sent(body={"question": "knowledge"})


def _documents_from(ids: Ids, _own: Ids) -> Sent:
    return Sent(query={"cursor": id_cursor(ids.document)})


def _questions_from(ids: Ids, _own: Ids) -> Sent:
    return Sent(query={"state": "open", "cursor": id_cursor(ids.question)})


def _other_text(ids: Ids, _own: Ids) -> Sent:
    return Sent(path={"document_id": ids.document}, body=_text())


def _other_faq(ids: Ids, _own: Ids) -> Sent:
    return Sent(path={"document_id": ids.faq}, body=_faq())


def _approve(ids: Ids, _own: Ids) -> Sent:
    return Sent(path={"question_id": ids.question}, body=_faq())


def _meaning(_ids: Ids, _own: Ids) -> Sent:
    return Sent(body={"model": "", "base_url": ""})


KNOWLEDGE_ROWS = (
    Row("GET", f"{_BASE}/documents", P.KNOWLEDGE_READ, 200),
    Row("GET", f"{_BASE}/documents", P.KNOWLEDGE_READ, 200, _documents_from, "cursor", MEMBERS, absent=200),
    Row("GET", _ONE, P.KNOWLEDGE_READ, 200, by_id("document_id", "document"), "id", _OWN),
    Row("POST", f"{_BASE}/texts", P.KNOWLEDGE_WRITE, 201, _new_text),
    Row("PUT", _BASE + "/texts/{document_id}", P.KNOWLEDGE_WRITE, 200, _other_text, "id", _OWN),
    Row("POST", f"{_BASE}/pages", P.KNOWLEDGE_WRITE, 201, _new_page),
    Row("POST", f"{_BASE}/faq", P.KNOWLEDGE_WRITE, 201, _new_faq),
    Row("PUT", _BASE + "/faq/{document_id}", P.KNOWLEDGE_WRITE, 200, _other_faq, "id", _OWN),
    Row("POST", f"{_BASE}/files", P.KNOWLEDGE_WRITE, 422),  # the matrix sends no file: there is no word in it
    Row("POST", f"{_ONE}/read-again", P.KNOWLEDGE_WRITE, 200, by_id("document_id", "document"), "id", _OWN),
    Row("DELETE", _ONE, P.KNOWLEDGE_WRITE, 204, by_id("document_id", "document"), "id", _OWN),
    Row("POST", f"{_ONE}/restore", P.KNOWLEDGE_WRITE, 200, by_id("document_id", "document"), "id", _OWN),
    Row("POST", f"{_BASE}/ask", P.KNOWLEDGE_READ, 200, _ask),
    Row("GET", f"{_BASE}/questions", P.KNOWLEDGE_READ, 200),
    Row("GET", f"{_BASE}/questions", P.KNOWLEDGE_READ, 200, _questions_from, "cursor", MEMBERS, absent=200),
    Row("POST", f"{_QUESTION}/dismiss", P.KNOWLEDGE_WRITE, 204, by_id("question_id", "question"), "id", _OWN),
    Row("POST", f"{_QUESTION}/reopen", P.KNOWLEDGE_WRITE, 204, by_id("question_id", "question"), "id", _OWN),
    Row("POST", f"{_QUESTION}/approve", P.KNOWLEDGE_WRITE, 201, _approve, "id", _OWN),
    Row("GET", f"{_BASE}/meaning", P.KNOWLEDGE_READ, 200),
    Row("PUT", f"{_BASE}/meaning", P.KNOWLEDGE_WRITE, 200, _meaning),
)
