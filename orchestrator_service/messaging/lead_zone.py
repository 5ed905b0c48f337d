"""In which zone somebody's clock runs, by the number: nobody is written to at night. Pure but for tzdata."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, timezone

from core.phone import canonical_e164
from orchestrator_service.agenda.zone_time import UnknownZoneError, parse_zone


def zone_of(phone: str | None, tenant_zone: str) -> str:
    """The IANA zone of a number: the company's own where the number may be there, or tells nothing."""
    zones = _zones_of(phone) if phone else ()
    return tenant_zone if not zones or _is_among(tenant_zone, zones) else zones[0]


def after_quiet(due_at: datetime, zone: str, quiet_from: time | None, quiet_to: time | None) -> datetime:
    """`due_at`, or the end of the quiet hours that it falls into, by the wall clock of the zone. Aware UTC."""
    if quiet_from is None or quiet_to is None or quiet_from == quiet_to:
        return due_at
    clock = due_at.astimezone(parse_zone(zone))
    now = clock.time()
    over_midnight = quiet_from > quiet_to
    is_quiet = (now >= quiet_from or now < quiet_to) if over_midnight else quiet_from <= now < quiet_to
    if not is_quiet:
        return due_at
    day = clock.date() + timedelta(days=1 if over_midnight and now >= quiet_from else 0)
    return datetime.combine(day, quiet_to, tzinfo=clock.tzinfo).astimezone(due_at.tzinfo)


@lru_cache(maxsize=4096)
def _zones_of(phone: str) -> tuple[str, ...]:
    try:
        number = phonenumbers.parse(canonical_e164(phone, whatsapp=True) or phone, None)
    except NumberParseException:
        return ()
    return tuple(zone for zone in timezone.time_zones_for_number(number) if _is_zone(zone))


def _is_zone(name: str) -> bool:
    try:
        parse_zone(name)
    except UnknownZoneError:
        return False
    return True


def _is_among(zone: str, zones: tuple[str, ...]) -> bool:
    """Whether the company's zone is one of them, by whatever name: links of one zone show one clock."""
    moment = datetime(2026, 1, 15, 12)  # noqa: DTZ001 - two instants of one year tell the offsets of a zone
    other = datetime(2026, 7, 15, 12)  # noqa: DTZ001 - as above
    ours = parse_zone(zone)
    return any(
        zone == one or all(parse_zone(one).utcoffset(at) == ours.utcoffset(at) for at in (moment, other))
        for one in zones
    )
