"""The gates: what the agent may do, decided in code over facts, never by the prompt (PRODUCT section 9.3).

Whether an offer can be booked and a lead converted is decided by those use cases (`agenda/booking.py`,
`conversion/convert.py`), which serve the web app and the API as well; here stand the gates that only an agent needs.
Each gate is pure. A denial carries a stable rule for the timeline and an explanation that the model reads; the latter
says what to do next and tells nothing of other conversations.
"""

from dataclasses import dataclass
from typing import Final, Literal

from orchestrator_service.leads.models import Qualification

VerdictAction = Literal["allow", "caution", "block"]
DenialRule = Literal[
    "not_qualified",
    "not_interested",
    "turn_blocked",
    "writing_tool_under_caution",
    "too_many_tool_calls",
]

MOST_TOOL_CALLS_PER_TURN: Final = 6
WRITING_TOOLS: Final = frozenset(
    {"book_sales_meeting", "reschedule_meeting", "cancel_meeting", "convert_to_client", "update_lead"}
)


@dataclass(frozen=True, slots=True)
class Allowed:
    """The gate is open."""


@dataclass(frozen=True, slots=True)
class Denied:
    """The gate is shut."""

    rule: DenialRule
    explanation_for_model: str


def may_check_availability(qualification: Qualification | None) -> Allowed | Denied:
    """Whether times may be shown, given this conversation's latest qualification record (None without one)."""
    if qualification is None:
        return Denied("not_qualified", "Qualify the lead with qualify_lead before you look for meeting times.")
    if qualification.interest == "not_interested":
        return Denied("not_interested", "The lead is not interested. Do not offer meeting times; close politely.")
    return Allowed()


def may_book(qualification: Qualification | None) -> Allowed | Denied:
    """Whether an offer may be booked or a meeting moved: whoever lost interest since it was made is not put into it."""
    if qualification is None:
        return Denied("not_qualified", "Qualify the lead with qualify_lead before you book.")
    if qualification.interest == "not_interested":
        return Denied(
            "not_interested",
            "The lead was recorded as not interested. If they want to meet after all, record that with qualify_lead.",
        )
    return Allowed()


def may_call_tool(calls_so_far: int, verdict_action: VerdictAction, tool_name: str) -> Allowed | Denied:
    """Whether one more tool call is allowed in this turn, after `calls_so_far` of them, under the turn's verdict."""
    if verdict_action == "block":
        return Denied("turn_blocked", "No tool can be used in this turn.")
    if verdict_action == "caution" and tool_name in WRITING_TOOLS:
        return Denied("writing_tool_under_caution", f"{tool_name} cannot be used in this turn. Answer without it.")
    if calls_so_far >= MOST_TOOL_CALLS_PER_TURN:
        return Denied("too_many_tool_calls", "No more tool calls in this turn. Answer with what you have.")
    return Allowed()
