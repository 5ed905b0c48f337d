"""The rows of the company's settings and stages, and of the news of the audit log.

A change names the version that was read; here it names none that is, so whoever may change at all is told so.
"""

from __future__ import annotations

from core.json_types import Json
from orchestrator_service.auth.permissions import Permission
from tests.isolation.rows import MEMBERS, Ids, Row, Sent

_STALE = "0" * 16
_SECTIONS: dict[str, dict[str, Json]] = {
    "company": {
        "name": "Taken over",
        "country": "BR",
        "zone": "America/Sao_Paulo",
        "language": "pt",
        "currency": "BRL",
        "vocabulary": "patients",
    },
    "agent": {
        "agent_name": "Taken over",
        "agent_mode": "off",
        "quiet_seconds": 1,
        "maximum_wait_seconds": 2,
        "takeover_hours": 3,
        "agent_hours": {},
        "ai_disclosure": False,
        "turns_per_day": None,
    },
    "meetings": {
        "meeting_minutes": 45,
        "slot_granularity_minutes": 15,
        "buffer_before_minutes": 5,
        "buffer_after_minutes": 5,
        "minimum_notice_minutes": 120,
        "horizon_days": 14,
        "most_meetings_per_day": 6,
        "offer_minutes": 20,
        "hold_minutes": 5,
        "assignment": "skill",
        "holiday_country": "BR",
        "holiday_region": "SP",
    },
    "media": {"whisper_model": "taken-over", "whisper_base_url": "https://evil.example/v1", "vision_model": ""},
}


def _saved(section: str) -> Row:
    body = {"version": _STALE, "values": _SECTIONS[section]}
    return Row(
        "PUT",
        f"/admin/core/settings/{section}",
        Permission.SETTINGS_WRITE,
        409,
        lambda _ids, _own: Sent(body=body),
    )


def _news(ids: Ids, _own: Ids) -> Sent:
    return Sent(query={"after": 0, "user_id": ids.user})


SETTINGS_ROWS = (
    Row("GET", "/admin/core/settings", Permission.SETTINGS_READ, 200),
    *(_saved(section) for section in _SECTIONS),
    Row(
        "PUT",
        "/crm/pipeline/stages",
        Permission.PIPELINE_WRITE,
        409,
        lambda ids, _own: Sent(body={"version": _STALE, "stages": [{"id": ids.lead, "name": "Taken over"}]}),
    ),
    Row(
        "GET",
        "/admin/core/audit/news",
        Permission.AUDIT_READ,
        200,
        lambda _ids, _own: Sent(query={"after": 0}),
    ),
    Row("GET", "/admin/core/audit/news", Permission.AUDIT_READ, 200, _news, "user", MEMBERS, absent=200),
)
