"""Currency amounts and percentages as they are written in es/pt/en, and when two notations mean the same figure.

Numbers in words count as well, so do a price without a currency after a word of price ("cuesta 90 al mes"), nothing to
pay ("gratis") and half the price.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from orchestrator_service.chat.number_words import NUMBER_WORDS, words_value

_NUMBER = r"\d{1,3}(?:[.,\u00a0\u202f' ]\d{3})+(?![\d])(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?"
_SCALE = r"(?:\s?(?P<scale>k|mil|thousand|millones|millón|million|millions|milhões|milhão|m)\b)?"
_SYMBOL = r"US\$|U\$S|AR\$|MX\$|(?<!\w)R\$|(?<!\w)S/\.?|\$|€|£|\b(?:USD|ARS|MXN|BRL|COP|CLP|PEN|UYU|EUR|GBP)\b"
_NAME = (
    r"US\$|U\$S|€|£|(?:USD|ARS|MXN|BRL|COP|CLP|PEN|UYU|EUR|GBP|d[oó]lar(?:es)?|dollars?|bucks|pesos?|reais|real|"
    r"euros?|soles|lucas?|mangos|varos|contos?|quid|"
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
_PERCENT_WORDS = r"por\s?ciento|por\s?cento|percent\b|per cent\b"
_AMOUNT_WORDS = re.compile(
    rf"(?<!\d\s)\b(?P<words>{NUMBER_WORDS})\s(?:de\s)?(?P<name>{_NAME})|"
    rf"(?<!\d\s)\b(?P<rate>{NUMBER_WORDS})\s(?:{_PERCENT_WORDS})",
    re.IGNORECASE,
)
_PRICED = re.compile(
    rf"\b(?:cuestan?|vale[ns]?|custam?|costs?|priced at|(?:precio|preço|price)(?: es| é| is)?(?: de)?:?|sale[ns]? a?|"
    rf"saem? por|"
    rf"(?:queda|fica|sai) (?:en|em|por)|por s[oó]lo|por apenas|for (?:just|only))\s(?P<value>{_NUMBER})"
    r"(?!\d|[.,:/h]\d|\s?(?:%|h\b|hs\b|hrs?\b|horas?|hours?|min|personas?|pessoas|people|usuarios|días|dias|days|"
    r"meses|"
    r"months|semanas|weeks|veces|vezes|times|[ap]\.?m))",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"\b(?:gratis|gr[aá]tis|gratuit[oa]s?|de graça|(?:sin|cero|(?<!hecho )(?<!cobrado )(?<!realizado )ningún|sem|"
    r"zero) "
    r"(?:ningún |nenhum )?(?:costo|coste|"
    r"cargo|custo|taxa)s?|"
    r"(?:costo|coste|custo) (?:cero|zero)|for free|free of charge|(?:at )?no (?:extra |additional )?(?:cost|charge)|"
    r"complimentary|on the house|"
    r"(?:month|year|trial|plan|set-?up|installation|shipping|delivery|demo|consultation|onboarding|support|version|"
    r"course|access)"
    r"(?:'s| is| are| will be| comes?| would be) (?:completely |totally |absolutely |100% )?free(?! (?:on|at|to|"
    r"from)\b)|"
    r"free (?:trial|month|year|plan|set-?up|installation|shipping|delivery|consultation|onboarding|version|"
    r"access))\b",
    re.IGNORECASE,
)
_HALF = re.compile(
    r"\b(?:mitad (?:de|del) precio|metade do preço|half[ -](?:the )?price|half off|2\s?x\s?1|dos por uno|dois por "
    r"um)\b",
    re.IGNORECASE,
)
_IDIOM = Decimal(100)  # "100% online" is no figure; "100% de descuento" is one
_PRICE_MATTERS = re.compile(
    r"\s*(?:de |of |do )?(?:descuento|desconto|discount|off\b|reembols|refund|bonific|garant|guarantee|devol|money|"
    r"cashback|menos)",
    re.IGNORECASE,
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
            number(match["first"] or match["second"])
            * _scale(match["scale"] or match["scale2"] or _slang(match["after"])),
            percent=False,
            currency=_CURRENCIES.get((match["before"] or match["after"]).casefold()),
        )
        for match in _AMOUNT.finditer(text)
    )
    return (*amounts, *_in_words(text), *_priced(text), *_percentages(text))


def _in_words(text: str) -> Iterator[Figure]:
    for match in _AMOUNT_WORDS.finditer(text):
        rate = match["rate"] is not None
        value = Decimal(words_value(match["rate"] or match["words"]))
        yield Figure(match.group(), value, rate, None if rate else _CURRENCIES.get(match["name"].casefold()))


def _priced(text: str) -> Iterator[Figure]:
    """Prices that name no currency: a number after a word of price, nothing at all, half of it."""
    for match in _PRICED.finditer(text):
        if not _AMOUNT.match(text, match.start("value")):
            yield Figure(match.group(), number(match["value"]), percent=False, currency=None)
    for match in _NOTHING.finditer(text):
        yield Figure(match.group(), Decimal(0), percent=False, currency=None)
    for match in _HALF.finditer(text):
        yield Figure(match.group(), Decimal(50), percent=True, currency=None)


def _percentages(text: str) -> Iterator[Figure]:
    for match in _PERCENTAGE.finditer(text):
        value = number(match["value"])
        if value != _IDIOM or _PRICE_MATTERS.match(text, match.end()):
            yield Figure(match.group().strip(), value, percent=True, currency=None)


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


def _slang(name: str | None) -> str | None:
    """The scale that a name of money has in itself: `45 lucas` are forty-five thousand."""
    return "mil" if name and name.casefold().startswith("luca") else None


def _scale(word: str | None) -> int:
    return 1 if word is None else _SCALES.get(word.casefold(), _MILLION)


def _same(one: Figure, other: Figure) -> bool:
    return (
        one.percent == other.percent
        and one.value == other.value
        and (one.currency == other.currency or None in {one.currency, other.currency})
    )
