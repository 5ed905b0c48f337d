"""The customer's pages as HTML: they work on any phone without a script, and every text in them is escaped. Pure."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Final

from orchestrator_service.agenda.free_days import FreeDays
from orchestrator_service.agenda.labels import Language, label_of
from orchestrator_service.meeting_links.models import LinkedMeeting
from orchestrator_service.meeting_links.words import WORDS, Note, Words

# Nothing of the page may load but its own style sheet, and no other site's page may hold it.
PAGE_CSP: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
HEADERS: Final = {"Content-Security-Policy": PAGE_CSP, "X-Robots-Tag": "noindex, nofollow, noarchive"}
_GOOD: Final[frozenset[Note]] = frozenset({"moved"})


def meeting_page(meeting: LinkedMeeting, base: str, now: datetime, note: Note | None = None) -> str:
    """The meeting and what may be done about it; `base` is the link's own path."""
    words = WORDS[meeting.language]
    is_on = meeting.status == "confirmed"
    parts = [_note(words, note or _state(meeting, now)), _card(meeting, words, base)]
    if is_on and meeting.meeting_url:
        parts.append(_link(meeting.meeting_url, words.join, "plain"))
    if is_on or meeting.status == "cancelled":
        parts.append(_link(f"{base}/meeting.ics", words.add if is_on else words.take_out, "plain"))
    if meeting.changeable(now):
        parts.append(_link(f"{base}/times", words.move, "solid"))
        parts.append(_link(f"{base}/cancel", words.cancel, "quiet"))
    return _page(meeting.language, words.title, meeting.company, parts)


def cancel_page(meeting: LinkedMeeting, base: str) -> str:
    """The one question before it is cancelled."""
    words = WORDS[meeting.language]
    form = (
        f'<form method="post" action="{escape(base)}/cancel">'
        f'<button class="danger" type="submit">{escape(words.yes_cancel)}</button></form>'
    )
    parts = [_card(meeting, words, base), form, _link(base, words.back, "quiet")]
    return _page(meeting.language, words.ask_cancel, meeting.company, parts)


def times_page(meeting: LinkedMeeting, base: str, free: FreeDays, note: Note | None = None) -> str:
    """The free times by day, the first day open, and one button for the chosen one."""
    words = WORDS[meeting.language]
    parts = [_note(words, note), _card(meeting, words, base)]
    if free.days:
        days = "".join(
            _day(meeting, [(start, _clock(meeting, start)) for start in one.starts], is_first=place == 0)
            for place, one in enumerate(free.days)
        )
        confirm = f'<button class="solid" type="submit">{escape(words.confirm)}</button>'
        parts.append(f'<form method="post" action="{escape(base)}/move">{days}<div class="foot">{confirm}</div></form>')
    else:
        parts.append(f'<p class="none">{escape(words.none_free)}</p>')
    if free.later is not None:
        parts.append(_link(f"{base}/times?from={free.later.isoformat()}", words.later, "plain"))
    parts.append(_link(base, words.back, "quiet"))
    return _page(meeting.language, words.choose, meeting.company, parts)


def gone_page(language: Language) -> str:
    """What is said of every link that leads nowhere, whatever the reason."""
    words = WORDS[language]
    return _page(language, words.gone_title, "", [f"<p>{escape(words.gone)}</p>"])


def slow_page(language: Language) -> str:
    """Somebody asks too often."""
    words = WORDS[language]
    return _page(language, words.slow_title, "", [f"<p>{escape(words.slow)}</p>"])


def _state(meeting: LinkedMeeting, now: datetime) -> Note | None:
    """What stands against a change, if anything does."""
    match meeting.status:
        case "cancelled":
            return "cancelled"
        case "held":
            return "unconfirmed"
        case _ if now >= meeting.starts_at:
            return "begun"
        case _:
            return "spent" if meeting.used_for is not None else None


def _card(meeting: LinkedMeeting, words: Words, base: str) -> str:
    ends = _clock(meeting, meeting.ends_at)
    said = words.with_seller.format(seller=meeting.seller_name, company=meeting.company)
    struck = ' class="off"' if meeting.status == "cancelled" else ""
    face = "" if meeting.photo is None else f'<img class="face" src="{escape(base)}/photo?n={meeting.photo}" alt="">'
    return (
        f'<section class="card">{face}<p class="when"><time datetime="{meeting.starts_at.isoformat()}"{struck}>'
        f"{escape(meeting.when)} &ndash; {escape(ends)}</time></p>"
        f'<p>{escape(said)}</p><p class="meta">{escape(words.clock_of.format(place=meeting.place))}</p></section>'
    )


def _day(meeting: LinkedMeeting, times: list[tuple[datetime, str]], *, is_first: bool) -> str:
    name = label_of(times[0][0], meeting.zone, meeting.language).rpartition(", ")[0]
    chips = "".join(
        f'<label><input type="radio" name="start" value="{start.isoformat()}"><span>{escape(clock)}</span></label>'
        for start, clock in times
    )
    opened = " open" if is_first else ""
    return (
        f"<details{opened}><summary>{escape(name)}</summary>"
        f'<fieldset><legend>{escape(name)}</legend><div class="times">{chips}</div></fieldset></details>'
    )


def _clock(meeting: LinkedMeeting, moment: datetime) -> str:
    return label_of(moment, meeting.zone, meeting.language).rpartition(", ")[2]


def _note(words: Words, note: Note | None) -> str:
    if note is None:
        return ""
    look = "good" if note in _GOOD else "note"
    return f'<p class="{look}" role="status">{escape(words.notes[note])}</p>'


def _link(address: str, words: str, look: str) -> str:
    return f'<a class="{look}" href="{escape(address)}">{escape(words)}</a>'


def _page(language: Language, title: str, company: str, parts: list[str]) -> str:
    named = f"{title} · {company}" if company else title
    above = f'<p class="company">{escape(company)}</p>' if company else ""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex, nofollow"><meta name="color-scheme" content="light dark">'
        f'<title>{escape(named)}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/m/page.css">'
        f"</head><body><main>{above}<h1>{escape(title)}</h1>{''.join(parts)}</main></body></html>"
    )
