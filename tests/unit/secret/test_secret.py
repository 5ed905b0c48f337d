"""A `Secret` must not leave by printing, formatting or serialising."""

from __future__ import annotations

import copy
import json
import pickle
import traceback
from dataclasses import asdict, dataclass

import pytest

from core.secret import Secret

VALUE = "whsec_do-not-print-me"


@dataclass(frozen=True)
class Holder:
    key: Secret


@pytest.mark.parametrize(
    "shown",
    [
        repr(Secret(VALUE)),
        str(Secret(VALUE)),
        f"{Secret(VALUE)}",
        f"{Secret(VALUE)!r}",
        repr(Holder(Secret(VALUE))),
        repr(asdict(Holder(Secret(VALUE)))),
    ],
)
def test_no_way_of_printing_shows_the_value(shown: str) -> None:
    assert VALUE not in shown
    assert "***" in shown


def test_reveal_gives_the_value() -> None:
    assert Secret(VALUE).reveal() == VALUE


def test_it_cannot_be_pickled_or_written_as_json() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(Secret(VALUE))
    with pytest.raises(TypeError):
        json.dumps({"key": Secret(VALUE)})


def test_equality_is_by_value_and_only_between_secrets() -> None:
    assert Secret(VALUE) == Secret(VALUE)
    assert Secret(VALUE) != Secret("other")
    assert Secret(VALUE) != VALUE
    assert len({Secret(VALUE), Secret(VALUE)}) == 1


def test_a_copy_is_the_same_secret_and_an_empty_one_is_false() -> None:
    secret = Secret(VALUE)
    assert copy.deepcopy(secret) is secret
    assert copy.copy(secret) is secret
    assert secret
    assert not Secret("")


def test_an_exception_that_carries_it_does_not_show_it() -> None:
    shown = traceback.format_exception(ValueError(Secret(VALUE)))
    assert VALUE not in "".join(shown)
