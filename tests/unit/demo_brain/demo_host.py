"""A host for the demo brain without network or database: it keeps the lead and enforces the documented gates."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.json_types import Json
from orchestrator_service.agent.demo_brain.decide import Say, decide
from orchestrator_service.agent.situation import (
    Line,
    MeetingView,
    OfferView,
    QualificationView,
    Situation,
    ToolOutcome,
)

ZONE = "America/Argentina/Buenos_Aires"
SUNDAY = datetime(2026, 11, 22, 12, 0, tzinfo=ZoneInfo(ZONE))
TOOLS = frozenset(
    {
        "qualify_lead",
        "check_seller_availability",
        "book_sales_meeting",
        "convert_to_client",
        "update_lead",
        "request_human",
        "reschedule_meeting",
        "cancel_meeting",
    }
)
HOURS = (time(9), time(10, 30), time(15), time(16))
WEEKDAYS = ("lun", "mar", "mié", "jue", "vie", "sáb", "dom")
MONTHS = {11: "nov", 12: "dic"}
MAX_STEPS = 10


def situation(burst: tuple[str, ...] = ("Hola",), **changes: object) -> Situation:
    """An empty conversation on Sunday 22 November 2026 at noon in Buenos Aires."""
    start = Situation(
        now=SUNDAY,
        zone=ZONE,
        language=None,
        company="Nexus Demo",
        agent_name="Sol",
        offer_summary="ordenamos la agenda y los mensajes de tu equipo",
        history=(),
        burst=burst,
        tapped_offer_id=None,
        lead_name=None,
        has_contact=True,
        qualification=None,
        offers=(),
        meetings=(),
        is_client=False,
        facts=(),
        tools=TOOLS,
        knowledge=(),
    )
    return replace(start, **changes)  # pyright: ignore[reportArgumentType]


def offer(offer_id: str, starts_at: datetime, seller: str = "Laura Gómez") -> OfferView:
    label = f"{WEEKDAYS[starts_at.weekday()]} {starts_at.day} {MONTHS[starts_at.month]}, {starts_at:%H:%M}"
    return OfferView(offer_id, starts_at, seller, label)


@dataclass
class FakeHost:
    """Plays turns; `taken` are starts that a booking refuses, `closed` says the agenda has nothing."""

    state: Situation = field(default_factory=situation)
    taken: set[datetime] = field(default_factory=set[datetime])
    closed: bool = False
    unconfirmed: tuple[str, ...] = ()
    human: bool = False
    offered: int = 0
    calls: list[str] = field(default_factory=list[str])
    arguments: list[Mapping[str, Json]] = field(default_factory=list[Mapping[str, Json]])

    def turn(self, *burst: str, tapped: str | None = None) -> str:
        """One whole turn: the reply after the tool calls, which are left in `calls`."""
        self.state = replace(self.state, burst=burst, tapped_offer_id=tapped)
        self.calls, self.arguments = [], []
        outcomes: tuple[ToolOutcome, ...] = ()
        start = self.state
        for _ in range(MAX_STEPS):
            decision = decide(start, outcomes)
            if isinstance(decision, Say):
                return self._said(burst, decision.text)
            self.calls.append(decision.name)
            self.arguments.append(decision.arguments)
            result = self.call(decision.name, decision.arguments)
            refused = "refused" in result or "missing" in result
            outcomes = (*outcomes, ToolOutcome(decision.name, decision.arguments, result, refused))
        raise AssertionError("the brain never spoke")

    def _said(self, burst: tuple[str, ...], text: str) -> str:
        lines = (*(Line("customer", each) for each in burst), Line("agent", text))
        self.state = replace(self.state, history=(*self.state.history, *lines))
        return text

    def call(self, name: str, arguments: Mapping[str, Json]) -> Mapping[str, Json]:
        handlers = {
            "qualify_lead": self._qualify,
            "check_seller_availability": self._check,
            "book_sales_meeting": self._book,
            "convert_to_client": self._convert,
            "update_lead": self._update,
            "request_human": self._ask_human,
            "cancel_meeting": self._cancel,
            "reschedule_meeting": self._move,
        }
        return handlers[name](arguments)

    def _update(self, arguments: Mapping[str, Json]) -> Mapping[str, Json]:
        if "full_name" in arguments:
            self.state = replace(self.state, lead_name=str(arguments["full_name"]))
        return {"updated": list(arguments)}

    def _ask_human(self, arguments: Mapping[str, Json]) -> Mapping[str, Json]:
        self.human = True
        return {"task": str(arguments["reason"])}

    def _cancel(self, arguments: Mapping[str, Json]) -> Mapping[str, Json]:
        self.state = replace(self.state, meetings=())
        return {"status": "cancelled", "meeting_id": arguments["meeting_id"]}

    def _qualify(self, arguments: Mapping[str, Json]) -> Mapping[str, Json]:
        known = {key: value for key, value in arguments.items() if key not in {"evidence", "reasons"}}
        self.state = replace(self.state, qualification=QualificationView(**known))  # pyright: ignore[reportArgumentType]
        return {"interest": arguments["interest"]}

    def _check(self, arguments: Mapping[str, Json]) -> Mapping[str, Json]:
        if self.state.qualification is None or self.state.qualification.interest == "not_interested":
            return {"refused": "qualification_missing", "explanation": "qualify first"}
        if self.unconfirmed or self.closed:
            return {"offers": [], "cannot_confirm": list(self.unconfirmed)}
        first, last = (date.fromisoformat(str(arguments[key])) for key in ("date_from", "date_to"))
        days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
        starts = [datetime.combine(day, hour, ZoneInfo(ZONE)) for day in days if day.weekday() < 5 for hour in HOURS]
        free = [start for start in starts if start > self.state.now and start not in self.taken]
        self.offered += 1
        offers = tuple(offer(f"offer-{self.offered}-{place}", start) for place, start in enumerate(free))
        self.state = replace(self.state, offers=(*self.state.offers, *offers))
        listed: list[Json] = [
            {
                "offer_id": each.offer_id,
                "starts_at": each.starts_at.isoformat(),
                "label": each.label,
                "seller": each.seller_name,
            }
            for each in offers
        ]
        return {"offers": listed, "cannot_confirm": []}

    def _book(self, arguments: Mapping[str, Json]) -> Mapping[str, Json]:
        offer_id = arguments["offer_id"]
        chosen = next((each for each in self.state.offers if each.offer_id == offer_id), None)
        if chosen is None or chosen.starts_at in self.taken:
            self.state = replace(self.state, offers=())
            return {"refused": "slot_taken", "explanation": "the time is no longer free"}
        meeting = MeetingView(7, chosen.starts_at, chosen.seller_name, "confirmed")
        self.state = replace(self.state, meetings=(meeting,), offers=())
        return {
            "meeting_id": 7,
            "starts_at": chosen.starts_at.isoformat(),
            "label": chosen.label,
            "seller": chosen.seller_name,
            "status": "confirmed",
        }

    def _move(self, arguments: Mapping[str, Json]) -> Mapping[str, Json]:
        chosen = next(each for each in self.state.offers if each.offer_id == arguments["offer_id"])
        moved = replace(self.state.meetings[0], starts_at=chosen.starts_at)
        self.state = replace(self.state, meetings=(moved,), offers=())
        return {"meeting_id": 7, "label": chosen.label, "seller": chosen.seller_name, "status": "confirmed"}

    def _convert(self, _arguments: Mapping[str, Json]) -> Mapping[str, Json]:
        missing: list[Json] = []
        if len((self.state.lead_name or "").split()) < 2:
            missing.append("full_name")
        if not self.state.meetings:
            missing.append("meeting")
        if missing:
            return {"refused": "criteria", "missing": missing}
        already = self.state.is_client
        self.state = replace(self.state, is_client=True)
        return {"client_id": 3, "already": already}
