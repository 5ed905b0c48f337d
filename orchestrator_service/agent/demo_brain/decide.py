"""The demo brain's decision: a pure function from a situation and the turn's outcomes to the next call or the reply.

The steps are tried in order; the first that has something to do decides. It is called again after each tool, with one
more outcome, until it speaks.
"""

import re
from collections.abc import Sequence
from typing import Final

from core.folding import fold
from core.json_types import Json
from orchestrator_service.agenda.date_words import parse_when
from orchestrator_service.agent.demo_brain.decision import CallTool, Decision, Say
from orchestrator_service.agent.demo_brain.meetings import attend, book
from orchestrator_service.agent.demo_brain.offering import offer_times, qualify, ready
from orchestrator_service.agent.demo_brain.reading import DOWNWARD, read
from orchestrator_service.agent.demo_brain.replies import answers, asks_facts, join, looked_up, unanswered
from orchestrator_service.agent.demo_brain.turn import Turn
from orchestrator_service.agent.situation import Situation, ToolOutcome
from orchestrator_service.knowledge.citing import SEARCH_TOOL

LONGEST_QUESTION = 500
_QUESTION: Final = re.compile(r"¿?[^.!?¿]+\?")

__all__ = ["CallTool", "Decision", "Say", "decide"]


def decide(situation: Situation, outcomes: tuple[ToolOutcome, ...]) -> CallTool | Say:
    """The next tool call of this turn, or the reply. Deterministic; never more than six calls in a turn."""
    turn = Turn(situation, read(situation), outcomes)
    for step in (_hand_over, _close, _remember, _look_up, _booked, attend, qualify, book, _offer):
        decision = step(turn)
        if decision is not None:
            return decision
    return Say(_conversation(turn))


def _hand_over(turn: Turn) -> Decision | None:
    """A person for whoever asks for one, is angry, or is a child, to whom nothing is sold."""
    intents, wording = turn.reading.intents, turn.reading.wording
    if not (intents.person or intents.angry or intents.minor):
        return None
    why = "asked for a person"
    if intents.angry or intents.minor:
        why = "says that they are not of age" if intents.minor else "is angry"
    call = turn.once("request_human", {"reason": f"The customer {why}"})
    told = turn.succeeded("request_human") is not None
    before = wording.of_age if intents.minor else wording.sorry if intents.angry else ""
    return call or Say(
        join(before, turn.text(wording.person_called if before else wording.person) if told else wording.person_later)
    )


def _close(turn: Turn) -> Decision | None:
    if turn.reading.said.interest != "not_interested" or turn.reading.intents.cancel:
        return None
    return qualify(turn) or Say(turn.text(turn.reading.wording.closing))


def _remember(turn: Turn) -> Decision | None:
    """Store a name or an e-mail given in this burst, where it is new."""
    facts, stored = turn.reading.facts, turn.situation.lead_name or ""
    arguments: dict[str, Json] = {}
    if facts.name and turn.reading.name == facts.name and fold(facts.name) != fold(stored):
        arguments["full_name"] = facts.name
    if facts.email:
        arguments["email"] = facts.email
    return turn.once("update_lead", arguments) if arguments else None


def _look_up(turn: Turn) -> Decision | None:
    """Ask the knowledge what no rule answers: price, warranty, address, hours."""
    if not asks_facts(turn):
        return None
    return turn.once(SEARCH_TOOL, {"question": "\n".join(_facts_asked(turn))[:LONGEST_QUESTION]})


def _facts_asked(turn: Turn) -> Sequence[str]:
    """The questions of the burst, without those about a time where another one asks something else."""
    burst, now, zone = turn.situation.burst, turn.situation.now, turn.situation.zone
    asked = [question.strip() for line in burst for question in _QUESTION.findall(line)]
    facts = [one for one in asked if parse_when(one, now, zone, turn.reading.language) is None]
    return facts or asked or burst


def _booked(turn: Turn) -> Decision | None:
    """After a booking of this turn nothing else comes first, not even the meeting it made."""
    return book(turn) if turn.outcome("book_sales_meeting") else None


def _offer(turn: Turn) -> Decision | None:
    """Look at the agenda for a lead worth it, unless times already wait for an answer and no other were asked for."""
    reading = turn.reading
    if not ready(turn) or reading.said.signals & DOWNWARD:
        return None
    if reading.intents.thanks and reading.when is None:
        return None
    asks = reading.intents.other_times or reading.when is not None or reading.said.wants_to_meet
    waiting = bool(turn.situation.offers) and not asks
    return None if waiting else offer_times(turn)


def _conversation(turn: Turn) -> str:
    """A short answer and one question."""
    reading = turn.reading
    wording = reading.wording
    parts = answers(turn)
    if reading.said.signals & DOWNWARD:
        return join(*parts, turn.text(wording.no_rush))
    if unanswered(turn, parts):
        parts = (*parts, wording.unknown if looked_up(turn) is None else wording.not_known)
    return join(*parts, _question(turn))


def _question(turn: Turn) -> str:
    """The one question that moves the conversation on."""
    reading = turn.reading
    wording = reading.wording
    if turn.situation.offers and ready(turn):
        return wording.which
    if reading.target.interest == "not_interested" or (reading.intents.thanks and reading.asked_need):
        return turn.text(wording.welcome_back)
    if not reading.target.need:
        return wording.ask_need_again if reading.asked_need else wording.ask_need
    if not reading.target.timeline:
        return wording.ask_timeline
    return wording.noted if turn.outcome("check_seller_availability") is None else wording.none_free
