"""A conversation without what names people: names, phones, e-mails, links, addresses become stable placeholders. Pure.

One word of a name becomes the same placeholder wherever it stands, so that a reply still agrees with what it answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from core.folding import composed, fold
from core.json_types import Json
from orchestrator_service.agent.demo_brain.names import PLACEHOLDERS, is_first_name, stated_name

_FAMILY: Final = ("Ejemplo", "Muestra", "Prueba", "Modelo", "Patron", "Figura", "Boceto", "Esquema", "Molde", "Trazo")
_WORDS: Final = re.compile(r"[^\W\d_]+")
_SMALL: Final = frozenset(
    {
        *("de", "del", "la", "las", "los", "el", "da", "das", "do", "dos", "e", "y", "van", "von", "san", "mi", "the"),
        *("dr", "dra", "lic", "ing", "sr", "sra", "srta", "hola", "buenas", "soy", "of"),
    }
)
_LINK: Final = re.compile(r"\b(?:https?://|www\.)[^\s<>\"')\]]+", re.IGNORECASE)
_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_HANDLE: Final = re.compile(r"(?<![\w@./])@[A-Za-z_][\w.]{2,30}")
_NUMBER: Final = re.compile(r"(?<![\w@.$€])\+?\(?\d[\d\s().\-/]{5,20}\d(?![\w@])")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b")
_MONEY: Final = re.compile(r"^\d{1,3}(?:[.,]\d{3})+$")
_STREET: Final = re.compile(
    r"\b(?:calle|av(?:enida)?\.?|rua|carrera|cra\.?|cll\.?|calzada|paseo|pasaje|alameda|travessa|pra[cç]a|plaza|diagonal)"
    r"\s+(?:[^\W\d_][\w'.-]*,?\s+){0,5}(?:n[°º.]?\s*|#\s*|n[uú]mero\s+|,\s*)?\d{1,5}(?:\s?[-#]\s?\d{1,4}){0,2}\b"
    r"|\b\d{1,5}\s+(?:[A-Z][\w'.-]*\s+){1,3}(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive)\b\.?",
    re.IGNORECASE,
)
_MOST_DIGITS: Final = 15
_LEAST_DIGITS: Final = 8
_KEPT: Final = frozenset({"zone", "now", "from", "to", "at", "tool", "currency", "country", "hours", "status", "off"})


class Scrubber:
    """Knows the names that are to go; gives the same placeholder for the same thing each time."""

    def __init__(self, names: Iterable[str]) -> None:
        self._words: dict[str, str] = {}
        self._tails: list[str] = []
        self._given: dict[str, dict[str, str]] = {"link": {}, "email": {}, "handle": {}, "phone": {}, "street": {}}
        for name in names:
            self.learn(name)

    def learn(self, name: str) -> None:
        """Another name that is to go, word by word."""
        for word in _WORDS.findall(composed(name)):
            plain = fold(word)
            if len(plain) > 1 and plain not in _SMALL and plain not in self._words:
                self._words[plain] = self._placeholder(plain)

    def learn_said(self, text: str) -> None:
        """The name with which somebody introduces themselves, every common first name with what follows it, streets."""
        if name := stated_name(text):
            self.learn(name)
        for street in _STREET.finditer(text):
            # A quote may begin in the midst of it: "Av" ends a sentence for whoever cuts at points.
            tail = re.sub(r"^\S+\s+", "", street[0])
            if any(char.isalpha() for char in tail):
                self._tails.append(tail)
        words = _WORDS.findall(composed(text))
        for place, word in enumerate(words):
            if word[0].isupper() and is_first_name(word):
                self.learn(word)
                for family in words[place + 1 : place + 3]:
                    if not family[0].isupper():
                        break
                    self.learn(family)

    def text(self, text: str) -> str:
        """The text with placeholders."""
        text = _LINK.sub(self._stable("link", lambda n: f"https://example.com/{n}"), text)
        text = _EMAIL.sub(self._stable("email", lambda n: f"persona{n}@example.com"), text)
        text = _HANDLE.sub(self._stable("handle", lambda n: f"@persona{n}"), text)
        text = _STREET.sub(self._stable("street", lambda n: f"calle Ejemplo {n}"), text)
        for tail in self._tails:
            text = text.replace(tail, "Ejemplo 1")
        text = _NUMBER.sub(self._phone, text)
        return self._without_names(text)

    def whole(self, value: Json, *, key: str = "") -> Json:
        """Every text in a value but those that are times, zones and the like; keys stay."""
        if isinstance(value, Mapping):
            return {name: one if name in _KEPT else self.whole(one, key=name) for name, one in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.whole(one, key=key) for one in value]
        if not isinstance(value, str):
            return value
        if value.startswith(("offer:", "meeting:")):
            return self._without_names(value)
        return self.text(value)

    def _without_names(self, text: str) -> str:
        written = composed(text)  # two thousand characters, as much as any brain reads of a message
        folded = fold(written)
        out: list[str] = []
        end = 0
        for found in _WORDS.finditer(folded):
            placeholder = self._words.get(found[0])
            if placeholder is not None:
                out += [written[end : found.start()], _like(written[found.start() : found.end()], placeholder)]
                end = found.end()
        return "".join([*out, written[end:]])

    def _phone(self, found: re.Match[str]) -> str:
        digits = sum(char.isdigit() for char in found[0])
        kept = _DATE.search(found[0]) or _MONEY.match(found[0]) or not _LEAST_DIGITS <= digits <= _MOST_DIGITS
        if kept and not found[0].startswith("+"):
            return found[0]
        key = re.sub(r"\D", "", found[0])[-_LEAST_DIGITS:]
        given = self._given["phone"]
        return given.setdefault(key, f"+549115550{len(given) + 1:04d}")

    def _stable(self, kind: str, make: Callable[[int], str]) -> Callable[[re.Match[str]], str]:
        given = self._given[kind]

        def replace(found: re.Match[str]) -> str:
            return given.setdefault(found[0].casefold(), make(len(given) + 1))

        return replace

    def _placeholder(self, plain: str) -> str:
        """A first name for a first name, so that whoever reads the text takes it for one."""
        pool = PLACEHOLDERS if is_first_name(plain) else _FAMILY
        used = set(self._words.values())
        free = (one for one in pool if one not in used)
        return next(free, None) or next(
            made for first in pool for second in pool if (made := first + second.lower()) not in used
        )


def _like(word: str, placeholder: str) -> str:
    """The placeholder in the case of the word that it stands for."""
    if word.isupper() and len(word) > 1:
        return placeholder.upper()
    return placeholder.lower() if word.islower() else placeholder
