"""Personal names in chat messages: stated ("soy Ana Ruiz", "my name is …") or given bare after being asked."""

import re

from core.folding import fold

MAX_NAME = 60
MAX_WORDS = 5
FULL_NAME_WORDS = 2

_STRONG = re.compile(
    r"\b(?:me llamo|mi nombre(?: completo)? es|my (?:full )?name is|meu nome(?: completo)? e|me chamo)\s+"
)
_WEAK = re.compile(r"\b(?:soy|i'?m|i am|this is|sou|aqui e|aca|habla)\s+(?:[oa]\s+)?")
_ARTICLE = re.compile(r"\s+(?:la|las|los)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)?\.?")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PARTICLES = _words("de del la las los da do dos das di van von san")
_STOP = _words(
    """y e and pero but mas tengo quiero necesito busco trabajo soy de desde en con para por el la un una los las
    gracias
    hola buenas info from i we have want need looking im the a an my with at in thanks hi hello interested here tenho
    quero preciso sou estou o os as um uma com obrigado obrigada oi dueno duena propietario propietaria gerente director
    directora fundador fundadora socio socia medico medica doctor doctora odontologo odontologa abogado abogada
    contador contadora encargado encargada cliente nuevo nueva owner founder ceo manager partner doctor dentist dono
    dona dentista diretor diretora admin administrador sistema system not no si yes sim nao ok dale muy mi tu su
    ese este otra otro mismo misma quien solo alguien it so very really just interesado interesada el que primero
    primera segundo segunda manana lunes martes miercoles jueves viernes hoy favor claro please por favor sure
    precio precios cuanto como cuando donde cual perfecto genial listo bueno"""
)
_FIRST_NAMES = _words(
    """ana maria juan jose luis carlos jorge pedro pablo diego martin sofia lucia laura carla carolina andrea paula
    valeria gabriela daniela camila valentina florencia julieta micaela rocio mariana marina natalia patricia monica
    silvia claudia rosa elena teresa isabel carmen julia clara marta raul miguel angel fernando ricardo roberto
    eduardo alejandro andres sebastian nicolas matias tomas santiago facundo gonzalo federico ignacio hernan gustavo
    hugo oscar sergio ruben walter victor ivan javier manuel francisco antonio rafael david daniel gabriel mateo
    joao paulo marcos lucas felipe bruno thiago rodrigo marcelo renato leticia juliana fernanda beatriz larissa
    amanda bruna aline vanessa luiza helena john james michael robert mary jennifer linda susan karen nancy lisa emma
    alfa beta gama delta sigma omega kapa iota
    olivia noah liam william peter paul mark tom kate sarah anna jane alice george henry jack"""
)

# What saved conversations call people instead of their first names: words that are read as such.
PLACEHOLDERS = ("Alfa", "Beta", "Gama", "Delta", "Sigma", "Omega", "Kapa", "Iota")


def stated_name(text: str) -> str | None:
    """The name a text introduces, in title case where it came in lower case; None where it introduces none.

    After "soy" and its like a name must be capitalised or start with a common first name: "soy odontóloga" is none.
    """
    folded = fold(text)
    if found := _STRONG.search(folded):
        return _name_from(text[found.end() :], strict=False)
    for found in _WEAK.finditer(folded):
        if name := _name_from(text[found.end() :], strict=True):
            return name
    return None


def bare_name(text: str) -> str | None:
    """The whole text as a name ("Ana Ruiz", "ana ruiz, gracias"), for an answer to the question for it."""
    head = re.split(r"[,.\n]", text.strip(), maxsplit=1)[0].strip()
    words = head.split()
    if not 1 <= len(words) <= MAX_WORDS or not all(_WORD.fullmatch(word) for word in words):
        return None
    name = _name_from(head, strict=False)
    return name if name and len(name.split()) == len(words) else None


def is_first_name(word: str) -> bool:
    """Whether a word, in whatever case, is one of the common first names."""
    return fold(word) in _FIRST_NAMES


def is_full(name: str | None) -> bool:
    """Whether a name has at least two words of letters, so that a client can be made from it."""
    return bool(name) and sum(bool(_WORD.fullmatch(word)) for word in (name or "").split()) >= FULL_NAME_WORDS


def first_name(name: str | None) -> str:
    """The first word of a name where it is a plain word of letters, else empty."""
    word = (name or "").split(" ")[0]
    return word if _WORD.fullmatch(word) and len(word) <= 20 else ""  # noqa: PLR2004


def _name_from(text: str, *, strict: bool) -> str | None:
    words: list[str] = []
    position = 0
    while len(words) < MAX_WORDS and (found := _WORD.match(text, position)):
        word = found[0].rstrip(".")
        plain = fold(word)
        if strict and plain == "de" and len(words) >= FULL_NAME_WORDS and not _ARTICLE.match(text, found.end()):
            break  # "soy Ana Ruiz de Clínica Sol" goes on with a company, "de la Torre" with a surname
        particle = bool(words) and plain in _PARTICLES
        if not particle and (
            plain in _STOP or (strict and not _looks_named(word, plain, first=not words, before=words))
        ):
            break
        words.append(word)
        position = found.end()
        if found[0].endswith(".") or text[position : position + 1] != " ":
            break
        position += 1
    while words and fold(words[-1]) in _PARTICLES:
        words.pop()
    if not words:
        return None
    name = " ".join(_cased(word) for word in words)[:MAX_NAME]
    return name.strip()


def _looks_named(word: str, plain: str, *, first: bool, before: list[str]) -> bool:
    if word[0].isupper():
        return True
    if first:
        return plain in _FIRST_NAMES
    return before[0][0].islower()


def _cased(word: str) -> str:
    return word if word[0].isupper() or fold(word) in _PARTICLES else word.capitalize()
