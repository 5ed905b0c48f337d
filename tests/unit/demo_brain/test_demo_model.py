"""The demo brain as the model of a real agent."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import BaseModel
from pydantic_ai import Agent, ModelRetry
from pydantic_ai.messages import ModelMessage, ModelRequest, ModelResponse, ToolCallPart, ToolReturnPart, UserPromptPart
from pydantic_ai.usage import UsageLimits

from orchestrator_service.agent.demo_brain.model import demo_model, outcomes_of
from orchestrator_service.agent.situation import QualificationView, Situation
from tests.unit.demo_brain.demo_host import SUNDAY, TOOLS, ZONE, offer, situation

TUESDAY = datetime(2026, 11, 24, 10, 30, tzinfo=ZoneInfo(ZONE))


class Offered(BaseModel):
    offer_id: str
    starts_at: str
    label: str
    seller: str


class Found(BaseModel):
    offers: list[Offered]
    cannot_confirm: list[str]


NEEDS = "soy Ana Ruiz y necesito ordenar los turnos, el martes si se puede"


class Desk:
    """Stub tools that write down how they were called."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.refuse_booking = False
        self.retry_qualify = False

    def qualify_lead(
        self,
        *,
        interest: str,
        score: int,
        evidence: list[str],
        reasons: list[str],
        need: str | None = None,
        budget: str | None = None,
        timeline: str | None = None,
        decision_maker: str | None = None,
    ) -> dict[str, str]:
        """Record the classification."""
        if self.retry_qualify:
            raise ModelRetry("quote the customer")
        facts = f"{need},{budget},{timeline},{decision_maker},{len(evidence)},{len(reasons)}"
        self.calls.append(f"qualify {interest} {score} {facts}")
        return {"interest": interest}

    def check_seller_availability(
        self,
        date_from: str,
        date_to: str,
        seller: str | None = None,
        duration: int | None = None,
        words: str | None = None,
    ) -> Found:
        """List free times."""
        assert words is None or words in {"martes 10:30", "Hola\nquiero info\n" + NEEDS}
        self.calls.append(f"check {date_from} {date_to} {seller} {duration}")
        found = offer("offer-1", TUESDAY)
        starts_at = TUESDAY.isoformat()
        listed = Offered(offer_id=found.offer_id, starts_at=starts_at, label=found.label, seller=found.seller_name)
        return Found(offers=[listed], cannot_confirm=[])

    def book_sales_meeting(self, offer_id: str, reason: str) -> dict[str, str | int]:
        """Book an offer."""
        self.calls.append(f"book {offer_id} {reason}")
        if self.refuse_booking:
            return {"refused": "slot_taken", "explanation": "taken"}
        return {"meeting_id": 7, "label": "mar 24 nov, 10:30", "seller": "Laura Gómez", "status": "confirmed"}

    def convert_to_client(self) -> dict[str, str | int | bool]:
        """Make the lead a client."""
        self.calls.append("convert")
        return {"client_id": 3, "already": False}

    def update_lead(self, full_name: str | None = None, email: str | None = None) -> dict[str, bool]:
        """Store facts."""
        self.calls.append(f"update {full_name} {email}")
        return {"updated": True}

    def agent(self, state: Situation) -> Agent[None, str]:
        tools = (self.qualify_lead, self.check_seller_availability, self.book_sales_meeting, self.convert_to_client)
        return Agent(demo_model(state), output_type=str, tools=[*tools, self.update_lead], instructions="Sell.")


async def test_a_burst_qualifies_searches_and_offers_through_a_real_agent() -> None:
    desk = Desk()
    burst = ("Hola", "quiero info", NEEDS)
    result = await desk.agent(situation(burst)).run("\n".join(burst), usage_limits=UsageLimits(tool_calls_limit=6))
    assert desk.calls == [
        "update Ana Ruiz None",
        "qualify warm 55 ordenar los turnos,None,None,None,2,2",
        "check 2026-11-24 2026-11-24 None None",
    ]
    assert "mar 24 nov, 10:30 con Laura Gómez" in result.output
    responses = [message for message in result.all_messages() if isinstance(message, ModelResponse)]
    assert all(sum(isinstance(part, ToolCallPart) for part in response.parts) <= 1 for response in responses)


def chosen() -> Situation:
    qualification = QualificationView("warm", 55, "ordenar los turnos")
    offers = (offer("offer-1", TUESDAY),)
    return situation(("martes 10:30",), qualification=qualification, offers=offers, lead_name="Ana Ruiz")


async def test_a_choice_books_and_converts_through_a_real_agent() -> None:
    desk = Desk()
    result = await desk.agent(chosen()).run("martes 10:30")
    assert desk.calls == ["book offer-1 ordenar los turnos", "convert"]
    assert result.output == "¡Listo, Ana! Tu reunión con Laura Gómez quedó confirmada: mar 24 nov, 10:30."


async def test_a_refused_booking_is_seen_as_refused_by_the_adapter() -> None:
    desk = Desk()
    desk.refuse_booking = True
    result = await desk.agent(chosen()).run("martes 10:30")
    assert [call.split()[0] for call in desk.calls] == ["book", "check"]
    assert "confirmada" not in result.output


async def test_a_tool_that_asks_for_a_retry_counts_as_refused_and_the_turn_ends() -> None:
    desk = Desk()
    desk.retry_qualify = True
    result = await desk.agent(situation(("necesito un CRM urgente",))).run("x")
    assert desk.calls == []
    assert result.output


async def test_calls_of_an_earlier_run_are_not_taken_for_this_one() -> None:
    desk = Desk()
    first = await desk.agent(chosen()).run("martes 10:30")
    again = await desk.agent(chosen()).run("martes 10:30", message_history=first.all_messages())
    assert desk.calls == ["book offer-1 ordenar los turnos", "convert"] * 2
    assert again.output == first.output


async def test_only_tools_of_both_the_situation_and_the_agent_are_called() -> None:
    desk = Desk()
    state = situation(("necesito un CRM urgente",), tools=TOOLS - {"qualify_lead"})
    await desk.agent(state).run("x")
    assert desk.calls == []
    person = await desk.agent(situation(("quiero hablar con una persona",))).run("x")
    assert "Ya avisé" not in person.output


def test_outcomes_pair_each_return_with_its_call() -> None:
    messages: list[ModelMessage] = [
        ModelRequest(parts=[UserPromptPart("hola")], run_id="r"),
        ModelResponse(parts=[ToolCallPart("convert_to_client", args="{}", tool_call_id="1")], run_id="r"),
        ModelRequest(
            parts=[ToolReturnPart("convert_to_client", {"missing": ["full_name"]}, tool_call_id="1")], run_id="r"
        ),
    ]
    (outcome,) = outcomes_of(messages)
    assert (outcome.tool, outcome.arguments, outcome.refused) == ("convert_to_client", {}, True)
    assert outcomes_of([]) == ()


@pytest.mark.parametrize("starts_at", ["2026-11-24T10:30:00", "soon", None])
async def test_an_offer_without_a_zone_is_not_offered(starts_at: str | None) -> None:
    state = situation(("necesito un CRM",), qualification=QualificationView("warm", 55, "un CRM"), now=SUNDAY)

    def check_seller_availability(date_from: str, date_to: str) -> dict[str, list[dict[str, str | None]]]:
        """List free times."""
        assert datetime.fromisoformat(date_to) - datetime.fromisoformat(date_from) == timedelta(days=6)
        return {"offers": [{"offer_id": "a", "starts_at": starts_at, "label": "mar 24", "seller": "Laura"}]}

    agent: Agent[None, str] = Agent(demo_model(state), output_type=str, tools=[check_seller_availability])
    assert "mar 24" not in (await agent.run("x")).output
