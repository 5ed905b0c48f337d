"""Which of the three languages a customer writes, from small closed lists of frequent words.

Spanish and Portuguese share much, so only words that tell languages apart are listed. Short texts ("ok", "10:30",
a name) keep the language of the conversation.
"""

import re
from collections.abc import Iterable
from typing import Literal, TypeAlias

from core.folding import composed, fold

Language: TypeAlias = Literal["es", "en", "pt"]
LANGUAGES: tuple[Language, ...] = ("es", "en", "pt")
DEFAULT: Language = "es"
SWITCH_WORDS = 3
SWITCH_LEAD = 2

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_MARKS: dict[Language, re.Pattern[str]] = {
    "es": re.compile(r"[ñÑ¿¡]|ción\b|\bsí\b", re.IGNORECASE),
    "pt": re.compile(r"[ãõçÃÕÇ]|ções\b|\bé\b|\bàs\b", re.IGNORECASE),
}
_LISTS: dict[Language, str] = {
    "es": """hola buenas buenos dias tardes noches gracias quiero necesito busco tengo soy estoy puedo puede podemos
        el la los las una unos del y pero con mi mis tu me gustaria interesa saber cuanto cuesta precio cual cuando
        donde como por hoy manana lunes martes miercoles jueves viernes si no reunion cita llamo nombre favor
        primero primera segundo dale vale hay esta este ahora ya muy mas otro otra""",
    "en": """hi hello hey good morning thanks thank you i i'm i'd i'll we my the a an is are and but with want need
        looking for have can could would like how much cost price what when where tomorrow today monday tuesday
        wednesday thursday friday yes please meeting call book schedule name first second one works not it's that
        this on at in to of do does about more""",
    "pt": """oi ola bom boa tarde noite obrigado obrigada quero preciso procuro tenho sou estou posso pode podemos
        o os um uma do da na em e mas com meu minha meus voce voces gostaria interesse saber quanto custa preco
        qual quando onde como hoje amanha segunda terca quarta quinta sexta sim nao reuniao nome chamo primeiro
        primeira segundo tem esse essa isso agora ja muito mais outro outra pra para uns tudo""",
}

_NAMES: dict[str, Language] = {
    "ingles": "en", "english": "en", "espanol": "es", "castellano": "es", "spanish": "es", "espanhol": "es",
    "portugues": "pt", "portuguese": "pt", "brasileiro": "pt",
}  # fmt: skip
_NAME = rf"(?P<language>{'|'.join(_NAMES)})"
_SPEAKING = (
    r"habl(?:a|as|e|en|ame|eme|emos|ar|arme|arnos|amos)|respond\w*|contest\w*|escrib\w*|atiend\w*|atender\w*|"
    r"sig(?:amos|ue|ame)|fal(?:a|ar|e|em|amos)|respon\w+|escrev\w+|atend\w+|continu\w+|speak|talk|write|answer|"
    r"reply|respond|chat|switch|continue"
)
_ASKED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:{_SPEAKING})(?:\s\w+){{0,3}}\s(?:en|em|in|to)\s{_NAME}\b",
        rf"\b(?:do you|can you|could you|can we|you) speak {_NAME}\b",
        rf"\b(?:fala|falam|habla|hablan|hablas) {_NAME}\b",
        rf"\b(?:en|em|in) {_NAME},? (?:por favor|porfa|please)\b",
        rf"^\W*(?:(?:en|em|in) )?{_NAME}(?:,? (?:por favor|porfa|please))?\W*$",
    )
)


def _weighted() -> dict[Language, frozenset[str]]:
    sets: dict[Language, frozenset[str]] = {language: frozenset(_LISTS[language].split()) for language in LANGUAGES}
    shared = {word for word in sets["es"] | sets["en"] | sets["pt"] if sum(word in each for each in sets.values()) > 1}
    return {language: words - shared for language, words in sets.items()}


_WORDS = _weighted()


def asked_language(text: str) -> Language | None:
    """The language in which the customer asks to be answered ("háblame en inglés"), None where they ask for none."""
    folded = fold(text)
    found = next((found for pattern in _ASKED if (found := pattern.search(folded))), None)
    return _NAMES[found["language"]] if found else None


def detect(texts: Iterable[str], previous: str | None = None) -> Language:
    """The language to answer in; `previous` is kept unless a longer text clearly speaks another one."""
    texts = tuple(texts)  # looked at twice
    joined = " ".join(texts)
    asked: Language | None = next((each for each in map(asked_language, reversed(texts)) if each), None)
    if asked is not None:
        return asked
    scores = _scores(joined)
    best = max(LANGUAGES, key=scores.__getitem__)
    kept: Language | None = next((each for each in LANGUAGES if each == previous), None)
    if kept is None:
        return best if scores[best] > 0 and _leads(scores, best) else DEFAULT
    long_enough = len(composed(joined).split()) >= SWITCH_WORDS
    if long_enough and scores[best] - scores[kept] >= SWITCH_LEAD:
        return best
    return kept


def _scores(text: str) -> dict[Language, int]:
    text = " ".join(word for word in composed(text).split() if "@" not in word and "/" not in word)
    words = _WORD.findall(fold(text))
    scores: dict[Language, int] = {language: sum(word in _WORDS[language] for word in words) for language in LANGUAGES}
    for language, mark in _MARKS.items():
        scores[language] += 2 * bool(mark.search(text))
    return scores


def _leads(scores: dict[Language, int], best: Language) -> bool:
    return all(scores[best] > scores[other] for other in LANGUAGES if other != best)
