"""Phone numbers of WhatsApp people: a canonical form to show and store, and a key that finds the same person again.

The same mobile reaches us in several writings: Argentina with and without the 9, Mexico with and without the 1, Brazil
with eight or nine digits. `phonenumbers` neither fixes nor matches all of them (contracts/phones.json, executed there),
so `match_key` has rules of its own. Replies always go to the id that the provider reported, never to these forms. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

MIN_DIGITS: Final = 7
MAX_DIGITS: Final = 15
CACHED: Final = 20_000  # numbers whose shown form is kept: 30 µs each to make, about 2 MB in all
_KEY_RULES: Final = (
    (re.compile(r"549?(\d{10})"), r"54\1"),
    (re.compile(r"521?(\d{10})"), r"52\1"),
    (re.compile(r"55(\d{2})9?(\d{8})"), r"55\1\2"),
)
_MEXICO_WITH_1: Final = re.compile(r"521(\d{10})")
_MEXICO_TRUNK: Final = re.compile(r"(?:044|045|01)(\d{10})")
_ARGENTINA_WITHOUT_9: Final = re.compile(r"54(?!9\d{10}$)(\d{10})")
_BRAZIL_OLD_MOBILE: Final = re.compile(r"55\d{2}[6-9]\d{7}")


def canonical_e164(raw: str, *, region: str | None = None, whatsapp: bool = False) -> str | None:
    """The number as `+` and digits, or None where it is no possible number.

    `region` (ISO 3166, "AR") reads numbers written in national form. `whatsapp` says that the number is a WhatsApp id:
    international without `+`, surely a mobile (an Argentine one gets its 9), and believed even where the library
    knows no such range. Brazilian mobiles of eight digits stay as they are: the ninth is added for matching only.
    """
    digits = _digits(raw)
    if not MIN_DIGITS <= len(digits) <= MAX_DIGITS:
        return None
    if whatsapp or _is_international(raw) or region is None:
        international = digits.removeprefix("00")
        return _canonical_international(international, whatsapp=whatsapp)
    return _canonical_national(raw, digits, region.upper())


def match_key(raw: str, *, region: str | None = None) -> str | None:
    """The digits under which all writings of one mobile meet, or None where it is no possible number.

    Without `region` the digits are taken as international, as WhatsApp reports them.
    """
    number = canonical_e164(raw, region=region) if region is not None and not _is_international(raw) else None
    digits = _digits(number or raw)
    if _is_international(raw):
        digits = digits.removeprefix("00")
    if not MIN_DIGITS <= len(digits) <= MAX_DIGITS:
        return None
    for pattern, key in _KEY_RULES:
        found = pattern.fullmatch(digits)
        if found:
            return found.expand(key)
    return digits


@lru_cache(maxsize=CACHED)
def display(raw: str) -> str:
    """The number as people write it internationally (`+54 9 11 2345-6789`); text that is no number comes back as is."""
    number = canonical_e164(raw, whatsapp=True)
    if number is None:
        return raw
    try:
        parsed = phonenumbers.parse(number, None)
    except NumberParseException:
        return number
    return phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)


def _digits(raw: str) -> str:
    """Its digits in ASCII, whatever script they are written in."""
    return "".join(str(unicodedata.decimal(char)) for char in raw if unicodedata.decimal(char, None) is not None)


def _is_international(raw: str) -> bool:
    return raw.strip().startswith(("+", "00", "\N{FULLWIDTH PLUS SIGN}"))


def _canonical_international(digits: str, *, whatsapp: bool) -> str | None:
    mexico = _MEXICO_WITH_1.fullmatch(digits)
    if mexico:
        return f"+52{mexico.group(1)}"
    if _BRAZIL_OLD_MOBILE.fullmatch(digits):
        return f"+{digits}"
    argentina = _ARGENTINA_WITHOUT_9.fullmatch(digits)
    if argentina and whatsapp:
        return f"+549{argentina.group(1)}"
    if whatsapp:
        return f"+{digits}"
    return _valid(f"+{digits}", None)


def _canonical_national(raw: str, digits: str, region: str) -> str | None:
    mexico = _MEXICO_TRUNK.fullmatch(digits) if region == "MX" else None
    if mexico:
        return _valid(f"+52{mexico.group(1)}", None)
    return _valid(raw, region) or _canonical_international(digits, whatsapp=False)


def _valid(raw: str, region: str | None) -> str | None:
    try:
        parsed = phonenumbers.parse(raw, region)
    except NumberParseException:
        return None
    if phonenumbers.number_type(parsed) == PhoneNumberType.UNKNOWN:
        return None
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
