"""The rows of clients, by either name, of likely duplicates and of merges."""

from __future__ import annotations

from core.paging import rank_cursor
from orchestrator_service.auth.permissions import Permission
from tests.isolation.rows import MEMBERS, RECORDS, Ids, Row, Sent
from tests.isolation.ways import by_cursor, by_id, by_moment

P = Permission


def _for(ids: Ids, _own: Ids) -> Sent:
    """A client that is given to somebody of the company, or to nobody whom it knows."""
    return Sent(body={"full_name": "Typed in", "owner_user_id": ids.user})


def _given(ids: Ids, own: Ids) -> Sent:
    return Sent(path={"client_id": own.client}, body={"owner_user_id": ids.user})


def _clients(name: str) -> tuple[Row, ...]:
    path = f"/crm/{name}"
    one = path + "/{client_id}"
    return (
        Row("GET", path, P.CLIENTS_READ, 200),
        Row("GET", path, P.CLIENTS_READ, 200, by_cursor, "cursor", MEMBERS, absent=200),
        Row(
            "GET",
            path,
            P.CLIENTS_READ,
            200,
            lambda ids, _own: Sent(query={"owner_user_id": ids.user}),
            "owner",
            MEMBERS,
            absent=200,
        ),
        Row("GET", path + "/count", P.CLIENTS_READ, 200),
        Row("POST", path, P.CLIENTS_WRITE, 201, lambda _ids, _own: Sent(body={"full_name": "Typed in"})),
        Row("POST", path, P.CLIENTS_WRITE, 201, _for, "owner", MEMBERS, also=P.LEADS_ASSIGN),
        Row("GET", one, P.CLIENTS_READ, 200, by_id("client_id", "client"), "id", RECORDS),
        Row("GET", one + "/timeline", P.CLIENTS_READ, 200, by_id("client_id", "client"), "id", RECORDS),
        Row(
            "GET",
            one + "/timeline",
            P.CLIENTS_READ,
            200,
            lambda ids, own: Sent(path={"client_id": own.client}, query=by_moment(ids, own).query),
            "cursor",
            MEMBERS,
            absent=200,
        ),
        Row("PATCH", one, P.CLIENTS_WRITE, 200, by_id("client_id", "client", {"notes": "Seen"}), "id", RECORDS),
        Row("PATCH", one, P.CLIENTS_WRITE, 200, _given, "owner", MEMBERS, also=P.LEADS_ASSIGN),
        Row("PUT", one + "/contacts", P.CLIENTS_WRITE, 200, by_id("client_id", "client", {"items": []}), "id", RECORDS),
        Row("DELETE", one, P.CLIENTS_WRITE, 200, by_id("client_id", "spare_client"), "id", RECORDS),
        Row("POST", one + "/restore", P.CLIENTS_WRITE, 200, by_id("client_id", "spare_client"), "id", RECORDS),
    )


PEOPLE_ROWS = (
    *_clients("clients"),
    *_clients("patients"),
    Row("GET", "/crm/duplicates", P.LEADS_WRITE, 200),
    Row(
        "GET",
        "/crm/duplicates",
        P.LEADS_WRITE,
        200,
        lambda ids, _own: Sent(query={"cursor": rank_cursor(90, ids.pair)}),
        "cursor",
        MEMBERS,
        absent=200,
    ),
    Row("POST", "/crm/duplicates/scan", P.LEADS_WRITE, 202),
    Row("POST", "/crm/duplicates/{pair_id}/dismiss", P.LEADS_WRITE, 204, by_id("pair_id", "pair"), "id", RECORDS),
    Row("POST", "/crm/duplicates/{pair_id}/reopen", P.LEADS_WRITE, 204, by_id("pair_id", "pair"), "id", RECORDS),
    Row("GET", "/crm/leads/{lead_id}/duplicates", P.LEADS_WRITE, 200, by_id("lead_id", "survivor"), "id", RECORDS),
    Row("GET", "/crm/merges", P.LEADS_WRITE, 200),
    Row("GET", "/crm/merges", P.LEADS_WRITE, 200, by_cursor, "cursor", MEMBERS, absent=200),
    Row(
        "POST",
        "/crm/merges",
        P.LEADS_WRITE,
        201,
        lambda ids, _own: Sent(body={"survivor_id": ids.survivor, "absorbed": [ids.twin]}),
        "survivor",
        RECORDS,
    ),
    Row(
        "POST",
        "/crm/merges",
        P.LEADS_WRITE,
        404,
        lambda ids, own: Sent(body={"survivor_id": own.survivor, "absorbed": [ids.merge + 10**9]}),
        "absorbed",
        MEMBERS,
    ),
    Row("POST", "/crm/merges/{merge_id}/undo", P.LEADS_WRITE, 409, by_id("merge_id", "merge"), "id", RECORDS),
)
