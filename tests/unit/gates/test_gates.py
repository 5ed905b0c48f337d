"""The gates: what the agent may do, over facts."""

import pytest

from orchestrator_service.agent.gates import (
    MOST_TOOL_CALLS_PER_TURN,
    WRITING_TOOLS,
    Allowed,
    Denied,
    VerdictAction,
    may_book,
    may_call_tool,
    may_check_availability,
)
from orchestrator_service.leads.models import Interest, Qualification


def _rule(answer: Allowed | Denied) -> str | None:
    return answer.rule if isinstance(answer, Denied) else None


def test_availability_is_denied_without_a_qualification() -> None:
    answer = may_check_availability(None)
    assert _rule(answer) == "not_qualified"
    assert isinstance(answer, Denied)
    assert "qualify_lead" in answer.explanation_for_model


@pytest.mark.parametrize(("interest", "rule"), [
    ("hot", None), ("warm", None), ("cold", None), ("not_interested", "not_interested"),
])  # fmt: skip
def test_availability_is_denied_only_to_the_not_interested(interest: Interest, rule: str | None) -> None:
    assert _rule(may_check_availability(Qualification(interest=interest, score=50))) == rule


@pytest.mark.parametrize(
    ("calls", "rule"), [(0, None), (5, None), (6, "too_many_tool_calls"), (7, "too_many_tool_calls")]
)
def test_sixth_tool_call_of_a_turn_is_the_last(calls: int, rule: str | None) -> None:
    assert MOST_TOOL_CALLS_PER_TURN == 6
    assert _rule(may_call_tool(calls, "allow", "search_knowledge")) == rule


@pytest.mark.parametrize("tool", sorted(WRITING_TOOLS))
@pytest.mark.parametrize(("action", "rule"), [
    ("allow", None), ("caution", "writing_tool_under_caution"), ("block", "turn_blocked"),
])  # fmt: skip
def test_writing_tools_are_removed_under_caution(tool: str, action: VerdictAction, rule: str | None) -> None:
    assert _rule(may_call_tool(0, action, tool)) == rule


@pytest.mark.parametrize(("action", "rule"), [("caution", None), ("block", "turn_blocked")])
@pytest.mark.parametrize("tool", ["qualify_lead", "check_seller_availability", "search_knowledge", "request_human"])
def test_other_tools_are_removed_only_by_a_block(tool: str, action: VerdictAction, rule: str | None) -> None:
    assert _rule(may_call_tool(0, action, tool)) == rule


def test_writing_tools_are_the_five_that_change_the_business() -> None:
    assert sorted(WRITING_TOOLS) == [
        *("book_sales_meeting", "cancel_meeting", "convert_to_client", "reschedule_meeting", "update_lead"),
    ]


@pytest.mark.parametrize(("interest", "rule"), [
    ("hot", None), ("warm", None), ("cold", None), ("not_interested", "not_interested"), (None, "not_qualified"),
])  # fmt: skip
def test_nobody_is_booked_who_is_not_qualified_or_lost_interest(interest: Interest | None, rule: str | None) -> None:
    assert _rule(may_book(Qualification(interest=interest, score=50) if interest else None)) == rule
