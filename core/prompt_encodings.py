"""Texts inside a text: one layer of the encodings that an instruction is smuggled in (PRODUCT §10.1).

Each search is linear, and what comes out is only handed on where it reads as text.
"""

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

_TAG_BLOCK = range(0xE0020, 0xE007F)  # invisible copies of ASCII
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{12,}+={0,2}")
_BROKEN = re.compile(r"(?<=[A-Za-z0-9+/]{8})\s+(?=[A-Za-z0-9+/=]{4})")
_BASE32 = re.compile(r"\b[A-Z2-7]{16,}+={0,6}")
_HEX_SEPARATORS = re.compile(r"\\x|0x|[\s:,;-]")
_HEX = re.compile(r"(?<![0-9A-Za-z])(?:(?:\\x|0x)?[0-9a-fA-F]{2}[\s:,;-]{0,3}){8,}")
_PERCENT = re.compile(r"%[0-9a-fA-F]{2}")
_ESCAPED = re.compile(r"\\u\{?([0-9a-fA-F]{4,6})\}?|\\x([0-9a-fA-F]{2})")
_BINARY = re.compile(r"(?:[01]{8}[\s,]?){6,}")
_CODES = re.compile(r"(?<!\d)(?:\d{2,3}[\s,;-]{1,2}){7,}\d{2,3}(?!\d)")
_ESCAPES = 3
_PRINTABLE_SHARE = 0.85
_LAST = 0x10FFFF


def decoded(text: str) -> Iterator[tuple[str, str]]:
    """The name of the encoding and what it hid, for each that is found."""
    hidden = "".join(chr(ord(char) - 0xE0000) for char in text if ord(char) in _TAG_BLOCK) if not text.isascii() else ""
    if hidden:
        yield "invisible", hidden
    visible = text if text.isascii() else "".join(char for char in text if unicodedata.category(char) != "Cf")
    yield from _base(visible)
    for match in _HEX.finditer(visible):
        yield from _readable("hexadecimal", bytes.fromhex(_HEX_SEPARATORS.sub("", match.group())))
    for match in _BINARY.finditer(visible):
        bits = re.sub(r"[^01]", "", match.group())
        yield from _readable("binary", bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8)))
    for match in _CODES.finditer(visible):
        numbers = [int(number) for number in re.findall(r"\d+", match.group())]
        yield from _readable("codes", bytes(number for number in numbers if number < 256))  # noqa: PLR2004 - a byte
    if len(_PERCENT.findall(visible)) >= _ESCAPES:
        yield from _readable("escaped", unquote_to_bytes(visible.replace("+", " ")))
    if len(_ESCAPED.findall(visible)) >= _ESCAPES:
        yield "escaped", _ESCAPED.sub(lambda match: chr(min(int(match[1] or match[2], 16), _LAST)), visible)


def _base(visible: str) -> Iterator[tuple[str, str]]:
    whole = _BROKEN.sub("", visible)
    for match in _BASE64.finditer(whole):
        encoded = match.group().rstrip("=").translate(str.maketrans("-_", "+/"))
        encoded = encoded[: len(encoded) - (len(encoded) % 4 == 1)]
        yield from _readable("base64", base64.b64decode(encoded + "=" * (-len(encoded) % 4)))
    for match in _BASE32.finditer(visible):
        encoded = match.group().rstrip("=")
        try:
            raw = base64.b32decode(encoded + "=" * (-len(encoded) % 8))
        except binascii.Error:
            continue
        yield from _readable("base32", raw)


def _readable(name: str, raw: bytes) -> Iterator[tuple[str, str]]:
    text = raw.replace(b"\0", b"").decode("utf-8", errors="replace")  # of UTF-16 that leaves the letters
    printable = sum((char.isprintable() or char.isspace()) and char != "\ufffd" for char in text)
    if text and printable >= _PRINTABLE_SHARE * len(text):
        yield name, text
