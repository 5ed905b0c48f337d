"""The leads of a chunk, each with what happened to it. Pure; the hot loop.

Whatever stands in a row follows from the plan, the lead's number and its chunk's own dice, so that a chunk that was not
finished comes again the same.
"""

from __future__ import annotations

from typing import Final

from nexus.crowd.countries import COUNTRIES, PER_COMPANY, Country
from nexus.crowd.happenings import meet, move, talk, win
from nexus.crowd.plan import Frame
from nexus.crowd.sheet import DAY, NULL, Lead, Sheet

NOBODYS: Final = 0.3
TALKING: Final = 0.03
FRESH: Final = 40  # the newest leads of a company, who all wrote where they have a number
WITHOUT_PHONE: Final = 0.1  # of those who filled in a form
_SOURCES: Final = ("whatsapp",) * 11 + ("form",) * 4 + ("import",) * 3 + ("manual",) * 2
_CAMPAIGNS: Final = ("Instagram", "Google", "Black Friday", "Expo", "Newsletter", *(NULL,) * 12)
_INTERESTS: Final = ("hot", "warm", "warm", "cold", "cold")
_STAGES: Final = {name[0]: name for name in ("new", "contacted", "qualified", "meeting", "proposal", "won", "lost")}


def _ways(spec: str) -> tuple[tuple[str, ...], ...]:
    """A hundred ways through the stages, of `share:way`; a way is named by its stages' first letters."""
    ways: list[tuple[str, ...]] = []
    for part in spec.split():
        share, _, way = part.partition(":")
        ways += [tuple(_STAGES[letter] for letter in way)] * int(share)
    return tuple(ways)


_OF_AGE: Final = (  # up to how many days, and what has become of leads that old
    (2, _ways("68:n 24:nc 8:nq")),
    (14, _ways("26:n 30:nc 14:nq 8:ncm 6:nqm 5:nmp 3:nmw 8:nl")),
    (10_000, _ways("9:n 16:nc 9:nq 3:ncm 2:nmp 5:nmw 3:nqmw 30:nl 17:ncl 6:nqml")),
)


def rows_of(frame: Frame, chunk: int) -> dict[str, list[str]]:
    """By table, a chunk's lines: tab-separated columns in the order of TABLES."""
    sheet = Sheet(frame, chunk)
    for number in frame.plan.numbers(chunk):
        _write(sheet, number)
    return sheet.rows


def _write(sheet: Sheet, number: int) -> None:
    dice = sheet.dice
    lead = _person(sheet, number)
    age = (sheet.now - lead.created) // DAY
    way = next(ways for most, ways in _OF_AGE if age < most)[int(dice() * 100)]
    source = _SOURCES[int(dice() * len(_SOURCES))]
    if source == "form" and dice() < WITHOUT_PHONE:
        lead.phone = lead.key = NULL
    move(sheet, lead, way)
    value = _stand(sheet, lead, way, source)
    place = sheet.frame.plan.of_company(lead.company.place) - 1 - lead.order
    if source == "whatsapp" and (place < FRESH or dice() < TALKING):
        talk(sheet, lead)
    if "meeting" in way:
        meet(sheet, lead, place=place, ahead=way[-1] == "meeting")
    if way[-1] == "won":
        win(sheet, lead, value)


def _person(sheet: Sheet, number: int) -> Lead:
    dice, plan = sheet.dice, sheet.frame.plan
    order, place = divmod(number, plan.tenants)
    company, country = sheet.frame.companies[place], COUNTRIES[place % len(COUNTRIES)]
    first, last = int(dice() * len(country.given)), int(dice() * len(country.family))
    phone, key = country.phone((order + place * 7_919) % PER_COMPANY)
    host = country.domains[order % len(country.domains)]
    created = _came(sheet, country, place, order)
    return Lead(
        company=company,
        country=country,
        order=order,
        id=sheet.frame.first_id + number,
        name=f"{country.given[first]} {country.family[last]} {sheet.pick(country.family)}",
        phone=phone,
        key=key,
        email=f"{country.plain_given[first]}.{country.plain_family[last]}{order}@{host}",
        firm=f"{sheet.pick(country.trades)} {sheet.pick(country.marks)}",
        need=sheet.pick(country.needs),
        owner=NULL if dice() < NOBODYS else str(company.owners[int(dice() * len(company.owners))]),
        created=created,
        changed=created,
    )


def _stand(sheet: Sheet, lead: Lead, way: tuple[str, ...], source: str) -> str:
    """The lead's own row; answers what it is worth."""
    dice, country, stage = sheet.dice, lead.country, way[-1]
    value = currency = lost = interest = score = since = NULL
    if len(way) > 1:
        since = sheet.at(lead.changed)
        score = str(int(dice() * 40) + 15 * len(way))
        interest = "not_interested" if stage == "lost" else sheet.pick(_INTERESTS)
        if stage == "lost":
            lost = country.lost[lead.order % len(country.lost)]
        else:
            least, most = country.money
            value, currency = str((least + int(dice() ** 3 * (most - least))) // 10 * 10), country.currency
    sheet.rows["leads"].append(
        f"{lead.company.tenant_id}\t{lead.id}\t{lead.name}\t{lead.phone}\t{lead.key}\t{lead.email}\t{lead.firm}\t"
        f"{stage}\t{since}\t{lead.owner}\t{source}\t{sheet.pick(_CAMPAIGNS)}\t{country.language}\t{interest}\t{score}\t"
        f"{lead.need}\t{value}\t{currency}\t{lost}\t{sheet.at(lead.created)}\t{sheet.at(lead.changed)}\n"
    )
    return value


def _came(sheet: Sheet, country: Country, place: int, order: int) -> int:
    """When a company's lead came: ever more of them, by day rather than by night, each after the one before it."""
    last = sheet.now - 600
    share = ((order + sheet.dice()) / sheet.frame.plan.of_company(place)) ** 0.7
    local = sheet.start + int(share * (last - sheet.start)) + country.hours * 3600
    awake = int(DAY * 0.3 + local % DAY * 0.66)
    return max(sheet.start, min(local - local % DAY + awake - country.hours * 3600, last))
