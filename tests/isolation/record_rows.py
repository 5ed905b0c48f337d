"""The rows of what a team keeps on its leads: tags, fields, notes, tasks, edits of many, deleting, standing."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from core.json_types import Json
from core.paging import id_cursor, moment_cursor
from orchestrator_service.auth.permissions import Permission
from tests.isolation.rows import MEMBERS, RECORDS, Ids, Row, Sent
from tests.isolation.ways import by_id

P = Permission
_TAG, _LEAD_TAG = "/crm/tags/{tag_id}", "/crm/leads/{lead_id}/tags/{tag_id}"
_NOTES, _NOTE = "/crm/leads/{lead_id}/notes", "/crm/notes/{note_id}"
_TASKS, _TASK = "/crm/leads/{lead_id}/tasks", "/crm/tasks/{task_id}"
_BULK = "/crm/leads/bulk"


def _bulk(own: Ids, **edit: Json) -> Sent:
    return Sent(body={"lead_ids": [own.spare_lead], **edit})


def _named(_ids: Ids, _own: Ids) -> Sent:
    """Another name each time: a company keeps a tag once."""
    return Sent(body={"name": uuid4().hex[:30]})


def _field(_ids: Ids, _own: Ids) -> Sent:
    return Sent(body={"key": f"f{uuid4().hex[:20]}", "label": "Size", "type": "text"})


TAG_ROWS = (
    Row("GET", "/crm/tags", P.LEADS_READ, 200),
    Row("POST", "/crm/tags", P.LEADS_WRITE, 201, _named),
    Row("PATCH", _TAG, P.SETTINGS_WRITE, 200, by_id("tag_id", "tag", {"color": "ok"}), "id", MEMBERS),
    Row("DELETE", _TAG, P.SETTINGS_WRITE, 200, by_id("tag_id", "spare_tag"), "id", MEMBERS),
    *(
        row
        for method in ("PUT", "DELETE")
        for row in (
            Row(
                method,
                _LEAD_TAG,
                P.LEADS_WRITE,
                200,
                lambda ids, own: Sent(path={"lead_id": ids.lead, "tag_id": own.tag}),
                "lead",
                RECORDS,
            ),
            Row(
                method,
                _LEAD_TAG,
                P.LEADS_WRITE,
                200,
                lambda ids, own: Sent(path={"lead_id": own.lead, "tag_id": ids.tag}),
                "tag",
                MEMBERS,
            ),
        )
    ),
    Row(
        "GET",
        "/crm/leads",
        P.LEADS_READ,
        200,
        lambda ids, _o: Sent(query={"tag_id": ids.tag}),
        "tag",
        MEMBERS,
        absent=200,
    ),
)
FIELD_ROWS = (
    Row("GET", "/crm/fields", P.LEADS_READ, 200),
    Row("POST", "/crm/fields", P.SETTINGS_WRITE, 201, _field),
    Row("PUT", "/crm/fields/order", P.SETTINGS_WRITE, 409, lambda ids, _o: Sent(body={"ids": [ids.field]})),
    Row(
        "PATCH",
        "/crm/fields/{field_id}",
        P.SETTINGS_WRITE,
        200,
        by_id("field_id", "field", {"label": "X"}),
        "id",
        MEMBERS,
    ),
)
_REASONS = "/crm/pipeline/lost-reasons"
REASON_ROWS = (
    Row("GET", _REASONS, P.PIPELINE_READ, 200),
    Row("POST", _REASONS, P.PIPELINE_WRITE, 201, _named),
    Row("PUT", _REASONS + "/order", P.PIPELINE_WRITE, 409, lambda ids, _o: Sent(body={"ids": [ids.reason]})),
    Row(
        "PATCH",
        _REASONS + "/{reason_id}",
        P.PIPELINE_WRITE,
        200,
        by_id("reason_id", "reason", {"archived": True}),
        "id",
        MEMBERS,
    ),
)
NOTE_ROWS = (
    Row("GET", _NOTES, P.LEADS_READ, 200, by_id("lead_id", "lead"), "id", RECORDS),
    Row(
        "GET",
        _NOTES,
        P.LEADS_READ,
        200,
        lambda ids, own: Sent(path={"lead_id": own.lead}, query={"cursor": id_cursor(ids.note)}),
        "cursor",
        MEMBERS,
        absent=200,
    ),
    Row("POST", _NOTES, P.LEADS_WRITE, 201, by_id("lead_id", "lead", {"text": "Call first"}), "id", RECORDS),
    Row(
        "POST",
        _NOTES,
        P.LEADS_WRITE,
        201,
        lambda ids, own: Sent(path={"lead_id": own.lead}, body={"text": "Look", "mentions": [ids.user]}),
        "mention",
        MEMBERS,
        absent=409,
    ),
    Row("PATCH", _NOTE, P.LEADS_WRITE, 200, by_id("note_id", "note", {"text": "Changed"}), "id", MEMBERS),
    Row("DELETE", _NOTE, P.LEADS_WRITE, 204, by_id("note_id", "spare_note"), "id", MEMBERS),
)
TASK_ROWS = (
    Row("GET", "/crm/tasks", P.LEADS_READ, 200),
    Row(
        "GET",
        "/crm/tasks",
        P.LEADS_READ,
        200,
        lambda ids, _o: Sent(query={"lead_id": ids.lead}),
        "lead",
        MEMBERS,
        absent=200,
    ),
    Row(
        "GET",
        "/crm/tasks",
        P.LEADS_READ,
        200,
        lambda ids, _o: Sent(query={"cursor": moment_cursor(datetime(2026, 2, 1, tzinfo=UTC), ids.task)}),
        "cursor",
        MEMBERS,
        absent=200,
    ),
    Row("POST", _TASKS, P.LEADS_WRITE, 201, by_id("lead_id", "lead", {"title": "Call"}), "id", RECORDS),
    Row(
        "POST",
        _TASKS,
        P.LEADS_WRITE,
        201,
        lambda ids, own: Sent(path={"lead_id": own.lead}, body={"title": "Call", "assigned_user_id": ids.user}),
        "assignee",
        MEMBERS,
        absent=409,
    ),
    Row("PATCH", _TASK, P.LEADS_WRITE, 200, by_id("task_id", "task", {"status": "done"}), "id", RECORDS),
)
BULK_ROWS = (
    Row("POST", _BULK, P.LEADS_WRITE, 200, lambda i, o: _bulk(o, add_tag_ids=[i.tag]), "tag", MEMBERS),
    Row(
        "POST",
        _BULK,
        P.LEADS_WRITE,
        200,
        lambda i, o: _bulk(o, task={"title": "Call", "assigned_user_id": i.user}),
        "assignee",
        MEMBERS,
        absent=409,
    ),
    Row("POST", _BULK + "/{bulk_id}/undo", P.LEADS_WRITE, 200, by_id("bulk_id", "bulk"), "id", MEMBERS),
)
BIN_ROWS = (
    Row("DELETE", "/crm/leads/{lead_id}", P.LEADS_WRITE, 200, by_id("lead_id", "doomed"), "id", RECORDS),
    Row("POST", "/crm/leads/{lead_id}/restore", P.LEADS_WRITE, 200, by_id("lead_id", "doomed"), "id", RECORDS),
)
STANDING_ROWS = (
    Row("GET", "/crm/leads/{lead_id}/standing", P.LEADS_READ, 200, by_id("lead_id", "lead"), "id", RECORDS),
    Row("POST", "/crm/leads/{lead_id}/convert", P.CLIENTS_WRITE, 200, by_id("lead_id", "lead"), "id", RECORDS),
    Row("GET", "/crm/leads/{lead_id}/files", P.CONVERSATIONS_READ, 200, by_id("lead_id", "lead"), "id", RECORDS),
    Row(
        "GET",
        "/crm/leads/{lead_id}/files",
        P.CONVERSATIONS_READ,
        200,
        lambda ids, own: Sent(path={"lead_id": own.lead}, query={"cursor": id_cursor(ids.media)}),
        "cursor",
        MEMBERS,
        absent=200,
    ),
    Row(
        "POST",
        "/chat/conversations/{conversation_id}/qualification",
        P.CONVERSATIONS_WRITE,
        200,
        by_id("conversation_id", "conversation", {"interest": "warm", "score": 50}),
        "id",
        RECORDS,
    ),
)
RECORD_ROWS = (*TAG_ROWS, *FIELD_ROWS, *REASON_ROWS, *NOTE_ROWS, *TASK_ROWS, *BULK_ROWS, *BIN_ROWS, *STANDING_ROWS)
