"""Rows of templates, of what is written by itself, and of broadcasts."""

from __future__ import annotations

from collections.abc import Mapping

from core.json_types import Json
from orchestrator_service.auth.permissions import Permission
from tests.isolation.rows import MEMBERS, RECORDS, Ids, Row, Sent
from tests.isolation.ways import by_cursor, by_id

P = Permission
_CONVERSATION = "/chat/conversations/{conversation_id}/templates"
_TRIGGER = "/chat/triggers/{kind}/{step}"
_BROADCAST = "/chat/broadcasts/{broadcast_id}"


def _template(ids: Ids, **more: Json) -> Mapping[str, Json]:
    return {"template_id": ids.template, **more}


TEMPLATE_ROWS = (
    Row("GET", "/chat/templates", P.TEMPLATES_READ, 200),
    Row("GET", "/chat/templates", P.TEMPLATES_READ, 200, by_cursor, "cursor", MEMBERS, absent=200),
    Row("GET", "/chat/templates/sync", P.TEMPLATES_READ, 200),
    Row("POST", "/chat/templates/sync", P.TEMPLATES_WRITE, 202),
    Row("GET", "/chat/triggers", P.TEMPLATES_READ, 200),
    Row(
        "PUT",
        _TRIGGER,
        P.TEMPLATES_WRITE,
        200,
        lambda ids, _own: Sent(path={"kind": "confirmation", "step": 0}, body=_template(ids, enabled=False)),
        "template",
        MEMBERS,
    ),
    Row("DELETE", "/chat/triggers/reactivation/{step}", P.TEMPLATES_WRITE, 404, lambda _i, _o: Sent(path={"step": 4})),
    Row("GET", _CONVERSATION, P.CONVERSATIONS_WRITE, 200, by_id("conversation_id", "conversation"), "id", RECORDS),
    Row(
        "POST",
        _CONVERSATION,
        P.CONVERSATIONS_WRITE,
        201,
        lambda ids, own: Sent(path={"conversation_id": ids.conversation}, body=_template(own)),
        "id",
        RECORDS,
    ),
    Row(
        "POST",
        _CONVERSATION,
        P.CONVERSATIONS_WRITE,
        201,
        lambda ids, own: Sent(path={"conversation_id": own.conversation}, body=_template(ids)),
        "template",
        MEMBERS,
    ),
    Row(
        "POST",
        "/chat/conversations",
        P.CONVERSATIONS_WRITE,
        201,
        lambda ids, own: Sent(body=_template(own, lead_id=ids.lead)),
        "lead",
        RECORDS,
    ),
    Row(
        "POST",
        "/chat/conversations",
        P.CONVERSATIONS_WRITE,
        201,
        lambda ids, own: Sent(body=_template(ids, lead_id=own.lead)),
        "template",
        MEMBERS,
    ),
    Row("GET", "/chat/leads/{lead_id}/templates", P.CONVERSATIONS_WRITE, 200, by_id("lead_id", "lead"), "id", RECORDS),
)
BROADCAST_ROWS = (
    Row("GET", "/chat/broadcasts", P.BROADCASTS_READ, 200),
    Row("GET", "/chat/broadcasts", P.BROADCASTS_READ, 200, by_cursor, "cursor", MEMBERS, absent=200),
    Row(
        "POST",
        "/chat/broadcasts/preview",
        P.BROADCASTS_WRITE,
        200,
        lambda ids, _own: Sent(body=_template(ids)),
        "template",
        MEMBERS,
    ),
    Row(
        "POST",
        "/chat/broadcasts/preview",
        P.BROADCASTS_WRITE,
        200,
        lambda ids, own: Sent(body=_template(own, filters={"owner_user_id": ids.user})),
        "owner",
        MEMBERS,
        absent=200,
    ),
    Row(
        "POST",
        "/chat/broadcasts",
        P.BROADCASTS_WRITE,
        201,
        lambda ids, _own: Sent(body=_template(ids, name="News")),
        "template",
        MEMBERS,
    ),
    *(
        Row(method, _BROADCAST + end, permission, 200, by_id("broadcast_id", "broadcast"), "id", MEMBERS)
        for method, end, permission in (
            ("GET", "", P.BROADCASTS_READ),
            ("GET", "/recipients", P.BROADCASTS_READ),
            ("POST", "/pause", P.BROADCASTS_WRITE),
            ("POST", "/resume", P.BROADCASTS_WRITE),
        )
    ),
    Row(
        "POST",
        _BROADCAST + "/cancel",
        P.BROADCASTS_WRITE,
        200,
        by_id("broadcast_id", "spare_broadcast"),
        "id",
        MEMBERS,
    ),
    Row(
        "GET",
        _BROADCAST + "/recipients",
        P.BROADCASTS_READ,
        200,
        lambda ids, own: Sent(path={"broadcast_id": own.broadcast}, query=by_cursor(ids, own).query),
        "cursor",
        MEMBERS,
        absent=200,
    ),
)
