"""Rows of alerts outside the app: the caller's own browsers and wishes, and what the ceo decides for everybody.

This installation has no push key, so nobody switches a browser on; the template of the records takes no variables.
"""

from __future__ import annotations

from orchestrator_service.auth.permissions import Permission
from tests.isolation.rows import MEMBERS, Ids, Row, Sent
from tests.isolation.ways import by_id


def _subscription(_ids: Ids, _own: Ids) -> Sent:
    keys = {"p256dh": "B" + "A" * 86, "auth": "A" * 22}
    return Sent(body={"endpoint": "https://push.example/taken-over", "keys": dict(keys)})


def _wishes(_ids: Ids, _own: Ids) -> Sent:
    return Sent(body={"channels": {}, "quiet_from": None, "quiet_to": None, "zone": None, "phone": None})


def _rules(template_id: int | None) -> Sent:
    return Sent(body={"show_names": True, "template_id": template_id})


ALERT_ROWS = (
    Row("GET", "/notifications/push", None, 200),
    Row("POST", "/notifications/push", None, 409, _subscription),
    Row(
        "DELETE",
        "/notifications/push/{device_id}",
        None,
        204,
        by_id("device_id", "device"),
        "id",
        ("own", "foreign", "missing", "colleague"),
        others=False,
    ),
    Row("GET", "/notifications/alerts", None, 200),
    Row("PUT", "/notifications/alerts", None, 200, _wishes),
    Row("PUT", "/notifications/alerts/company", Permission.SETTINGS_WRITE, 200, lambda _i, _o: _rules(None)),
    Row(
        "PUT",
        "/notifications/alerts/company",
        Permission.SETTINGS_WRITE,
        409,
        lambda ids, _own: _rules(ids.template),
        "template",
        MEMBERS,
    ),
)
