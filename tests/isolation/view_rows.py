"""The rows of saved views, each person's own, and of the board's figures."""

from __future__ import annotations

from uuid import uuid4

from orchestrator_service.auth.permissions import Permission
from tests.isolation.rows import MEMBERS, Ids, Row, Sent, State


def _new_view(_ids: Ids, _own: Ids) -> Sent:
    """Another name each time: one keeps a name once."""
    return Sent(body={"name": uuid4().hex, "filters": {"interest": "hot", "unassigned": True}})


def _renamed(ids: Ids, _own: Ids) -> Sent:
    return Sent(path={"view_id": ids.view}, body={"name": "Renamed"})


_VIEWS: tuple[State, ...] = ("own", "foreign", "missing", "colleague")
VIEW_ROWS = (
    Row("GET", "/crm/pipeline/summary", Permission.PIPELINE_READ, 200),
    Row(
        "GET",
        "/crm/pipeline/summary",
        Permission.PIPELINE_READ,
        200,
        lambda ids, _own: Sent(query={"owner_user_id": ids.user}),
        "owner",
        MEMBERS,
        absent=200,
    ),
    Row("GET", "/crm/views", Permission.LEADS_READ, 200),
    Row("POST", "/crm/views", Permission.LEADS_READ, 201, _new_view),
    Row(
        "PATCH",
        "/crm/views/{view_id}",
        Permission.LEADS_READ,
        200,
        _renamed,
        "id",
        _VIEWS,
        others=False,
    ),
    Row(
        "DELETE",
        "/crm/views/{view_id}",
        Permission.LEADS_READ,
        204,
        lambda ids, _own: Sent(path={"view_id": ids.view}),
        "id",
        _VIEWS,
        others=False,
    ),
)
