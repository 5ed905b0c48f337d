"""Rows of the conversations and of how the agent works."""

from __future__ import annotations

from core.paging import id_cursor
from orchestrator_service.auth.permissions import Permission
from tests.isolation.rows import MEMBERS, RECORDS, Row, Sent
from tests.isolation.ways import by_id, by_moment

P = Permission

_CONVERSATION = "/chat/conversations/{conversation_id}"
CHAT_ROWS = (
    Row("GET", "/chat/conversations", P.CONVERSATIONS_READ, 200),
    Row("GET", "/chat/conversations", P.CONVERSATIONS_READ, 200, by_moment, "cursor", MEMBERS, absent=200),
    *(
        Row(method, _CONVERSATION + end, permission, 200, by_id("conversation_id", "conversation"), "id", RECORDS)
        for method, end, permission in (
            ("GET", "", P.CONVERSATIONS_READ),
            ("GET", "/messages", P.CONVERSATIONS_READ),
            ("GET", "/draft", P.CONVERSATIONS_READ),
            ("POST", "/takeover", P.CONVERSATIONS_WRITE),
            ("POST", "/resume", P.CONVERSATIONS_WRITE),
            ("POST", "/close", P.CONVERSATIONS_WRITE),
            ("POST", "/reopen", P.CONVERSATIONS_WRITE),
        )
    ),
    Row(
        "PATCH",
        _CONVERSATION,
        P.CONVERSATIONS_WRITE,
        200,
        by_id("conversation_id", "conversation", {"agent_mode": "draft"}),
        "id",
        RECORDS,
    ),
    *(
        Row("POST", _CONVERSATION + end, permission, ok, by_id("conversation_id", "conversation", body), "id", RECORDS)
        for end, permission, ok, body in (
            ("/messages", P.CONVERSATIONS_WRITE, 409, {"text": "too late"}),
            ("/attachments", P.CONVERSATIONS_WRITE, 409, {"too": "late"}),
            ("/notes", P.CONVERSATIONS_WRITE, 201, {"text": "call before noon"}),
            ("/read", P.CONVERSATIONS_READ, 200, {}),
            ("/draft/approve", P.CONVERSATIONS_WRITE, 409, {"turn_id": 1}),
            ("/draft/discard", P.CONVERSATIONS_WRITE, 409, {"turn_id": 1}),
        )
    ),
    Row(
        "POST",
        _CONVERSATION + "/assign",
        P.CONVERSATIONS_WRITE,
        200,
        lambda ids, own: Sent(path={"conversation_id": ids.conversation}, body={"user_id": own.user}),
        "id",
        ("own", "foreign", "missing"),
    ),
    Row(
        "POST",
        _CONVERSATION + "/assign",
        P.CONVERSATIONS_WRITE,
        200,
        lambda ids, own: Sent(path={"conversation_id": own.spare_conversation}, body={"user_id": ids.user}),
        "user",
        MEMBERS,
        also=P.LEADS_ASSIGN,
    ),
    Row(
        "GET",
        _CONVERSATION + "/messages",
        P.CONVERSATIONS_READ,
        200,
        lambda ids, own: Sent(path={"conversation_id": own.conversation}, query={"cursor": id_cursor(ids.lead)}),
        "cursor",
        MEMBERS,
        absent=200,
    ),
)
MEDIA_ROWS = (
    Row("GET", "/chat/media/{media_id}", P.CONVERSATIONS_READ, 200, by_id("media_id", "media"), "id", RECORDS),
)
AGENT_ROWS = (
    Row("GET", "/agent/settings", P.AGENT_READ, 200),
    Row(
        "GET",
        "/agent/turns",
        P.CONVERSATIONS_READ,
        200,
        lambda ids, _own: Sent(query={"conversation_id": ids.conversation}),
        "conversation",
        RECORDS,
    ),
    Row("GET", "/agent/turns/{turn_id}", P.CONVERSATIONS_READ, 200, by_id("turn_id", "turn"), "id", RECORDS),
    Row("GET", "/agent/spending", P.AGENT_READ, 200),
    # Neither company has a model.
    Row("POST", "/agent/model/check", P.AGENT_WRITE, 404, lambda _i, _o: Sent(body={"position": 0})),
    Row("PATCH", "/agent/settings", P.AGENT_WRITE, 200, lambda _i, _o: Sent(body={"agent_mode": "autopilot"})),
)
