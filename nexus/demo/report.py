"""What the demonstration proved."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nexus.demo.desk import ClientCard, LeadCard, MeetingCard, Records

CONVERTED = "won"


@dataclass(frozen=True)
class Qualification:
    """What the agent found out."""

    interest: str
    score: int | None
    need: str | None


@dataclass(frozen=True)
class Report:
    """The one JSON object that `nexus demo --json` prints; `events` are the names heard, each once."""

    ok: bool
    messages_in: int
    replies: tuple[str, ...]
    one_reply_for_burst: bool
    duplicate_ignored: bool
    injection_refused: bool
    lead: LeadCard | None
    qualification: Qualification | None
    meeting: MeetingCard | None
    client: ClientCard | None
    events: tuple[str, ...]
    seconds: float
    problem: str | None = None


def report_of(
    records: Records,
    *,
    messages_in: int,
    replies: tuple[str, ...],
    one_reply_for_burst: bool,
    duplicate_ignored: bool,
    injection_refused: bool,
    events: list[str],
    seconds: float,
) -> Report:
    """Put together; `ok` only where everything came true."""
    lead, meeting, client = records.lead, records.meeting, records.client
    found = Qualification(lead.interest, lead.score, lead.need) if lead and lead.interest else None
    booked = meeting is not None and meeting.status == "confirmed"
    guarded = one_reply_for_burst and duplicate_ignored and injection_refused
    return Report(
        ok=lead is not None and found is not None and booked and client is not None and guarded,
        messages_in=messages_in,
        replies=replies,
        one_reply_for_burst=one_reply_for_burst,
        duplicate_ignored=duplicate_ignored,
        injection_refused=injection_refused,
        lead=lead,
        qualification=found,
        meeting=meeting,
        client=client,
        events=tuple(dict.fromkeys(events)),
        seconds=round(seconds, 1),
    )


def failed(problem: str, seconds: float) -> Report:
    """Nothing was proved."""
    empty = report_of(
        Records(None, None, None),
        messages_in=0,
        replies=(),
        one_reply_for_burst=False,
        duplicate_ignored=False,
        injection_refused=False,
        events=[],
        seconds=seconds,
    )
    return replace(empty, problem=problem)
