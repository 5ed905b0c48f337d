"""What a header calls a file is percent-encoded UTF-8, and never more than one line."""

from __future__ import annotations

import pytest

from core.errors import BadInput
from core.upload import decoded_header, decoded_name


def test_a_name_is_one_line_of_bounded_length() -> None:
    assert decoded_name("Presupuesto%20a%C3%B1o.pdf", 200) == "Presupuesto año.pdf"
    assert decoded_name("%0Auno%09%E2%80%AEdos%20", 200) == "unodos"
    assert decoded_name("abcdef", 3) == "abc"
    assert decoded_name("", 3) == ""
    assert decoded_header("dos%0Al%C3%ADneas") == "dos\nlíneas"


@pytest.mark.parametrize("header", ["%FF", "a%00b"])
def test_what_no_row_can_hold_is_refused(header: str) -> None:
    with pytest.raises(BadInput):
        decoded_name(header, 200)
