"""The rows of the agent's script, its versions, and the conversations in which it is tried.

A change names the words that were read; here it names none that are, so whoever may change at all is told so.
"""

from __future__ import annotations

from core.json_types import Json
from core.paging import id_cursor
from orchestrator_service.auth.permissions import Permission
from tests.isolation.rows import MEMBERS, Ids, Row, Sent, State
from tests.isolation.ways import by_id

P = Permission
_STALE = "0" * 16
_SCRIPT: dict[str, Json] = {"agent_name": "Taken over", "offer": "Taken over"}
_ASKED: dict[str, Json] = {"messages": ["Hola"]}
_OWN: tuple[State, ...] = ("own", "foreign", "missing", "colleague")


def _draft(_ids: Ids, _own: Ids) -> Sent:
    return Sent(body={"version": _STALE, "script": _SCRIPT})


def _publish(_ids: Ids, _own: Ids) -> Sent:
    return Sent(body={"version": _STALE})


def _older(ids: Ids, _own: Ids) -> Sent:
    return Sent(query={"cursor": id_cursor(ids.version)})


SCRIPT_ROWS = (
    Row("GET", "/agent/script", P.AGENT_READ, 200),
    Row("PUT", "/agent/script/draft", P.AGENT_WRITE, 409, _draft),
    Row("DELETE", "/agent/script/draft", P.AGENT_WRITE, 200),
    Row("POST", "/agent/script/publish", P.AGENT_WRITE, 409, _publish),
    Row("GET", "/agent/versions", P.AGENT_READ, 200),
    Row("GET", "/agent/versions", P.AGENT_READ, 200, _older, "cursor", MEMBERS, absent=200),
    Row("GET", "/agent/versions/{version_id}", P.AGENT_READ, 200, by_id("version_id", "version"), "id", MEMBERS),
    Row(
        "POST",
        "/agent/versions/{version_id}/restore",
        P.AGENT_WRITE,
        200,
        by_id("version_id", "version"),
        "id",
        MEMBERS,
    ),
    Row("POST", "/agent/playground/runs", P.AGENT_WRITE, 201, lambda _i, _o: Sent(body=_ASKED)),
    Row(
        "POST",
        "/agent/playground/runs/{run_id}/messages",
        P.AGENT_WRITE,
        200,
        by_id("run_id", "run", _ASKED),
        "id",
        _OWN,
        others=False,
    ),
    Row(
        "GET",
        "/agent/playground/runs/{run_id}",
        P.AGENT_WRITE,
        200,
        by_id("run_id", "run"),
        "id",
        _OWN,
        others=False,
    ),
)
