"""An expectation held against what could be seen: each thing that is not so, with what came instead. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from core.folding import fold
from core.whatsapp import TEXT_LIMIT
from nexus.evaluation.seen import Seen, Time
from orchestrator_service.agent.demo_brain.language import detect
from orchestrator_service.agent.gates import MOST_TOOL_CALLS_PER_TURN
from orchestrator_service.chat.claims import Effects, check_claims
from orchestrator_service.evaluation.expectations import (
    Expectation,
    LeadExpected,
    MeetingExpected,
    OffersExpected,
    QualificationExpected,
)
from orchestrator_service.evaluation.moments import instant

STANDS: Final = frozenset({"confirmed", "held"})
_SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Failure:
    """`what` names the field of the expectation, or the law that holds in every step."""

    what: str
    expected: str
    got: str


def judge(wanted: Expectation, seen: Seen, zone: str) -> list[Failure]:
    """What of the expectation is not so; written times are by the clocks of `zone`."""
    found = [
        *_of_words(wanted, seen),
        *_of_tools(wanted, seen),
        *_of_facts(wanted, seen),
    ]
    if wanted.qualification is not None:
        found += _of_qualification(wanted.qualification, seen)
    if wanted.offers is not None:
        found += _of_offers(wanted.offers, seen, zone)
    if wanted.meeting is not None:
        found += _of_meeting(wanted.meeting, seen, zone)
    if wanted.lead is not None:
        found += _of_lead(wanted.lead, seen)
    return found


def laws(seen: Seen, zone: str) -> list[Failure]:
    """What holds in every step without being demanded: no reply says what is not so, and limits are kept."""
    here = ZoneInfo(zone)
    standing = tuple(one.at.astimezone(here) for one in seen.meetings if one.status in STANDS)
    effects = Effects(
        cancelled=any(one.status == "cancelled" for one in seen.meetings),
        rescheduled=standing,
        existing_meetings=standing,
        quoted_figures=frozenset(seen.figures),
    )
    found: list[Failure] = []
    for reply in seen.replies:
        found += [Failure("truth", "nothing that is not so", claim.text) for claim in check_claims(reply.text, effects)]
        if len(reply.text) > TEXT_LIMIT:
            found.append(Failure("length", f"at most {TEXT_LIMIT} characters", str(len(reply.text))))
    if len(seen.calls) > MOST_TOOL_CALLS_PER_TURN * max(1, len(seen.states)):
        found.append(Failure("tools", f"at most {MOST_TOOL_CALLS_PER_TURN} calls in a turn", str(len(seen.calls))))
    return found


def _of_words(  # noqa: C901 - one line for each field
    wanted: Expectation, seen: Seen
) -> Iterator[Failure]:
    text = "\n".join(reply.text for reply in seen.replies)
    plain = _plain(text)
    if wanted.silent is not None and wanted.silent is not (not seen.replies):
        yield Failure("silent", _yes(wanted.silent), text or "no reply")
    if wanted.most_messages is not None and len(seen.replies) > wanted.most_messages:
        yield Failure("most_messages", str(wanted.most_messages), str(len(seen.replies)))
    questions = text.count("?")
    if wanted.most_questions is not None and questions > wanted.most_questions:
        yield Failure("most_questions", str(wanted.most_questions), f"{questions}: {text}")
    if wanted.language is not None and (spoken := detect([text], wanted.language)) != wanted.language:
        yield Failure("language", wanted.language, f"{spoken}: {text}")
    for one in wanted.contains:
        if _plain(one) not in plain:
            yield Failure("contains", one, text or "no reply")
    if wanted.contains_any and not any(_plain(one) in plain for one in wanted.contains_any):
        yield Failure("contains_any", " | ".join(wanted.contains_any), text or "no reply")
    for one in wanted.not_contains:
        if _plain(one) in plain:
            yield Failure("not_contains", f"no {one!r}", text)
    if wanted.reply is not None and _SPACES.sub(" ", text).strip() != _SPACES.sub(" ", wanted.reply).strip():
        yield Failure("reply", wanted.reply, text or "no reply")


def _of_tools(wanted: Expectation, seen: Seen) -> Iterator[Failure]:
    run = {call.tool for call in seen.calls if not call.refused}
    refused = {call.tool for call in seen.calls if call.refused}
    told = ", ".join(f"{call.tool} refused" if call.refused else call.tool for call in seen.calls) or "no tool"
    for tool in wanted.calls:
        if tool not in run:
            yield Failure("calls", tool, told)
    for tool in wanted.not_calls:
        if tool in run:
            yield Failure("not_calls", f"no {tool}", told)
    for tool in wanted.refused:
        if tool not in refused:
            yield Failure("refused", tool, told)
    if wanted.sequence is not None and wanted.sequence != tuple(call.tool for call in seen.calls):
        yield Failure("sequence", ", ".join(wanted.sequence) or "no tool", told)


def _of_facts(wanted: Expectation, seen: Seen) -> Iterator[Failure]:
    if wanted.claims == "none" and seen.rejected:
        yield Failure("claims", "none", "; ".join(seen.rejected))
    if wanted.person is not None and wanted.person is not seen.person:
        yield Failure("person", _yes(wanted.person), _yes(seen.person))
    if wanted.verdict is not None and wanted.verdict != seen.verdict:
        yield Failure("verdict", wanted.verdict, str(seen.verdict))
    client = seen.card is not None and seen.card.is_client
    if wanted.client is not None and wanted.client is not client:
        yield Failure("client", _yes(wanted.client), _yes(client))
    if wanted.state is not None and wanted.state not in seen.states:
        yield Failure("state", wanted.state, ", ".join(seen.states) or "no turn")
    if wanted.most_cost is not None and seen.cost > wanted.most_cost:
        yield Failure("most_cost", f"US$ {wanted.most_cost}", f"US$ {seen.cost}")
    standing = [one for one in seen.meetings if one.status in STANDS]
    if wanted.meetings is not None and wanted.meetings != len(standing):
        yield Failure("meetings", str(wanted.meetings), str(len(standing)))


def _of_qualification(wanted: QualificationExpected, seen: Seen) -> Iterator[Failure]:
    got = seen.qualification
    if wanted.none or got is None:
        if wanted.none is not (got is None):
            yield Failure("qualification", "none" if wanted.none else "a record", str(got or "none"))
        return
    if wanted.interest and got.interest not in wanted.interest:
        yield Failure("qualification.interest", " or ".join(wanted.interest), f"{got.interest} ({got.score})")
    if wanted.score and not wanted.score.at_least <= got.score <= wanted.score.at_most:
        yield Failure("qualification.score", f"{wanted.score.at_least} to {wanted.score.at_most}", str(got.score))
    for field in ("need", "budget", "timeline", "decision_maker"):
        expected, stored = getattr(wanted, field), getattr(got, field)
        if expected is not None and (_plain(expected) not in _plain(stored or "") or (not expected and stored)):
            yield Failure(f"qualification.{field}", expected or "nothing", stored or "nothing")


def _of_offers(  # noqa: C901 - one line for each field
    wanted: OffersExpected, seen: Seen, zone: str
) -> Iterator[Failure]:
    here = ZoneInfo(zone)
    local = [one.at.astimezone(here) for one in seen.offered]
    got = _times(seen.offered, here)
    if wanted.none and local:
        yield Failure("offers", "none", got)
    if wanted.at_least is not None and len(local) < wanted.at_least:
        yield Failure("offers.at_least", str(wanted.at_least), got)
    if wanted.at_most is not None and len(local) > wanted.at_most:
        yield Failure("offers.at_most", str(wanted.at_most), got)
    moments = {one.replace(tzinfo=here) for one in local}
    if wanted.only and {_moment(one, zone) for one in wanted.only} != moments:
        yield Failure("offers.only", _written(wanted.only), got)
    for one in wanted.include:
        if _moment(one, zone) not in moments:
            yield Failure("offers.include", _written([one]), got)
    for one in wanted.exclude:
        if _moment(one, zone) in moments:
            yield Failure("offers.exclude", f"not {_written([one])}", got)
    if wanted.on and (not local or any(one.date().isoformat() not in wanted.on for one in local)):
        yield Failure("offers.on", " or ".join(wanted.on), got)
    clocks = [one.strftime("%H:%M") for one in local]
    if wanted.from_clock and (not clocks or any(one < wanted.from_clock for one in clocks)):
        yield Failure("offers.from_clock", f"from {wanted.from_clock}", got)
    if wanted.to_clock and (not clocks or any(one >= wanted.to_clock for one in clocks)):
        yield Failure("offers.to_clock", f"before {wanted.to_clock}", got)
    if wanted.seller and (not local or any(one.seller not in wanted.seller for one in seen.offered)):
        yield Failure("offers.seller", " or ".join(wanted.seller), got)


def _of_meeting(wanted: MeetingExpected, seen: Seen, zone: str) -> Iterator[Failure]:
    here = ZoneInfo(zone)
    ahead = [one for one in seen.meetings if one.status in STANDS and one.at >= seen.at]
    got = _times(ahead[:1], here)
    if wanted.none or not ahead:
        if wanted.none is not (not ahead):
            yield Failure("meeting", "none" if wanted.none else "one", got)
        return
    first = ahead[0].at.astimezone(here)
    if wanted.at and first not in {_moment(one, zone) for one in wanted.at}:
        yield Failure("meeting.at", _written(wanted.at), got)
    if wanted.on and first.date().isoformat() not in wanted.on:
        yield Failure("meeting.on", " or ".join(wanted.on), got)
    if wanted.seller and ahead[0].seller not in wanted.seller:
        yield Failure("meeting.seller", " or ".join(wanted.seller), got)


def _of_lead(wanted: LeadExpected, seen: Seen) -> Iterator[Failure]:
    card = seen.card
    stored = {
        "name": card.full_name if card else None,
        "email": card.email if card else None,
        "need": card.need if card else None,
        "stage": card.stage_key if card else None,
    }
    for field, got in stored.items():
        expected = getattr(wanted, field)
        if expected is not None and _plain(expected) != _plain(got or ""):
            yield Failure(f"lead.{field}", expected or "unknown", got or "unknown")


def _plain(text: str) -> str:
    return _SPACES.sub(" ", fold(text)).strip()


def _moment(written: datetime, zone: str) -> datetime:
    return instant(written, zone).astimezone(ZoneInfo(zone))


def _times(times: Iterable[Time], here: ZoneInfo) -> str:
    return ", ".join(f"{one.at.astimezone(here):%a %Y-%m-%d %H:%M} {one.seller}" for one in times) or "none"


def _written(moments: Iterable[datetime]) -> str:
    return ", ".join(f"{one:%a %Y-%m-%d %H:%M}" for one in moments)


def _yes(value: object) -> str:
    return "yes" if value else "no"
