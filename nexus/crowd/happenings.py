"""What happened to a lead: how it moved, what was said, met and paid. Pure; part of the hot loop of `leads.py`."""

from __future__ import annotations

from typing import Final

from nexus.crowd.sheet import DAY, IDS_PER_LEAD, NULL, Lead, Sheet
from nexus.crowd.talk import TALKS

LONG: Final = 45 * DAY  # in which most of what happens to a lead has happened
AHEAD: Final = 48  # of a company's newest leads: whose meeting is still to come
SLOTS: Final = 8  # meetings that a seller has on a day, from nine o'clock
UNREAD: Final = 3 * DAY  # what is newer has not been read by everybody
HOUR: Final = 3600
MINUTE: Final = 60
AT_ONCE: Final = 0.6  # of those who pay, the rest in two parts
_ENDS: Final = ("done",) * 8 + ("no_show", "cancelled")
_METHODS: Final = ("transfer", "card", "cash", "payment_link", "wallet")
_WEEKEND: Final = 5
_THURSDAY: Final = 3  # which the first of January 1970 was


def move(sheet: Sheet, lead: Lead, way: tuple[str, ...]) -> None:
    """Through the stages of `way`, one after the other; the lead's last change is the last of them."""
    most = min(sheet.now, lead.created + LONG) - lead.created
    lines = sheet.rows["lead_changes"]
    for step in range(1, len(way)):
        lead.changed = lead.created + int((step - sheet.dice() * 0.9) / len(way) * most)
        at = sheet.at(lead.changed)
        lines.append(
            f"{lead.company.tenant_id}\t{lead.id}\tstage_key\t{way[step - 1]}\t{way[step]}\t{lead.owner}\t{at}\n"
        )


def talk(sheet: Sheet, lead: Lead) -> None:
    """A conversation, from when the lead came, a few minutes between the lines."""
    tenant, country = lead.company.tenant_id, lead.country
    talks = TALKS[country.language]
    said = talks[int(sheet.dice() * len(talks))]
    pause = min(4 * MINUTE, (sheet.now - lead.created) // (len(said) + 1))
    given, _, _ = lead.name.partition(" ")
    first = sheet.frame.first_id + (lead.id - sheet.frame.first_id) * IDS_PER_LEAD
    member = lead.owner if lead.owner != NULL else str(lead.company.users[0])
    heard = told = lead.created
    for place, line in enumerate(said):
        told = lead.created + place * pause
        at, body = sheet.at(told), line[1:].format(name=given, need=lead.need)
        how = (
            "in\tcustomer\t\\N" if line[0] == ">" else "out\tagent\t\\N" if line[0] == "<" else f"out\tperson\t{member}"
        )
        status = "received" if line[0] == ">" else "read"
        heard = told if line[0] == ">" else heard
        sheet.rows["chat_messages"].append(
            f"{tenant}\t{first + place}\t{lead.id}\t{how}\ttext\t{body}\tcrowd:{first + place}\t{status}\t{at}\t{at}\n"
        )
    came, last = sheet.at(lead.created), first + len(said) - 1
    sheet.rows["contacts"].append(f"{tenant}\t{lead.id}\t{lead.id}\t{lead.name}\t{lead.phone}\t{came}\n")
    sheet.rows["lead_identities"].append(f"{tenant}\tmatch_key\t{lead.key}\t{lead.id}\t{came}\n")
    sheet.rows["conversations"].append(
        f"{tenant}\t{lead.id}\t{lead.company.channel_id}\t{lead.id}\t{lead.id}\topen\t{country.language}\t{last}\t"
        f"{sheet.at(heard)}\t{sheet.at(told)}\t{came}\n"
    )
    sheet.rows["conversation_mailboxes"].append(f"{tenant}\t{lead.id}\n")
    if sheet.now - told > UNREAD:
        sheet.rows["conversation_reads"] += [f"{tenant}\t{lead.id}\t{user}\t{last}\n" for user in lead.company.users]


def meet(sheet: Sheet, lead: Lead, *, place: int, ahead: bool) -> None:
    """A meeting. One to come, of the lead that is `place`-th from the company's newest, has a time of its own."""
    sellers, hours = lead.company.sellers, lead.country.hours
    if ahead and place < AHEAD:
        seller, user = sellers[place % len(sellers)]
        slot = place // len(sellers)
        begins = _opening(sheet.now + hours * HOUR, slot // SLOTS) + slot % SLOTS * HOUR - hours * HOUR
        status = "confirmed"
    else:
        seller, user = sellers[int(sheet.dice() * len(sellers))]
        within = max(0, min(sheet.now - lead.created, LONG) // DAY - 1)
        day = (lead.created + hours * HOUR) // DAY + int(sheet.dice() * within)
        begins = day * DAY + (9 + int(sheet.dice() * SLOTS) - hours) * HOUR
        if begins + HOUR > sheet.now:
            return
        status = sheet.pick(_ENDS)
    during = f"[{sheet.at(begins)},{sheet.at(begins + HOUR // 2)})"
    came, changed = sheet.at(lead.created), sheet.at(lead.changed)
    sheet.rows["seller_agenda_events"].append(
        f"{lead.company.tenant_id}\t{lead.id}\t{seller}\t{status}\t{during}\t{lead.id}\t{lead.need}\t{user}\t"
        f"{came}\t{changed}\n"
    )


def win(sheet: Sheet, lead: Lead, value: str) -> None:
    """A client, and what they paid: all at once, or half of it a month later."""
    tenant, at = lead.company.tenant_id, sheet.at(lead.changed)
    contact = f"{lead.phone}\t{lead.email}\t{lead.firm}\t{lead.owner}"
    sheet.rows["clients"].append(f"{tenant}\t{lead.id}\t{lead.id}\t{lead.name}\t{contact}\t{at}\t{at}\n")
    seller, user = lead.company.sellers[lead.order % len(lead.company.sellers)]
    later = lead.changed + 30 * DAY
    parts = (lead.changed,) if later > sheet.now or sheet.dice() < AT_ONCE else (lead.changed, later)
    for part, second in enumerate(parts):
        paid = sheet.at(second)
        number = sheet.frame.first_id + (lead.id - sheet.frame.first_id) * IDS_PER_LEAD + part
        sheet.rows["accounting_transactions"].append(
            f"{tenant}\t{number}\tincome\t{int(value) / len(parts):.2f}\t{lead.country.currency}\t"
            f"{sheet.pick(_METHODS)}\t{lead.id}\t{seller}\t{lead.id}\t{paid}\t{paid}\t{user}\t{paid}\n"
        )


def _opening(local: int, days: int) -> int:
    """Nine o'clock of the working day that is so many after tomorrow's."""
    day = local // DAY + 1
    while True:
        if (day + _THURSDAY) % 7 < _WEEKEND:
            if days == 0:
                return day * DAY + 9 * HOUR
            days -= 1
        day += 1
