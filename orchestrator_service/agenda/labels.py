"""How a time is written in a list of offers: short enough for a row of a WhatsApp list (24 characters). Pure."""

from datetime import datetime
from typing import Final, Literal

from orchestrator_service.agenda.zone_time import parse_zone

Language = Literal["es", "en", "pt"]

LONGEST_LABEL: Final = 24
_DAYS: Final[dict[Language, tuple[str, ...]]] = {
    "es": ("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
    "pt": ("seg", "ter", "qua", "qui", "sex", "sáb", "dom"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS: Final[dict[Language, tuple[str, ...]]] = {
    "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
    "pt": ("jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}


def label_of(instant: datetime, zone: str, language: Language) -> str:
    """An aware instant by the wall clock of an IANA zone.

    "mar 24 nov, 10:30" (es), "ter 24 nov, 10:30" (pt), "Tue 24 Nov, 10:30" (en). Raises `UnknownZoneError`.
    """
    clock = instant.astimezone(parse_zone(zone))
    return f"{_DAYS[language][clock.weekday()]} {clock.day} {_MONTHS[language][clock.month - 1]}, {clock:%H:%M}"
