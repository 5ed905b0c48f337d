"""Whose word on a day counts: the calendar's, the company's, the seller's own."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from orchestrator_service.agenda.days_off import DayOff, days_off

CHRISTMAS = date(2026, 12, 25)
FIRST, LAST = date(2026, 12, 20), date(2027, 1, 10)
LUZ, BETO = 1, 2


def word(seller: int | None, first: date, last: date | None = None, *, works: bool = False, number: int = 1) -> DayOff:
    return DayOff(number, seller, first, last or first, works, "")


def test_public_holidays_inside_the_days_asked_about_are_off() -> None:
    assert days_off({CHRISTMAS, date(2027, 5, 1)}, [], LUZ, FIRST, LAST) == {CHRISTMAS}


def test_the_company_opens_a_holiday_and_closes_a_day_of_its_own() -> None:
    words = [word(None, CHRISTMAS, works=True), word(None, date(2026, 12, 24))]
    assert days_off({CHRISTMAS}, words, LUZ, FIRST, LAST) == {date(2026, 12, 24)}


def test_a_seller_works_where_the_company_does_not_and_nobody_else_does() -> None:
    words = [word(LUZ, CHRISTMAS, works=True), word(None, CHRISTMAS)]
    assert days_off(set(), words, LUZ, FIRST, LAST) == set()
    assert days_off(set(), words, BETO, FIRST, LAST) == {CHRISTMAS}


def test_a_vacation_is_every_day_of_it_and_the_later_word_holds() -> None:
    vacation = word(LUZ, date(2026, 12, 1), date(2026, 12, 22))
    assert days_off(set(), [vacation], LUZ, FIRST, LAST) == {date(2026, 12, day) for day in (20, 21, 22)}
    back = word(LUZ, date(2026, 12, 21), works=True, number=2)
    assert days_off(set(), [vacation, back], LUZ, FIRST, LAST) == {date(2026, 12, 20), date(2026, 12, 22)}
    assert days_off(set(), [back, vacation], LUZ, FIRST, LAST) == {date(2026, 12, day) for day in (20, 21, 22)}


@given(
    st.sets(st.integers(0, 21)),
    st.lists(st.tuples(st.sampled_from((None, LUZ, BETO)), st.integers(-5, 25), st.integers(0, 30), st.booleans())),
)
def test_each_day_is_what_the_last_word_of_the_nearest_says(
    public: set[int], said: list[tuple[int | None, int, int, bool]]
) -> None:
    holidays = {FIRST + timedelta(days=one) for one in public}
    words = [
        word(who, FIRST + timedelta(days=start), FIRST + timedelta(days=start + length), works=works)
        for who, start, length, works in said
    ]
    found = days_off(holidays, words, LUZ, FIRST, LAST)
    for number in range(22):
        day = FIRST + timedelta(days=number)
        own = [one for one in words if one.seller_id == LUZ and one.first_day <= day <= one.last_day]
        company = [one for one in words if one.seller_id is None and one.first_day <= day <= one.last_day]
        said_last = own[-1:] or company[-1:]
        assert (day in found) == (not said_last[0].works if said_last else day in holidays)
