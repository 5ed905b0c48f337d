"""Rows of outgoing webhooks, of where leads come from, and of the doors that strangers knock on."""

from __future__ import annotations

from uuid import uuid4

from core.json_types import Json
from core.paging import id_cursor
from orchestrator_service.auth.permissions import Permission
from tests.isolation.rows import MEMBERS, Ids, Row, Sent
from tests.isolation.ways import by_id

P = Permission
_HOOKS = "/admin/core/webhooks"
_HOOK = f"{_HOOKS}/{{endpoint_id}}"
_SOURCES = "/admin/core/lead-sources"
_SOURCE = f"{_SOURCES}/{{source_id}}"
_KEY = "A" * 24


def _new_hook(_ids: Ids, _own: Ids) -> Sent:
    return Sent(body={"name": uuid4().hex, "url": "https://hooks.example.com/x", "event_types": ["NEW_LEAD"]})


def _new_source(_ids: Ids, _own: Ids) -> Sent:
    return Sent(body={"kind": "hook", "name": uuid4().hex})


def _replayed(ids: Ids, own: Ids) -> Sent:
    return Sent(path={"endpoint_id": own.endpoint, "delivery_id": ids.delivery})


def _owned(ids: Ids, own: Ids) -> Sent:
    owners: list[Json] = [ids.user]
    return Sent(path={"source_id": own.source}, body={"owner_ids": owners})


def _log_from(ids: Ids, own: Ids) -> Sent:
    return Sent(path={"endpoint_id": own.endpoint}, query={"cursor": id_cursor(ids.delivery)})


def _received_from(ids: Ids, own: Ids) -> Sent:
    return Sent(path={"source_id": own.source}, query={"cursor": id_cursor(ids.source)})


_SINCE: dict[str, Json] = {"since": "2026-01-01T00:00:00Z"}
HOOK_ROWS = (
    Row("GET", _HOOKS, P.WEBHOOKS_READ, 200),
    Row("POST", _HOOKS, P.WEBHOOKS_WRITE, 201, _new_hook),
    Row("PATCH", _HOOK, P.WEBHOOKS_WRITE, 200, by_id("endpoint_id", "endpoint", {"name": "Other"}), "id", MEMBERS),
    Row("DELETE", _HOOK, P.WEBHOOKS_WRITE, 204, by_id("endpoint_id", "spare_endpoint"), "id", MEMBERS),
    Row("POST", f"{_HOOK}/secret", P.WEBHOOKS_WRITE, 200, by_id("endpoint_id", "endpoint"), "id", MEMBERS),
    Row("POST", f"{_HOOK}/ping", P.WEBHOOKS_WRITE, 202, by_id("endpoint_id", "endpoint"), "id", MEMBERS),
    Row("GET", f"{_HOOK}/deliveries", P.WEBHOOKS_READ, 200, by_id("endpoint_id", "endpoint"), "id", MEMBERS),
    Row("GET", f"{_HOOK}/deliveries", P.WEBHOOKS_READ, 200, _log_from, "cursor", MEMBERS, absent=200),
    Row("POST", f"{_HOOK}/deliveries/{{delivery_id}}/replay", P.WEBHOOKS_WRITE, 202, _replayed, "delivery", MEMBERS),
    Row("POST", f"{_HOOK}/replay", P.WEBHOOKS_WRITE, 202, by_id("endpoint_id", "endpoint", _SINCE), "id", MEMBERS),
    Row("GET", _SOURCES, P.SETTINGS_READ, 200),
    Row("POST", _SOURCES, P.SETTINGS_WRITE, 201, _new_source),
    Row("PATCH", _SOURCE, P.SETTINGS_WRITE, 200, by_id("source_id", "source", {"name": "Other"}), "id", MEMBERS),
    Row("PATCH", _SOURCE, P.SETTINGS_WRITE, 200, _owned, "owner", MEMBERS),
    Row("POST", f"{_SOURCE}/secret", P.SETTINGS_WRITE, 200, by_id("source_id", "source"), "id", MEMBERS),
    Row("GET", f"{_SOURCE}/received", P.SETTINGS_READ, 200, by_id("source_id", "source"), "id", MEMBERS),
    Row("GET", f"{_SOURCE}/received", P.SETTINGS_READ, 200, _received_from, "cursor", MEMBERS, absent=200),
    Row("GET", f"{_SOURCE}/questions", P.SETTINGS_READ, 409, by_id("source_id", "source"), "id", MEMBERS),  # a hook
    Row("GET", "/f/page.css", None, 200, public=True),
    Row("GET", "/f/{key}", None, 404, lambda _i, _o: Sent(path={"key": _KEY}), public=True),
    Row("GET", "/f/{key}/thanks", None, 404, lambda _i, _o: Sent(path={"key": _KEY}), public=True),
    Row("POST", "/f/{key}", None, 404, lambda _i, _o: Sent(path={"key": _KEY}), public=True),
    Row("POST", "/in/{key}", None, 404, lambda _i, _o: Sent(path={"key": _KEY}), public=True),
)
