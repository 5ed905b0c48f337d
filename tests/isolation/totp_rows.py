"""The rows of second factors: one's own, the company's wish, and a colleague's that is taken off.

Nobody here has one: what needs one is refused before it is reached, and the password that is sent is nobody's.
"""

from __future__ import annotations

from orchestrator_service.auth.permissions import Permission
from tests.isolation.rows import MEMBERS, Row, Sent
from tests.isolation.ways import by_id

_BOTH = {"password": "none of them", "code": "123456"}
TOTP_ROWS = (
    Row(
        "POST",
        "/auth/login/code",
        None,
        401,
        lambda _i, _o: Sent(body={"challenge": "x", "code": "123456"}),
        public=True,
    ),
    Row("GET", "/auth/totp", None, 200),
    Row("POST", "/auth/totp", None, 403, lambda _i, _o: Sent(body={"password": "none of them"})),
    Row("POST", "/auth/totp/confirm", None, 409, lambda _i, _o: Sent(body={"code": "123456"})),
    Row("POST", "/auth/totp/off", None, 403, lambda _i, _o: Sent(body=_BOTH)),
    Row("POST", "/auth/totp/recovery-codes", None, 403, lambda _i, _o: Sent(body=_BOTH)),
    Row("GET", "/admin/core/security", Permission.SETTINGS_READ, 200),
    # As it is: required, it would shut everybody here out of everything else.
    Row(
        "PUT",
        "/admin/core/security",
        Permission.SETTINGS_WRITE,
        200,
        lambda _i, _o: Sent(body={"require_totp": False}),
    ),
    Row(
        "POST",
        "/admin/core/users/{user_id}/totp/reset",
        Permission.USERS_WRITE,
        200,
        by_id("user_id", "spare_user"),
        "id",
        MEMBERS,
    ),
)
