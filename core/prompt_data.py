"""What in a text is data and no language: addresses, links, codes, names of files and of users (PRODUCT §10.1).

Customers send them all day. Nothing is read into their letters unless such a token says a whole hostile sentence by
itself; the classifier sees of each only what kind it is.
"""

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet

MAIL, LINK, FILE, USER, CODE = "nxmail", "nxlink", "nxfile", "nxuser", "nxcode"
KINDS = frozenset({MAIL, LINK, FILE, USER, CODE})

_AROUND = "()[]{}<>\"'«»“”‘’,;:!?¿¡*~|.`"  # noqa: RUF001 - quotation marks
_LABEL = re.compile(r"(?P<label>[a-z]{2,20}[:=(\[<]+)(?P<rest>\S+)")
_SHAPES = (
    (MAIL, re.compile(r"(?:mailto:)?[\w.+'-]+@[a-z0-9-]{2,}(?:\.[a-z0-9-]{2,})+")),
    (LINK, re.compile(r"(?:https?://|www\.)\S+")),
    (
        LINK,
        re.compile(
            r"(?P<host>[a-z0-9-]{2,}(?:\.[a-z0-9-]{2,})*)\.(?:com|net|org|edu|gob|gov|io|co|app|me|ar|mx|br|cl|pe|uy|py|es|"
            r"de|uk|shop|store|online|info|link|ly|gl|tv|example)(?:\.[a-z]{2})?(?:[/?]\S*)?"
        ),
    ),
    (
        FILE,
        re.compile(
            r"[\w().-]+\.(?:pdf|docx?|xlsx?|csv|txt|pptx?|jpe?g|png|gif|heic|svg|ai|psd|zip|rar|dwg|mp3|mp4|mov|ogg|opus|"
            r"xml|json)"
        ),
    ),
    (USER, re.compile(r"[@#][\w.]{2,}")),
    (USER, re.compile(r"[a-z0-9.]+(?:_+[a-z0-9.']*)+")),
)
# Who said a line that was pasted. Those of a machine (`system:`) stay: nobody but it speaks as one.
_SPEAKER = re.compile(
    r"^[ \t>*-]{0,4}(?:customer|client[ea]?|teammate|agent|seller|vendedora?|asesora?|paciente|patient|alumn[ao]|"
    r"alun[ao]|comprador|buyer|recepcion|loja|atendente|me|yo|eu|them|ellos)[ \t*]{0,2}:",
    re.MULTILINE,
)
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[a-z]")
_PART = re.compile(r"[^a-z]+")
_CHUNK = re.compile(r"\S+")
_SENTENCE = 20  # letters: a code has fewer, words run together have more


def kind_of(chunk: str, vocabulary: AbstractSet[str]) -> str:
    """The kind of data that a folded chunk without spaces is, or nothing."""
    bare = chunk.strip(_AROUND)
    for kind, shape in _SHAPES:
        if match := shape.fullmatch(bare):
            said = bare if kind == USER else match.groupdict().get("host", "")
            return "" if _says_words(said, vocabulary) else kind
    if not _DIGIT.search(bare) or not _LETTER.search(bare):
        return ""
    return CODE if len(_LETTER.findall(bare)) < _SENTENCE else ""


def without_data(text: str, vocabulary: AbstractSet[str], is_word: Callable[[str], bool]) -> str:
    """A folded text with data replaced by its kind, and without the labels of speakers.

    `is_word` tells a word that is written with digits.
    """

    def told(match: re.Match[str]) -> str:
        chunk = match.group()
        kind = kind_of(chunk, vocabulary)
        if kind and (kind in {MAIL, LINK, FILE} or not is_word(chunk)):
            return kind
        if (labelled := _LABEL.fullmatch(chunk)) and (kind := kind_of(labelled["rest"], vocabulary)):
            return f"{labelled['label']} {kind}"
        return chunk.replace("_", " ")

    return _CHUNK.sub(told, _SPEAKER.sub(" ", text))


def _says_words(chunk: str, vocabulary: AbstractSet[str]) -> bool:
    """Whether every part is a word: `update_lead`, `#ignora` and two sentences without a blank are language."""
    parts = [part for part in _PART.split(chunk) if part]
    return bool(parts) and all(part in vocabulary for part in parts)
