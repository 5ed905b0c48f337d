"""Phone rules of contracts/phones.json, and what must hold for any text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.phone import canonical_e164, display, match_key

CONTRACT = Path(__file__).parents[2] / "fixtures" / "contracts" / "phones.json"
CASES: list[list[str]] = json.loads(CONTRACT.read_text(encoding="utf-8"))["cases"]
WRITTEN_FOR = re.compile(r"^(.*?)\s*\((AR|MX|BR)\b.*\)$")
FIXED = {
    "+541123456789": "+541123456789",
    "+5215512345678": "+525512345678",
    "+525512345678": "+525512345678",
    "044 55 1234 5678": "+525512345678",
    "+551187654321": "+551187654321",
}


def written(case: list[str]) -> tuple[str, str | None]:
    found = WRITTEN_FOR.match(case[0])
    return (found.group(1), found.group(2)) if found else (case[0], None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_each_case_of_the_contract_has_its_canonical_form(case: list[str]) -> None:
    raw, region = written(case)
    wanted = case[-1] if case[-1].startswith("+") else FIXED[raw]
    assert canonical_e164(raw, region=region) == wanted


@pytest.mark.parametrize(
    "writings",
    [
        ["+5491123456789", "541123456789", "+54 9 11 2345-6789", "5491123456789"],
        ["+5215512345678", "525512345678", "+52 55 1234 5678"],
        ["+5511987654321", "551187654321", "+55 11 98765-4321"],
    ],
    ids=["AR", "MX", "BR"],
)
def test_all_writings_of_one_mobile_meet_under_one_key(writings: list[str]) -> None:
    assert len({match_key(writing) for writing in writings}) == 1


def test_the_library_alone_would_not_match_them() -> None:
    assert phonenumbers.is_number_match("+551187654321", "+5511987654321") == phonenumbers.MatchType.NO_MATCH
    assert not phonenumbers.is_valid_number(phonenumbers.parse("+5215512345678", None))


@pytest.mark.parametrize(
    ("raw", "region", "key"),
    [
        ("11 15-2345-6789", "AR", "541123456789"),
        ("011 15 2345 6789", "AR", "541123456789"),
        ("0223 15 412 3456", "AR", "542234123456"),
        ("044 55 1234 5678", "MX", "525512345678"),
        ("(11) 98765-4321", "BR", "551187654321"),
        ("+34 600 11 22 33", "AR", "34600112233"),
        ("0034600112233", None, "34600112233"),
    ],
)
def test_a_number_written_at_home_meets_its_whatsapp_id(raw: str, region: str | None, key: str) -> None:
    assert match_key(raw, region=region) == key


def test_different_people_have_different_keys() -> None:
    assert match_key("+5491123456789") != match_key("+5491123456780")
    assert match_key("+34600112233") != match_key("+5491123456789")


def test_a_whatsapp_id_of_argentina_gets_its_nine_and_a_fixed_line_does_not() -> None:
    assert canonical_e164("541123456789", whatsapp=True) == "+5491123456789"
    assert canonical_e164("+541123456789") == "+541123456789"


def test_a_whatsapp_id_is_believed_where_the_library_knows_no_such_range() -> None:
    assert canonical_e164("15550001234", whatsapp=True) == "+15550001234"
    assert canonical_e164("+999123456789") is None


@pytest.mark.parametrize("raw", ["", "hola", "12345", "+", "1" * 16, "AR.1502576394655843000"])
def test_what_is_no_number_has_neither_form_nor_key(raw: str) -> None:
    assert canonical_e164(raw) is None
    assert match_key(raw) is None
    assert display(raw) == raw


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("5491123456789", "+54 9 11 2345-6789"),
        ("+5215512345678", "+52 55 1234 5678"),
        ("+551187654321", "+55 1187654321"),
    ],
)
def test_a_number_is_shown_as_people_write_it(raw: str, shown: str) -> None:
    assert display(raw) == shown


def test_a_number_of_no_country_is_shown_by_its_digits() -> None:
    assert display("0999 0000-00") == "+0999000000"


def test_text_that_hides_digits_is_no_national_number() -> None:
    assert canonical_e164("x1y2z3a4b5c6d7e8", region="ZZ") is None


def test_digits_of_any_script_count() -> None:
    assert match_key("+٥٤٩١١٢٣٤٥٦٧٨٩") == "541123456789"


@given(st.text(max_size=40), st.sampled_from([None, "AR", "MX", "BR", "ar", "ZZ"]))
def test_no_text_breaks_it_and_the_forms_agree(raw: str, region: str | None) -> None:
    number = canonical_e164(raw, region=region)
    assert number is None or re.fullmatch(r"\+[0-9]{1,15}", number)
    assert isinstance(display(raw), str)
    if number is not None:
        assert match_key(number) is not None


@given(st.from_regex(r"\A(549?11[0-9]{8}|521?55[0-9]{8}|55119?[0-9]{8})\Z"))
def test_the_key_of_a_key_is_itself(raw: str) -> None:
    key = match_key(raw)
    assert key is not None
    assert match_key(key) == key
