"""What a row says of a lead, and which rows and leads are one person."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orchestrator_service.fields.values import CustomField, FieldType
from orchestrator_service.imports.judging import Judged, Vocabulary, judge
from orchestrator_service.imports.matching import Known, Match, Named, lead_of_rows, matches, repeated_rows
from orchestrator_service.imports.models import Column, ColumnField, Options, Plan
from orchestrator_service.imports.money import read_amount
from orchestrator_service.imports.own_fields import Unread, read_value
from orchestrator_service.imports.tag_names import TagNames

WORDS = Vocabulary("AR", "USD", {"nuevo": "new", "reunion": "meeting"}, {"luz@example.com": 7})


def judged(*pairs: tuple[Column, str], country: str | None = None) -> Judged:
    plan = Plan(columns=tuple(field for field, _ in pairs), options=Options(country=country))
    return judge([cell for _, cell in pairs], plan, WORDS)


@pytest.mark.parametrize(
    ("cell", "country", "key"),
    [
        ("(011) 15 5000-1111", "AR", "541150001111"),
        ("+54 9 11 5000-1111", "AR", "541150001111"),
        ("'+54 11 5000 1111", None, "541150001111"),
        ('="1150001111"', "AR", "541150001111"),
        ("1150001111.0", "AR", "541150001111"),
        ("+52 1 55 1234 5678", "AR", "525512345678"),
        ("55 1234 5678", "MX", "525512345678"),
        ("11 95000-2222", "BR", "551150002222"),
        ("+55 11 5000-2222", "AR", "551150002222"),
    ],
)
def test_every_writing_of_a_number_is_one_key(cell: str, country: str | None, key: str) -> None:
    found = judged(("phone", cell), country=country)
    assert (found.fields["match_key"], found.problems) == (key, [])


@pytest.mark.parametrize(
    ("field", "cell", "code"),
    [
        ("phone", "12", "bad_phone"),
        ("phone", "5,49112E+12", "rounded_phone"),
        ("email", "ana at home", "bad_email"),
        ("full_name", "x" * 201, "too_long"),
        ("stage", "Inventada", "unknown_stage"),
        ("owner", "Nadie", "unknown_owner"),
        ("value", "mucho", "bad_value"),
        ("currency", "pesos", "bad_currency"),
        ("language", "francés", "unknown_language"),
    ],
)
def test_what_is_wrong_is_told_by_its_field(field: ColumnField, cell: str, code: str) -> None:
    found = judged(("email" if field != "email" else "full_name", "ana@example.com"), (field, cell))
    assert [(problem.code, problem.field) for problem in found.problems] == [(code, field)]


def test_a_row_is_a_lead_in_our_words() -> None:
    found = judged(
        ("first_name", " Ana "),
        ("last_name", "Ruiz"),
        ("email", "mailto:Ana@Example.com"),
        ("stage", "Reunión"),
        ("owner", "LUZ@example.com"),
        ("value", "AR$ 1.234,50"),
        ("language", "Español"),
        ("campaign", "Otoño"),
        ("source", "N/A"),
    )
    assert (found.problems, found.email_key, found.name_key) == ([], "ana@example.com", None)
    assert found.fields == {
        "full_name": "Ana Ruiz",
        "email": "ana@example.com",
        "stage_key": "meeting",
        "owner_user_id": 7,
        "value": 1234.5,
        "currency": "ARS",
        "language": "es",
        "referral": {"headline": "Otoño"},
    }


def test_nobody_and_too_much_are_told() -> None:
    assert [problem.code for problem in judged(("company", "Turnera")).problems] == ["nobody"]
    found = judge(["Ana", "x", "y"], Plan(columns=("full_name", None)), WORDS)
    assert [problem.code for problem in found.problems] == ["extra_cells"]


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("1200", "1200", None),
        ("1.200", "1200", None),
        ("1,200", "1200", None),
        ("1.234,5", "1234.5", None),
        ("1,234.50", "1234.5", None),
        ("1.234.567", "1234567", None),
        ("12,50", "12.5", None),
        ("US$ 90", "90", "USD"),
        ("R$ 1.234,00", "1234", "BRL"),
        ("1 200,00 MXN", "1200", "MXN"),
        ("$ 5", "5", None),
        ("0", "0", None),
    ],
)
def test_amounts_are_read_as_they_are_meant(text: str, amount: str, currency: str | None) -> None:
    assert read_amount(text) == (Decimal(amount), currency)


@pytest.mark.parametrize("text", ["", "-5", "mucho", "1.23.456", "1,2,3", "12.345,678", "1e9", "9999999999999", "USD"])
def test_what_is_no_amount_is_none(text: str) -> None:
    assert read_amount(text) is None


def row(number: int, phone: str | None = None, email: str | None = None, name: str | None = None) -> Named:
    return Named(number, phone, email, name)


def test_rows_are_one_person_by_number_else_by_mail_else_by_name() -> None:
    earlier = [row(2, "541", "a@x.com"), row(3, None, "b@x.com"), row(4, None, None, "Ana\n")]
    later = [
        row(5, "541"),
        row(6, "542", "a@x.com"),
        row(7, None, "a@x.com"),
        row(8, "543", "b@x.com"),
        row(9, None, None, "Ana\n"),
        row(10, None, None, "Ana\nTurnera"),
        row(11, "542"),
    ]
    assert repeated_rows(later, earlier) == {5: 2, 7: 2, 8: 3, 9: 4, 11: 6}


def test_two_rows_of_one_lead_are_one() -> None:
    leads = [Known(1, "541", "a@x.com", None), Known(2, None, "b@x.com", None)]
    rows = [
        row(2, "541"),
        row(3, None, "a@x.com"),
        row(4, "549", "b@x.com"),
        row(5, "550", "a@x.com"),
        row(6, None, "b@x.com"),
    ]
    found = lead_of_rows(rows, leads)
    assert found == {2: 1, 3: 1, 4: 2, 6: 2}
    assert matches(rows, found, {}) == [
        Match(2, lead_id=1),
        Match(3, repeats=2),
        Match(4, lead_id=2),
        Match(5),
        Match(6, repeats=4),
    ]
    assert matches(rows[:1], found, {1: 900}) == [Match(2, repeats=900)]


def own(type_: FieldType) -> CustomField:
    return CustomField(1, "own", "Own", type_, ["Rojo", "Azúl"] if type_ == "choice" else [], False, 1, False)


@pytest.mark.parametrize(
    ("type_", "cell", "country", "value"),
    [
        ("text", "Rojo", "AR", "Rojo"),
        ("number", "1.234,50", "AR", 1234.5),
        ("number", "1.200", "AR", 1200),
        ("number", "0.125", "AR", 0.125),
        ("number", "-3", "AR", -3),
        ("number", "15 %", "AR", 15),
        ("date", "2026-11-27", "US", "2026-11-27"),
        ("date", "2026-11-27 10:00:00", "AR", "2026-11-27"),
        ("date", "3/4/2026", "AR", "2026-04-03"),
        ("date", "3/4/26", "US", "2026-03-04"),
        ("date", "31.12.75", "BR", "1975-12-31"),
        ("choice", "AZUL", "AR", "Azúl"),
        ("yes_no", "Sí", "AR", True),
        ("yes_no", "não", "BR", False),
    ],
)
def test_a_cell_is_read_as_its_own_field_takes_it(type_: FieldType, cell: str, country: str, value: object) -> None:
    found = read_value(own(type_), cell, country)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("type_", "cell", "code"),
    [
        ("text", "x" * 501, "too_long"),
        ("number", "doce", "bad_number"),
        ("number", "1.23.4", "bad_number"),
        ("date", "31/2/2026", "bad_date"),
        ("date", "mañana", "bad_date"),
        ("choice", "Verde", "bad_choice"),
        ("yes_no", "quizás", "bad_yes_no"),
    ],
)
def test_what_an_own_field_cannot_take_is_told_with_its_reason(type_: FieldType, cell: str, code: str) -> None:
    assert read_value(own(type_), cell, "AR") == Unread(code)  # pyright: ignore[reportArgumentType]
    words = Vocabulary("AR", "USD", {}, {}, {"own": own(type_)})
    found = judge(["Ana", cell], Plan(columns=("full_name", "custom:own")), words)
    assert [(problem.code, problem.field) for problem in found.problems] == [(code, "custom:own")]


def test_a_cell_names_several_tags_in_the_companys_writing_and_bad_rows_bring_none() -> None:
    tags = TagNames.of(["VIP"], most=3)
    words = Vocabulary("AR", "USD", {}, {}, {}, tags)
    plan = Plan(columns=("full_name", "email", "tags"))

    def found(*cells: str) -> Judged:
        return judge(cells, plan, words)

    assert found("Ana", "", " vip; Otoño|otoño ").fields["tags"] == ["VIP", "Otoño"]
    assert [one.code for one in found("Beto", "no mail", "Nunca").problems] == ["bad_email"]
    assert found("Luz", "", "OTOÑO, Feria").fields["tags"] == ["Otoño", "Feria"]
    assert [(one.code, one.field) for one in found("Eva", "", "Cuarta").problems] == [("too_many_tags", "tags")]
    assert [one.code for one in found("Eva", "", "x" * 41).problems] == ["too_long"]
    words.tags.room = None
    assert [one.code for one in found("Eva", "", "Cuarta").problems] == ["unknown_tag"]
    assert found("Eva", "", "Feria").fields["tags"] == ["Feria"]
