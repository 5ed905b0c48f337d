"""The rows of the ledger. `transaction` is a paid income of which a part was refunded, `rule` one that earned on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import randrange
from uuid import uuid4

from core.json_types import Json
from orchestrator_service.auth.permissions import Permission
from tests.isolation.rows import MEMBERS, Ids, Row, Sent
from tests.isolation.ways import by_id, by_moment

P = Permission
_LIST = "/crm/transactions"
_ONE = _LIST + "/{transaction_id}"
_RULE = _LIST + "/rules/{rule_id}"


def _new(**named: Json) -> Sent:
    body: dict[str, Json] = {"kind": "income", "amount": "5.00", "currency": "USD", "client_token": str(uuid4())}
    return Sent(body=body | named)


def _new_rule(seller: int | None) -> Sent:
    """Another day each time: one rule holds at a time."""
    day = str(date(2001, 1, 1) + timedelta(days=randrange(9_000)))  # noqa: S311 - no secret
    return Sent(body={"seller_id": seller, "percent": "1.5", "starts_on": day, "ends_on": day})


def _filtered(name: str, attribute: str) -> Callable[[Ids, Ids], Sent]:
    return lambda ids, _own: Sent(query={name: getattr(ids, attribute)})


MONEY_ROWS = (
    Row("GET", _LIST, P.TRANSACTIONS_READ, 200),
    Row("GET", _LIST, P.TRANSACTIONS_READ, 200, by_moment, "cursor", MEMBERS, absent=200),
    *(
        Row("GET", path, P.TRANSACTIONS_READ, 200, _filtered(f"{name}_id", name), name, MEMBERS, absent=200)
        for path, name in ((_LIST, "seller"), (_LIST, "lead"), (_LIST + "/totals", "client"))
    ),
    Row("GET", _LIST + "/totals", P.TRANSACTIONS_READ, 200),
    Row("GET", _LIST + ".csv", P.EXPORTS, 200, _filtered("client_id", "client"), "client", MEMBERS, absent=200),
    Row("POST", _LIST, P.TRANSACTIONS_WRITE, 201, lambda _i, _o: _new()),
    Row("POST", _LIST, P.TRANSACTIONS_WRITE, 201, lambda ids, _o: _new(client_id=ids.client), "client", MEMBERS),
    Row("POST", _LIST, P.TRANSACTIONS_WRITE, 201, lambda ids, _o: _new(lead_id=ids.lead), "lead", MEMBERS),
    Row("POST", _LIST, P.TRANSACTIONS_WRITE, 201, lambda ids, _o: _new(seller_id=ids.seller), "seller", MEMBERS),
    Row(
        "POST",
        _LIST,
        P.TRANSACTIONS_WRITE,
        201,
        lambda ids, _o: _new(kind="refund", amount="0.01", income_id=ids.transaction),
        "income",
        MEMBERS,
    ),
    Row("GET", _ONE, P.TRANSACTIONS_READ, 200, by_id("transaction_id", "transaction"), "id", MEMBERS),
    Row("GET", _ONE + "/receipt", P.TRANSACTIONS_READ, 200, by_id("transaction_id", "transaction"), "id", MEMBERS),
    # Neither a second time, nor with a refund that stands, nor what is no picture.
    *(
        Row("POST", _ONE + end, P.TRANSACTIONS_WRITE, ok, by_id("transaction_id", "transaction", body), "id", MEMBERS)
        for end, ok, body in (
            ("/payment", 409, {}),
            ("/reversal", 409, {"reason": "Twice"}),
            ("/receipt", 415, {"no": "picture"}),
        )
    ),
    Row("GET", _LIST + "/rules", P.TRANSACTIONS_READ, 200),
    Row("POST", _LIST + "/rules", P.TRANSACTIONS_WRITE, 201, lambda _i, _o: _new_rule(None)),
    Row("POST", _LIST + "/rules", P.TRANSACTIONS_WRITE, 201, lambda ids, _o: _new_rule(ids.seller), "seller", MEMBERS),
    Row(
        "POST", _RULE + "/end", P.TRANSACTIONS_WRITE, 200, by_id("rule_id", "rule", {"ends_on": "2099-01-01"}), "id",
        MEMBERS,
    ),
    Row("DELETE", _RULE, P.TRANSACTIONS_WRITE, 409, by_id("rule_id", "rule"), "id", MEMBERS),
)  # fmt: skip
