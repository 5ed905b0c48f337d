"""The rows of the company's numbers: for the ceo alone, and never another company's."""

from __future__ import annotations

from orchestrator_service.auth.permissions import Permission
from tests.isolation.rows import MEMBERS, Row, Sent
from tests.isolation.ways import by_id

_PATH = "/admin/core/channels"
_NEW = {
    "provider": "meta",
    "name": "Taken over",
    "business_number": "+5491130007777",
    "phone_number_id": "106540352247777",
}

CHANNEL_ROWS = (
    Row("GET", _PATH, Permission.SETTINGS_READ, 200),
    Row("POST", _PATH, Permission.SETTINGS_WRITE, 201, lambda _ids, _own: Sent(body=_NEW)),
    Row("PUT", f"{_PATH}/sending", Permission.SETTINGS_WRITE, 204, lambda _ids, _own: Sent(body={"paused": False})),
    Row(
        "PATCH",
        f"{_PATH}/{{channel_id}}",
        Permission.SETTINGS_WRITE,
        200,
        by_id("channel_id", "channel", {"name": "Taken over"}),
        states=MEMBERS,
    ),
    *(
        Row(
            "POST",
            f"{_PATH}/{{channel_id}}/{act}",
            Permission.SETTINGS_WRITE,
            ok,
            by_id("channel_id", "channel"),
            states=MEMBERS,
        )
        for act, ok in (("address", 200), ("check", 202))
    ),
)
