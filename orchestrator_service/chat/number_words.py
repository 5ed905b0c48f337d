"""Numbers written as words in es/pt/en, as far as prices and percentages go: `noventa y nueve`, `ten`, `cem mil`."""

import re
from typing import Final

_VALUES: Final[dict[str, int]] = {
    "un": 1, "uno": 1, "una": 1, "um": 1, "uma": 1, "one": 1, "dos": 2, "dois": 2, "duas": 2, "two": 2, "tres": 3,
    "três": 3, "three": 3, "cuatro": 4, "quatro": 4, "four": 4, "cinco": 5, "five": 5, "seis": 6, "six": 6,
    "siete": 7, "sete": 7, "seven": 7, "ocho": 8, "oito": 8, "eight": 8, "nueve": 9, "nove": 9, "nine": 9,
    "diez": 10, "dez": 10, "ten": 10, "once": 11, "onze": 11, "eleven": 11, "doce": 12, "doze": 12, "twelve": 12,
    "trece": 13, "treze": 13, "thirteen": 13, "catorce": 14, "catorze": 14, "fourteen": 14, "quince": 15,
    "quinze": 15, "fifteen": 15, "dieciséis": 16, "dieciseis": 16, "dezesseis": 16, "sixteen": 16, "diecisiete": 17,
    "dezessete": 17, "seventeen": 17, "dieciocho": 18, "dezoito": 18, "eighteen": 18, "diecinueve": 19,
    "dezenove": 19, "nineteen": 19, "veinte": 20, "vinte": 20, "twenty": 20, "veintiuno": 21, "veintidós": 22,
    "veintitrés": 23, "veinticuatro": 24, "veinticinco": 25, "veintiséis": 26, "veintisiete": 27, "veintiocho": 28,
    "veintinueve": 29, "treinta": 30, "trinta": 30, "thirty": 30, "cuarenta": 40, "quarenta": 40, "forty": 40,
    "cincuenta": 50, "cinquenta": 50, "fifty": 50, "sesenta": 60, "sessenta": 60, "sixty": 60, "setenta": 70,
    "seventy": 70, "ochenta": 80, "oitenta": 80, "eighty": 80, "noventa": 90, "ninety": 90, "cien": 100, "cem": 100,
    "ciento": 100, "cento": 100, "doscientos": 200, "duzentos": 200, "trescientos": 300, "trezentos": 300,
    "cuatrocientos": 400, "quatrocentos": 400, "quinientos": 500, "quinhentos": 500, "seiscientos": 600,
    "seiscentos": 600, "setecientos": 700, "setecentos": 700, "ochocientos": 800, "oitocentos": 800,
    "novecientos": 900, "novecentos": 900,
}  # fmt: skip
_SCALES: Final[dict[str, int]] = {
    "hundred": 100, "mil": 1000, "thousand": 1000, "millón": 10**6, "millones": 10**6, "milhão": 10**6,
    "milhões": 10**6, "million": 10**6,
}  # fmt: skip
_WORD = "|".join(sorted((*_VALUES, *_SCALES), key=len, reverse=True))
# A number in words, as a piece of a pattern: at most eight words.
NUMBER_WORDS: Final = rf"(?:{_WORD})(?:(?:\s(?:y|e|and|de)\s|[\s-])(?:{_WORD})){{0,7}}(?!\w)"
_EACH = re.compile(rf"\b(?:{_WORD})\b")


def words_value(text: str) -> int:
    """The value of a match of `NUMBER_WORDS`."""
    total, group = 0, 0
    for word in _EACH.findall(text.casefold()):
        if word in _VALUES:
            group += _VALUES[word]
        elif _SCALES[word] == 100:  # noqa: PLR2004 - "two hundred" multiplies within its group
            group = max(group, 1) * 100
        else:
            total, group = total + max(group, 1) * _SCALES[word], 0
    return total + group
