"""The rows of what is handed out, erased and kept of people."""

from __future__ import annotations

from orchestrator_service.auth.permissions import Permission
from tests.isolation.rows import MEMBERS, RECORDS, Ids, Row, Sent
from tests.isolation.ways import by_cursor

P = Permission
_RULES = {"lead_months": None, "media_months": None, "payload_days": 90}


def _lead(ids: Ids, _own: Ids) -> Sent:
    return Sent(query={"lead_id": ids.spare_lead})


def _client(ids: Ids, _own: Ids) -> Sent:
    return Sent(query={"client_id": ids.spare_client})


def _typed(ids: Ids, _own: Ids) -> Sent:
    """Not their name: nobody is erased here, and whose records they are is judged before that."""
    return Sent(body={"lead_id": ids.spare_lead, "confirm": "nobody is called so"})


def _typed_client(ids: Ids, _own: Ids) -> Sent:
    return Sent(body={"client_id": ids.spare_client, "confirm": "nobody is called so"})


PRIVACY_ROWS = (
    Row("GET", "/crm/privacy/requests", P.PRIVACY_ERASE, 200),
    Row("GET", "/crm/privacy/requests", P.PRIVACY_ERASE, 200, by_cursor, "cursor", MEMBERS, absent=200),
    Row("GET", "/crm/privacy/person", P.PRIVACY_ERASE, 200, _lead, "lead", RECORDS),
    Row("GET", "/crm/privacy/person", P.PRIVACY_ERASE, 200, _client, "client", RECORDS),
    Row("GET", "/crm/privacy/export.zip", P.PRIVACY_ERASE, 200, _lead, "lead", RECORDS),
    Row("GET", "/crm/privacy/export.zip", P.PRIVACY_ERASE, 200, _client, "client", RECORDS),
    Row("POST", "/crm/privacy/erasures", P.PRIVACY_ERASE, 422, _typed, "lead", RECORDS),
    Row("POST", "/crm/privacy/erasures", P.PRIVACY_ERASE, 422, _typed_client, "client", RECORDS),
    Row("GET", "/crm/privacy/retention", P.PRIVACY_ERASE, 200),
    Row("PUT", "/crm/privacy/retention", P.PRIVACY_ERASE, 200, lambda _ids, _own: Sent(body=_RULES)),
    Row("POST", "/crm/privacy/retention/preview", P.PRIVACY_ERASE, 200, lambda _ids, _own: Sent(body=_RULES)),
)
