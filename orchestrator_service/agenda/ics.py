"""A meeting as a calendar file (RFC 5545), for whoever's calendar it is put into. Pure.

Times are UTC, so that no VTIMEZONE can be wrong. The UID names the meeting for ever and SEQUENCE grows with each change
of it: a calendar that has the meeting moves it, or takes it out where METHOD is CANCEL, and never shows two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
_LONGEST_LINE: Final = 75  # octets, without the line's end
_LARGEST_SEQUENCE: Final = 2**31 - 1
_TENTH: Final = timedelta(milliseconds=100)
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
# What a quoted parameter cannot hold (RFC 6868 is unknown to too many calendars).
_QUOTED: Final = str.maketrans({'"': "'", "\n": " ", "\r": " "})


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """What stands in the file. Instants are aware; `uid` is without spaces; `organizer` is shown, never written to."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    created_at: datetime
    changed_at: datetime
    cancelled: bool
    summary: str
    organizer: str
    description: str = ""
    url: str | None = None


def calendar_file(entry: CalendarEntry) -> bytes:
    """The file, UTF-8, lines folded and ended by CRLF."""
    return b"".join(_folded(line) for line in _lines(entry))


def sequence_of(created_at: datetime, changed_at: datetime) -> int:
    """Which revision a meeting is: tenths of a second from its making to its last change, so it only grows."""
    return min(_LARGEST_SEQUENCE, max(0, (changed_at - created_at) // _TENTH))


def _lines(entry: CalendarEntry) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//Nexus//Agenda//EN"
    yield "CALSCALE:GREGORIAN"
    yield f"METHOD:{'CANCEL' if entry.cancelled else 'PUBLISH'}"
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"SEQUENCE:{sequence_of(entry.created_at, entry.changed_at)}"
    yield f"DTSTAMP:{_utc(entry.changed_at)}"
    yield f"CREATED:{_utc(entry.created_at)}"
    yield f"LAST-MODIFIED:{_utc(entry.changed_at)}"
    yield f"DTSTART:{_utc(entry.starts_at)}"
    yield f"DTEND:{_utc(entry.ends_at)}"
    yield f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}"
    yield f"SUMMARY:{_text(entry.summary)}"
    # PUBLISH and CANCEL want an organizer; sellers' mail addresses are nobody's business.
    yield f'ORGANIZER;CN="{entry.organizer.translate(_QUOTED)}":invalid:nomail'
    if entry.description:
        yield f"DESCRIPTION:{_text(entry.description)}"
    if entry.url:
        yield f"LOCATION:{_text(entry.url)}"
        yield f"URL:{entry.url}"
    yield "END:VEVENT"
    yield "END:VCALENDAR"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    return _without_controls(value).translate(_ESCAPED)


def _without_controls(value: str) -> str:
    return "".join(sign for sign in value if sign in "\n\t" or (sign >= " " and sign != "\x7f"))


def _folded(line: str) -> bytes:
    """The line with its end; what is longer goes on in lines that begin with a space, never within a character."""
    parts: list[bytes] = []
    part = b""
    for sign in _without_controls(line):
        octets = sign.encode()
        if len(part) + len(octets) > _LONGEST_LINE:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part]) + b"\r\n"
