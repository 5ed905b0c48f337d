"""The rows of canned replies, each person's own and the company's, and of the search in messages."""

from __future__ import annotations

from uuid import uuid4

from core.json_types import Json
from core.paging import id_cursor
from orchestrator_service.auth.permissions import Permission
from tests.isolation.rows import MEMBERS, RECORDS, Ids, Row, Sent, State
from tests.isolation.ways import by_id

P = Permission
_ONE = "/chat/canned-replies/{canned_id}"
_OWN: tuple[State, ...] = ("own", "foreign", "missing", "colleague")


def _wording() -> dict[str, Json]:
    """Another shortcut each time: one keeps it once."""
    return {"title": "Price", "shortcut": uuid4().hex[:30], "text": "It is 90 a month."}


def _new(_ids: Ids, _own: Ids) -> Sent:
    return Sent(body=_wording())


def _changed(ids: Ids, _own: Ids) -> Sent:
    return Sent(path={"canned_id": ids.canned}, body=_wording())


def _around(ids: Ids, own: Ids) -> Sent:
    return Sent(path={"conversation_id": own.conversation}, query={"around": ids.message})


def _after(ids: Ids, own: Ids) -> Sent:
    return Sent(path={"conversation_id": own.conversation}, query={"after": id_cursor(ids.message)})


def _search(_ids: Ids, _own: Ids) -> Sent:
    return Sent(query={"q": "message"})


def _search_from(ids: Ids, _own: Ids) -> Sent:
    return Sent(query={"q": "message", "cursor": id_cursor(ids.message)})


CANNED_ROWS = (
    Row("GET", "/chat/canned-replies", P.CANNED_WRITE, 200),
    Row("POST", "/chat/canned-replies", P.CANNED_WRITE, 201, _new),
    Row("PUT", _ONE, P.CANNED_WRITE, 200, _changed, "id", _OWN, others=False),
    Row("DELETE", _ONE, P.CANNED_WRITE, 204, by_id("canned_id", "canned"), "id", _OWN, others=False),
    Row(
        "GET",
        "/chat/conversations/{conversation_id}/canned-replies",
        P.CONVERSATIONS_WRITE,
        200,
        by_id("conversation_id", "conversation"),
        "id",
        RECORDS,
    ),
)
SEARCH_ROWS = (
    Row("GET", "/chat/search", P.CONVERSATIONS_READ, 200, _search),
    Row("GET", "/chat/search", P.CONVERSATIONS_READ, 200, _search_from, "cursor", MEMBERS, absent=200),
    Row("GET", "/chat/conversations/{conversation_id}/messages", P.CONVERSATIONS_READ, 200, _around, "around", MEMBERS),
    Row(
        "GET",
        "/chat/conversations/{conversation_id}/messages",
        P.CONVERSATIONS_READ,
        200,
        _after,
        "after",
        MEMBERS,
        absent=200,
    ),
)
