"""What a spreadsheet opens is text."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest

from core.csv_rows import csv_rows


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", '=HYPERLINK("http://x")', "\u00a0=1"]
)
def test_a_formula_is_disarmed(text: str) -> None:
    (row,) = csv.reader(io.StringIO(csv_rows([(text,)]), newline=""))
    assert row == [f"'{text}"]


@pytest.mark.parametrize("text", ["", "Ana", "a=b", "2026-01-01", 'say "hi"', "a,b", "two\r\nlines", "Núñez"])
def test_other_text_stays_what_it_is(text: str) -> None:
    (row,) = csv.reader(io.StringIO(csv_rows([(text, "end")]), newline=""))
    assert row == [text, "end"]


def test_numbers_keep_their_sign_and_nothing_is_empty() -> None:
    assert csv_rows([(-5, 1.5, Decimal("-0.50"), None, True)]) == "-5,1.5,-0.50,,True\r\n"


def test_a_file_begins_with_the_mark_that_spreadsheets_look_for() -> None:
    assert csv_rows([("a", "b")], first=True) == "\ufeffa,b\r\n"
