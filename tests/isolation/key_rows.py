"""The rows of API keys: for the ceo alone, logged in, and never another company's, nor in the name of its people."""

from __future__ import annotations

from orchestrator_service.auth.permissions import Permission
from tests.isolation.rows import MEMBERS, Ids, Row, Sent
from tests.isolation.ways import by_cursor, by_id

_PATH = "/admin/core/api-keys"
_READ, _WRITE = Permission.API_KEYS_READ, Permission.API_KEYS_WRITE


def _key_for(ids: Ids, _own: Ids) -> Sent:
    return Sent(body={"name": "Made", "scopes": ["leads.read"], "user_id": ids.user})


KEY_ROWS = (
    Row("GET", _PATH, _READ, 200),
    Row("GET", _PATH, _READ, 200, by_cursor, "cursor", MEMBERS, absent=200),
    Row("POST", _PATH, _WRITE, 201, lambda _i, _o: Sent(body={"name": "Made", "scopes": ["leads.read"]})),
    Row("POST", _PATH, _WRITE, 201, _key_for, "user", MEMBERS),
    Row("POST", f"{_PATH}/{{key_id}}/rotate", _WRITE, 200, by_id("key_id", "api_key"), "id", MEMBERS),
    Row("DELETE", f"{_PATH}/{{key_id}}", _WRITE, 204, by_id("key_id", "api_key"), "id", MEMBERS),
    Row("POST", "/mcp", None, 403, lambda _i, _o: Sent(body={"jsonrpc": "2.0", "id": 1, "method": "tools/list"})),
)
