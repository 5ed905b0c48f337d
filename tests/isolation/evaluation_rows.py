"""The rows of turns kept as tests, and of playing them again."""

from __future__ import annotations

from orchestrator_service.auth.permissions import Permission
from tests.isolation.rows import MEMBERS, Row
from tests.isolation.ways import by_cursor, by_id

P = Permission

EVALUATION_ROWS = (
    # The turn of these companies has no model's answer to play again: reached, and refused.
    Row("POST", "/agent/turns/{turn_id}/scenario", P.AGENT_WRITE, 409, by_id("turn_id", "turn"), "id", MEMBERS),
    Row("GET", "/agent/scenarios", P.AGENT_READ, 200),
    Row("GET", "/agent/scenarios", P.AGENT_READ, 200, by_cursor, "cursor", MEMBERS, absent=200),
    Row("GET", "/agent/scenarios/{scenario_id}", P.AGENT_READ, 200, by_id("scenario_id", "scenario"), "id", MEMBERS),
    Row(
        "DELETE",
        "/agent/scenarios/{scenario_id}",
        P.AGENT_WRITE,
        204,
        by_id("scenario_id", "spare_scenario"),
        "id",
        MEMBERS,
    ),
    Row("GET", "/agent/evaluations", P.AGENT_READ, 200),
    Row("GET", "/agent/evaluations", P.AGENT_READ, 200, by_cursor, "cursor", MEMBERS, absent=200),
    Row("GET", "/agent/evaluations/{run_id}", P.AGENT_READ, 200, by_id("run_id", "evaluation"), "id", MEMBERS),
    Row("POST", "/agent/evaluations", P.AGENT_WRITE, 202),
)
