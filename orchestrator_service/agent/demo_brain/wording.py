"""The shape of the agent's sentences in one language, and how it writes a moment."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Wording:
    """Templates for `str.format`; `{name}` is a comma and a first name, or empty.

    `need_marker`, `name_marker` and `move_marker` are the parts by which the agent recognises its own question in the
    history. No sentence but `booked`, `moved`, `cancelled` and `meeting` claims anything about a meeting.
    """

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    introduction: str
    bot: str
    summary: str
    ask_need: str
    ask_need_again: str
    ask_timeline: str
    ask_name: str
    ask_name_client: str
    ask_contact: str
    person: str
    person_later: str
    person_called: str
    of_age: str
    sorry: str
    closing: str
    price_unknown: str
    unknown: str
    not_known: str
    cited: str
    offers: str
    offer_one: str
    offers_nearest: str
    offers_again: str
    offers_move: str
    suits: str
    noted: str
    which: str
    which_of: str
    with_seller: str
    none_free: str
    cannot_see: str
    cannot_see_some: str
    confirming: str
    booked: str
    meeting: str
    moved: str
    cancelled: str
    cannot_book: str
    welcome_back: str
    no_rush: str
    need_marker: str
    name_marker: str
    move_marker: str


def moment(wording: Wording, starts_at: datetime, zone: str) -> str:
    """An aware moment in the lead's zone, such as "mar 24 nov, 10:30"."""
    local = starts_at.astimezone(ZoneInfo(zone))
    return f"{wording.weekdays[local.weekday()]} {local.day} {wording.months[local.month - 1]}, {local:%H:%M}"
