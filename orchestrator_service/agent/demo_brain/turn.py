"""One turn as the steps of the demo brain see it: the situation, what was understood and what the tools answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.json_types import Json
from orchestrator_service.agent.demo_brain.decision import CallTool
from orchestrator_service.agent.demo_brain.names import first_name
from orchestrator_service.agent.demo_brain.reading import Reading
from orchestrator_service.agent.demo_brain.wording import moment
from orchestrator_service.agent.situation import MeetingView, OfferView, Situation, ToolOutcome

MAX_CALLS = 6
ENDED = frozenset({"cancelled", "canceled", "no_show", "completed", "held", "expired", "done"})


@dataclass(frozen=True, slots=True)
class Turn:
    """The input of every step; steps neither remember nor change anything."""

    situation: Situation
    reading: Reading
    outcomes: tuple[ToolOutcome, ...]

    def can(self, tool: str) -> bool:
        """Whether this tool may still be called in this turn."""
        return tool in self.situation.tools and len(self.outcomes) < MAX_CALLS

    def outcome(self, tool: str) -> ToolOutcome | None:
        """The last outcome of a tool in this turn."""
        return next((outcome for outcome in reversed(self.outcomes) if outcome.tool == tool), None)

    def count(self, tool: str) -> int:
        """How often a tool was called in this turn."""
        return sum(outcome.tool == tool for outcome in self.outcomes)

    def succeeded(self, tool: str) -> Mapping[str, Json] | None:
        """The result of a tool's last call where it was not refused."""
        outcome = self.outcome(tool)
        if outcome is None or outcome.refused:
            return None
        return outcome.result if isinstance(outcome.result, Mapping) else {}

    def once(self, tool: str, arguments: Mapping[str, Json]) -> CallTool | None:
        """The call, if the tool is available and was not called in this turn."""
        return CallTool(tool, arguments) if self.can(tool) and self.outcome(tool) is None else None

    @property
    def meeting(self) -> MeetingView | None:
        """The next meeting of this lead that stands."""
        ahead = [
            each
            for each in self.situation.meetings
            if each.status not in ENDED and each.starts_at >= self.situation.now
        ]
        return min(ahead, key=lambda each: each.starts_at, default=None)

    @property
    def qualified(self) -> bool:
        """Whether a qualification record exists, as the availability gate asks."""
        return self.situation.qualification is not None or self.succeeded("qualify_lead") is not None

    def text(self, template: str, **values: str) -> str:
        """A sentence of the wording with the customer's first name and the tenant's names filled in."""
        name = first_name(self.reading.name)
        situation = self.situation
        return template.format(
            name=f", {name}" if name else "", agent=situation.agent_name, company=situation.company, **values
        )

    def when_written(self, starts_at: datetime) -> str:
        """A moment as the customer reads it."""
        return moment(self.reading.wording, starts_at, self.situation.zone)


def string(result: Mapping[str, Json], key: str) -> str:
    """A text field of a tool's result, empty where it is missing or of another type."""
    value = result.get(key)
    return value if isinstance(value, str) else ""


def offers_in(result: Mapping[str, Json]) -> tuple[OfferView, ...]:
    """The offers of an availability result, earliest first; malformed ones are left out."""
    listed = result.get("offers")
    if not isinstance(listed, (list, tuple)):
        return ()
    read = [_offer(each) for each in listed if isinstance(each, Mapping)]
    return tuple(sorted((offer for offer in read if offer), key=lambda offer: offer.starts_at))


def _offer(item: Mapping[str, Json]) -> OfferView | None:
    try:
        starts_at = datetime.fromisoformat(string(item, "starts_at"))
    except ValueError:
        return None
    if starts_at.tzinfo is None or not string(item, "offer_id"):
        return None
    return OfferView(string(item, "offer_id"), starts_at, string(item, "seller"), string(item, "label"))
