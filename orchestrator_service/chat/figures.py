"""Currency amounts and percentages as they are written in es/pt/en, and when two notations mean the same figure."""

import re
from dataclasses import dataclass
from decimal import Decimal

_NUMBER = r"\d{1,3}(?:[.,\u00a0\u202f' ]\d{3})+(?![\d])(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?"
_SCALE = r"(?:\s?(?P<scale>k|mil|thousand|millones|millón|million|millions|milhões|milhão|m)\b)?"
_SYMBOL = r"US\$|U\$S|AR\$|MX\$|(?<!\w)R\$|(?<!\w)S/\.?|\$|€|£|\b(?:USD|ARS|MXN|BRL|COP|CLP|PEN|UYU|EUR|GBP)\b"
_NAME = (
    r"US\$|U\$S|€|£|(?:USD|ARS|MXN|BRL|COP|CLP|PEN|UYU|EUR|GBP|d[oó]lar(?:es)?|dollars?|bucks|pesos?|reais|real|euros?|soles|"
    r"libras|pounds|\$)(?!\w)"
)
_AMOUNT = re.compile(
    rf"(?P<before>{_SYMBOL})\s?(?P<first>{_NUMBER}){_SCALE}"
    rf"|(?<![\w.,])(?P<second>{_NUMBER}){_SCALE.replace('scale', 'scale2')}\s?(?:de\s)?(?P<after>{_NAME})",
    re.IGNORECASE,
)
_PERCENTAGE = re.compile(
    rf"(?<![\w.,])(?P<value>{_NUMBER})\s?(?:%|\uff05|por\s?ciento|por\s?cento|percent\b|per cent\b)", re.IGNORECASE
)
_BARE = re.compile(rf"\s*(?P<value>{_NUMBER})\s*")
_SCALES = {"k": 10**3, "mil": 10**3, "thousand": 10**3}
_MILLION = 10**6
_GROUP = 3
_CURRENCIES = {
    "us$": "USD", "u$s": "USD", "usd": "USD", "dólar": "USD", "dolar": "USD", "dólares": "USD", "dolares": "USD",
    "r$": "BRL", "brl": "BRL", "reais": "BRL", "real": "BRL", "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR",
    "£": "GBP", "gbp": "GBP", "ar$": "ARS", "ars": "ARS", "mx$": "MXN", "mxn": "MXN", "cop": "COP", "clp": "CLP",
    "pen": "PEN", "soles": "PEN", "s/": "PEN", "s/.": "PEN", "uyu": "UYU",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as found: `percent` or an amount; `currency` is None where the sign does not tell (`$`, pesos)."""

    text: str
    value: Decimal
    percent: bool
    currency: str | None


def figures(text: str) -> tuple[Figure, ...]:
    """Every currency amount and percentage of the text, in order of kind, then of place."""
    amounts = tuple(
        Figure(
            match.group().strip(),
            number(match["first"] or match["second"]) * _scale(match["scale"] or match["scale2"]),
            percent=False,
            currency=_CURRENCIES.get((match["before"] or match["after"]).casefold()),
        )
        for match in _AMOUNT.finditer(text)
    )
    return amounts + tuple(
        Figure(match.group().strip(), number(match["value"]), percent=True, currency=None)
        for match in _PERCENTAGE.finditer(text)
    )


def is_quoted(figure: Figure, quoted: frozenset[str]) -> bool:
    """Whether a source gave the figure, in any notation; a bare number (`90`) stands for an amount or a percentage."""
    for source in quoted:
        if (bare := _BARE.fullmatch(source)) and number(bare["value"]) == figure.value:
            return True
        if any(_same(figure, known) for known in figures(source)):
            return True
    return False


def number(text: str) -> Decimal:
    """The value of `1.234,50`, `1,234.50`, `1 234` or `1234.5`.

    The last separator is decimal unless three digits follow it.
    """
    compact = re.sub(r"[\s']", "", text)
    last = re.search(r"([.,])(\d+)$", compact)
    if last is None:
        return Decimal(compact)
    head, (separator, tail) = compact[: last.start()], last.groups()
    digits = re.sub(r"\D", "", head)
    other = "," if separator == "." else "."
    grouped = len(tail) == _GROUP and other not in head and digits not in {"", "0"}
    return Decimal(digits + tail) if grouped else Decimal(f"{digits or '0'}.{tail}")


def _scale(word: str | None) -> int:
    return 1 if word is None else _SCALES.get(word.casefold(), _MILLION)


def _same(one: Figure, other: Figure) -> bool:
    return (
        one.percent == other.percent
        and one.value == other.value
        and (one.currency == other.currency or None in {one.currency, other.currency})
    )
