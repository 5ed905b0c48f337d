"""The crowd is believable where others rely on it: numbers, order in time, and the same again for the same wish."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

import pytest

from core.errors import BadInput
from core.phone import canonical_e164, match_key
from nexus.crowd.countries import ARGENTINA, BRAZIL, COUNTRIES, MEXICO, PER_COMPANY, UNITED_STATES, Country
from nexus.crowd.leads import rows_of
from nexus.crowd.plan import Company, Frame, Plan
from nexus.crowd.sheet import NULL, TABLES

NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)


def crowd(leads: int = 2_000, tenants: int = 4, *, random: int = 1) -> dict[str, list[dict[str, str]]]:
    plan = Plan(leads, tenants, 730, random)
    companies = tuple(Company(7 + place, place, 3, (1, 2), (2, 4), ((5, 2), (6, 4))) for place in range(tenants))
    written = rows_of(Frame(plan, companies, 101, NOW), 0)
    return {
        table: [dict(zip(TABLES[table], line.removesuffix("\n").split("\t"), strict=True)) for line in lines]
        for table, lines in written.items()
    }


@pytest.mark.parametrize("country", [ARGENTINA, MEXICO, BRAZIL, UNITED_STATES], ids=lambda country: country.code)
def test_numbers_are_mobiles_of_the_country_and_known_by_the_key_that_the_crm_gives_them(country: Country) -> None:
    numbers = [country.phone(number) for number in range(0, PER_COMPANY, 4_999)]
    assert [canonical_e164(phone) for phone, _ in numbers] == [phone for phone, _ in numbers]
    assert [match_key(phone) for phone, _ in numbers] == [key for _, key in numbers]


@pytest.mark.parametrize("country", [ARGENTINA, MEXICO, BRAZIL, UNITED_STATES], ids=lambda country: country.code)
def test_a_companys_numbers_are_all_different(country: Country) -> None:
    assert len({country.phone(number)[1] for number in range(50_000)}) == 50_000


def test_half_of_the_companies_write_from_argentina_and_none_is_nowhere() -> None:
    codes = [country.code for country in COUNTRIES]
    assert {code: codes.count(code) for code in sorted(set(codes))} == {"AR": 9, "BR": 4, "MX": 5, "US": 2}


def test_the_same_wish_gives_the_same_crowd_and_another_number_another_one() -> None:
    assert crowd() == crowd()
    assert crowd()["leads"] != crowd(random=2)["leads"]


def test_a_lead_with_a_larger_id_came_later_and_nothing_lies_ahead() -> None:
    came = defaultdict[str, list[datetime]](list)
    for lead in crowd()["leads"]:
        came[lead["tenant_id"]].append(datetime.fromisoformat(lead["created_at"]))
        assert lead["created_at"] <= lead["updated_at"]
        assert datetime.fromisoformat(lead["updated_at"]) <= NOW
    assert {tenant: sorted(moments) for tenant, moments in came.items()} == came
    assert all((NOW - moments[0]).days > 600 for moments in came.values())


def test_every_lead_stands_where_its_changes_have_brought_it() -> None:
    written = crowd()
    stands = dict.fromkeys((lead["id"] for lead in written["leads"]), "new")
    for change in written["lead_changes"]:
        assert stands[change["lead_id"]] == change["was"]
        stands[change["lead_id"]] = change["became"]
    assert stands == {lead["id"]: lead["stage_key"] for lead in written["leads"]}
    assert set(stands.values()) == {"new", "contacted", "qualified", "meeting", "proposal", "won", "lost"}


def test_who_won_is_a_client_who_paid_what_the_lead_was_worth() -> None:
    written = crowd()
    worth = {lead["id"]: float(lead["value"]) for lead in written["leads"] if lead["stage_key"] == "won"}
    paid = defaultdict[str, float](float)
    for payment in written["accounting_transactions"]:
        paid[payment["lead_id"]] += float(payment["amount"])
    assert paid.keys() == worth.keys() == {client["lead_id"] for client in written["clients"]}
    assert paid == worth


def test_meetings_to_come_are_on_working_days_and_no_seller_has_two_at_once() -> None:
    ahead = [event for event in crowd(8_000)["seller_agenda_events"] if event["status"] == "confirmed"]
    assert len(ahead) > 5
    assert len({(event["tenant_id"], event["seller_id"], event["during"]) for event in ahead}) == len(ahead)
    for event in ahead:
        begins = datetime.fromisoformat(event["during"][1:].partition(",")[0])
        assert begins > NOW
        assert begins.weekday() < 5


def test_the_newest_leads_have_written_and_what_was_said_is_theirs() -> None:
    written = crowd()
    talks = {talk["id"]: talk for talk in written["conversations"]}
    assert len(talks) > 50
    assert {message["conversation_id"] for message in written["chat_messages"]} == talks.keys()
    known = {lead["id"]: lead["match_key"] for lead in written["leads"]}
    assert all(known[identity["contact_id"]] == identity["value"] != NULL for identity in written["lead_identities"])
    assert all(message["body"].strip() and "{" not in message["body"] for message in written["chat_messages"])


@pytest.mark.parametrize("wish", [(1, 2, 30), (10, 0, 30), (10, 1, 0), (PER_COMPANY + 1, 1, 30)])
def test_an_impossible_crowd_is_refused(wish: tuple[int, int, int]) -> None:
    with pytest.raises(BadInput):
        Plan(*wish, random=1)
