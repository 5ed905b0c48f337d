"""Rows of invitations, links and passwords. Their links are signed: without one, nobody reaches anybody's account."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from core.json_types import Json
from core.paging import id_cursor
from orchestrator_service.auth.permissions import Permission
from tests.isolation.rows import MEMBERS, Ids, Row, Sent
from tests.isolation.ways import by_id

P = Permission
_PASSWORD = "nine purple lanterns drift"
_NEW_PASSWORD: Mapping[str, Json] = {"token": "not.of.ours", "password": _PASSWORD}
_CHANGE: Mapping[str, Json] = {"old": "none of them", "new": _PASSWORD}
_USER = "/admin/core/users/{user_id}"
_INVITATION = "/admin/core/invitations/{invitation_id}"


def _forgot(ids: Ids, _own: Ids) -> Sent:
    return Sent(body={"email": f"nobody-{ids.user}@example.com"})


def _invite(_ids: Ids, _own: Ids) -> Sent:
    """Somebody else each time: one open invitation an e-mail."""
    return Sent(body={"email": f"{uuid4().hex}@example.com", "name": "Nobody", "role": "closer"})


PUBLIC_ACCOUNT_ROWS = (
    Row("POST", "/auth/forgot", None, 202, _forgot, public=True),
    Row(
        "POST",
        "/auth/link",
        None,
        403,
        lambda _i, _o: Sent(body={"token": "not.of.ours", "purpose": "reset"}),
        public=True,
    ),
    Row("POST", "/auth/reset", None, 403, lambda _i, _o: Sent(body=_NEW_PASSWORD), public=True),
    Row("POST", "/auth/invitation", None, 403, lambda _i, _o: Sent(body=_NEW_PASSWORD), public=True),
)
ACCOUNT_ROWS = (
    Row("POST", "/auth/password", None, 403, lambda _i, _o: Sent(body=_CHANGE)),
    Row("GET", "/admin/core/invitations", P.USERS_READ, 200),
    Row(
        "GET",
        "/admin/core/invitations",
        P.USERS_READ,
        200,
        lambda ids, _own: Sent(query={"cursor": id_cursor(ids.invitation)}),
        "cursor",
        MEMBERS,
        absent=200,
    ),
    Row("POST", "/admin/core/invitations", P.USERS_WRITE, 201, _invite),
    Row("POST", f"{_INVITATION}/resend", P.USERS_WRITE, 200, by_id("invitation_id", "invitation"), "id", MEMBERS),
    Row("DELETE", _INVITATION, P.USERS_WRITE, 204, by_id("invitation_id", "invitation"), "id", MEMBERS),
    # In this order: a link that is made answers the request.
    Row("DELETE", f"{_USER}/reset-request", P.USERS_WRITE, 204, by_id("user_id", "forgetful"), "id", MEMBERS),
    Row("POST", f"{_USER}/reset-link", P.USERS_WRITE, 200, by_id("user_id", "forgetful"), "id", MEMBERS),
)
