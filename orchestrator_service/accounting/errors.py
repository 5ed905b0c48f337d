"""Why money is refused: each reason has its code, the ledger's own constraints included."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from core.database_errors import ConstraintViolated
from core.errors import BadInput, Conflict, NexusError


class TokenReused(Conflict):
    """The token made another transaction before."""

    code = "token_reused"
    title = "Token Reused"


class PartiesDiffer(Conflict):
    """The client was another lead, or the income is in another currency."""

    code = "parties_differ"
    title = "Parties Differ"


class IncompleteTransaction(BadInput):
    """What this kind of transaction needs, or may not have; `fields` names it."""

    code = "incomplete_transaction"


class AlreadyReversed(Conflict):
    """It was reversed before; `extra.reversed_by_id` names the line."""

    code = "already_reversed"
    title = "Already Reversed"


class NotReversible(Conflict):
    """A reversal, or what a refund took off a commission: the one stays, the other goes with its refund."""

    code = "not_reversible"
    title = "Not Reversible"


class RefundsFirst(Conflict):
    """Something was refunded of it: that refund is reversed first."""

    code = "refunds_first"
    title = "Reverse the Refunds First"


class RefundTooLarge(Conflict):
    """More than is left of the income; `extra.left` says how much that is."""

    code = "refund_too_large"
    title = "Refund Too Large"


class IncomeReversed(Conflict):
    """No income that stands."""

    code = "income_not_standing"
    title = "No Income That Stands"


class IncomeUnpaid(Conflict):
    """It waits for its payment: it is reversed, not refunded."""

    code = "income_unpaid"
    title = "Income Not Paid"


class NotPayable(Conflict):
    """Only income that waits for its payment is paid, once."""

    code = "not_payable"
    title = "Not Payable"


class RulesOverlap(Conflict):
    """Another rule for the same seller and currency holds on one of these days."""

    code = "rules_overlap"
    title = "Rules Overlap"


class RuleInUse(Conflict):
    """Something was earned by the rule: it can be ended, not removed."""

    code = "rule_in_use"
    title = "Rule in Use"


class BadPeriod(BadInput):
    """The last day is before the first."""

    code = "bad_days"


class TooManyReceipts(Conflict):
    """As many files as a transaction may have."""

    code = "too_many_receipts"
    title = "Too Many Receipts"


_BY_CONSTRAINT: Final[Mapping[str, type[NexusError]]] = MappingProxyType(
    {
        "accounting_transactions_tenant_id_reverses_id_key": AlreadyReversed,
        "accounting_reversal_of_reversal": NotReversible,
        "accounting_reversal_refunds_first": RefundsFirst,
        "accounting_refund_within_income": RefundTooLarge,
        "accounting_of_income": IncomeReversed,
        "accounting_of_paid_income": IncomeUnpaid,
        "income_payments_payable": NotPayable,
        "income_payments_pkey": NotPayable,
        "commission_rules_one_at_a_time": RulesOverlap,
        "commission_rules_in_order": BadPeriod,
        "accounting_transactions_rule": RuleInUse,
    }
)


def refusal(error: ConstraintViolated, *expected: type[NexusError]) -> NexusError:
    """Which of the expected refusals a constraint of the ledger stands for; any other is what it was."""
    kind = _BY_CONSTRAINT.get(error.constraint)
    if kind not in expected:
        return error
    return kind(kind.__doc__.partition(":")[0].partition(";")[0] if kind.__doc__ else None)
