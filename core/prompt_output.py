"""The outer side of the screen: marks around untrusted text, the canary, and what must not leave in a reply.

PRODUCT §10.3. Pure but for the random marks.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from core.prompt_normalise import fold, forms, words

_MARK = re.compile(r"[A-Za-z0-9]{8,64}")
_SHINGLE = 8
_SHORTEST_FRAGMENT = 4
_KEYS = re.compile(
    r"\bsk-[\w-]{16,}|\bwhsec_[\w+/=-]{8,}|\bgAAAA[\w-]{16,}|\bv2\.[\w-]{1,40}\.[\w-]{16,}|\bAIza[\w-]{20,}"
    r"|\bEAA[A-Za-z0-9]{20,}|\bGOCSPX-[\w-]{16,}|\bya29\.[\w.-]{20,}|\bgh[pousr]_\w{20,}|\bAKIA[A-Z0-9]{12,}"
    r"|\beyJ[\w-]{10,}\.[\w-]{10,}\.|-----BEGIN [A-Z ]{0,20}PRIVATE KEY|\b(?:postgres(?:ql)?|rediss?)://\S{1,300}@"
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}", re.IGNORECASE)
_URL = re.compile(r"\b(?:https?://|www\.)[^\s<>\"'`]{1,2000}", re.IGNORECASE)
_BARE_LINK = re.compile(
    r"(?<![@\w./-])(?:[a-z0-9-]{1,63}\.){1,4}(?:(?:com|net|org|io|info|biz|app|dev|shop|store|online|site|xyz|link|click|"
    r"top|ru|cn|tk)(?:\.[a-z]{2})?(?![\w-])(?:/[^\s<>\"'`]{0,2000})?|(?:me|es|co|ly|gl|ai|br|ar|mx|cl|pe|uk|eu|us)/"
    r"[^\s<>\"'`]{1,2000})",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w.,-])\+?\(?\d(?:[\s().-]{0,3}\d){7,14}(?!\w|[.,]\d)")
_DATE = re.compile(
    r"\b(?:19|20)\d\d-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d)?)?\b"
    r"|\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d\b|\b\d{1,2}:\d\d\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"(?:[$€£]|\b(?:usd|ars|mxn|brl|cop|clp|eur|s/))\s?\d[\d.,]{0,20}"
    r"|\b\d[\d.,]{0,20}\s?(?:usd|ars|mxn|brl|cop|clp|eur|€|pesos|reais|dolares|dólares|dollars|euros)\b",
    re.IGNORECASE,
)
_SAME_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Leak:
    """Something a reply must not carry; `text` is what was found and is kept out of `repr`, so out of logs."""

    kind: Literal["canary", "prompt", "secret", "contact", "link"]
    text: str = field(repr=False)


def new_mark() -> str:
    """A fresh delimiter for one model call: 16 unguessable characters."""
    return secrets.token_hex(8)


def new_canary() -> str:
    """A word for the system prompt that has no reason to appear anywhere else."""
    return f"nx{secrets.token_hex(10)}"


def wrap_untrusted(text: str, mark: str) -> str:
    """The text between lines that carry the mark; a copy of the mark inside, even disguised, loses its power.

    Raises ValueError when the mark is not 8 to 64 letters and digits.
    """
    if not _MARK.fullmatch(mark):
        raise ValueError("a mark is 8 to 64 ASCII letters and digits")
    disguised = re.compile(r"\W{0,3}".join(mark), re.IGNORECASE)
    visible = "".join(char for char in text if unicodedata.category(char) != "Cf" or char == "\u200d")
    inside = disguised.sub("[mark removed]", visible)
    if mark.casefold() in _compact(inside):
        inside = disguised.sub("[mark removed]", fold(text))
    return f"<untrusted {mark}>\n{inside}\n</untrusted {mark}>"


def check_output(
    text: str,
    *,
    canary: str,
    prompt_fragments: Sequence[str],
    allowed_contacts: frozenset[str],
    allowed_links: frozenset[str],
) -> tuple[Leak, ...]:
    """What the reply would leak; empty when it may be sent.

    `allowed_contacts` are phones and e-mails in any notation. `allowed_links` are hosts (`acme.com`: every page of it)
    or addresses (`https://acme.com/offer`: that page and what lies below it).
    """
    return (
        *_canary(text, canary),
        *_fragments(text, prompt_fragments),
        *(Leak("secret", match.group()) for match in _KEYS.finditer(text)),
        *_contacts(text, allowed_contacts),
        *_links(text, allowed_links),
    )


def contacts_in(text: str) -> frozenset[str]:
    """The phones and e-mails that a text names, as `check_output` sees them."""
    return frozenset(leak.text for leak in _contacts(text, frozenset()))


def links_in(text: str) -> frozenset[str]:
    """The links that a text names; as an allowance each covers what lies below it."""
    return frozenset(leak.text for leak in _links(text, frozenset()))


def _compact(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum())


def _canary(text: str, canary: str) -> Iterator[Leak]:
    wanted = _compact(canary)
    if wanted and any(wanted in _compact(form) for form in forms(text)):
        yield Leak("canary", canary)


def _fragments(text: str, fragments: Iterable[str]) -> Iterator[Leak]:
    """A fragment leaks when eight of its words appear in a row, or all of them when it is shorter (four at least)."""
    said = f" {words(fold(text))} "
    for fragment in fragments:
        tokens = words(fold(fragment)).split()
        size = min(_SHINGLE, len(tokens))
        runs = (" ".join(tokens[at : at + size]) for at in range(len(tokens) - size + 1))
        if size >= _SHORTEST_FRAGMENT and any(f" {run} " in said for run in runs):
            yield Leak("prompt", fragment)


def _contacts(text: str, allowed: frozenset[str]) -> Iterator[Leak]:
    emails = {contact.strip().casefold() for contact in allowed if "@" in contact}
    phones = {_digits(contact)[-_SAME_DIGITS:] for contact in allowed if "@" not in contact}
    for match in _EMAIL.finditer(text):
        if match.group().rstrip(".").casefold() not in emails:
            yield Leak("contact", match.group())
    bare = _MONEY.sub(" ; ", _DATE.sub(" ; ", unicodedata.normalize("NFKC", text)))
    for match in _PHONE.finditer(bare):
        groups = re.findall(r"\d+", match.group())
        looks_so = match.group().startswith(("+", "0", "(")) or max(map(len, groups)) > len("10")
        if looks_so and _digits(match.group())[-_SAME_DIGITS:] not in phones:
            yield Leak("contact", match.group())


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdecimal())


def _links(text: str, allowed: frozenset[str]) -> Iterator[Leak]:
    for match in (*_URL.finditer(text), *_BARE_LINK.finditer(text)):
        address = match.group().rstrip(".,;:!?)]}*_~")
        if not any(_covers(entry, address) for entry in allowed):
            yield Leak("link", address)


def _covers(entry: str, address: str) -> bool:
    allowed, found = _parsed(entry), _parsed(address)
    if allowed is None or found is None or allowed[0] != found[0]:
        return False
    path = allowed[1].rstrip("/")
    return not path or found[1] == path or found[1].startswith((path + "/", path + "?", path + "#"))


def _parsed(address: str) -> tuple[str, str] | None:
    """Host without `www.` and the rest; None for what does not parse or hides its host behind a user name."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if not host or parts.username is not None or "\\" in address or "/.." in parts.path:
        return None
    query = f"?{parts.query}" if parts.query else ""
    return host, f"{parts.path}{query}"
