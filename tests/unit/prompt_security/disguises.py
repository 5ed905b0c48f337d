"""Disguises of a text, drawn anew from each seed: what an attacker does to words so that nobody finds them.

Each takes the text and a generator and gives the messages that are sent; most give one. `CASUAL` are those that
ordinary people write in without meaning to: in them harmless talk must pass as it does in plain.
"""

import base64
import codecs
import random
import re
import unicodedata
from collections.abc import Callable, Sequence

Disguise = Callable[[str, random.Random], list[str]]

_WORD = re.compile(r"[^\W\d_]+")
_LOOKALIKES = str.maketrans("aeopcxyiAEOPCXKMTBH", "аеорсхуіАЕОРСХКМТВН")  # noqa: RUF001 - Cyrillic is the point
_LEET = {"a": "4@", "e": "3", "i": "1!", "o": "0", "s": "5$", "t": "7"}
_MARKS = ("\u0301", "\u0308", "\u0336", "\u0332", "\u0323")
_INVISIBLE = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad")
_EMOJI = ("🔥", "😀", "✨", "🙏", "👍", "💥")
# Words of attacks in three languages; a word is swapped for one of its fellows.
_FELLOWS = tuple(
    tuple(line.split())
    for line in (
        "ignora ignore ignorá",
        "olvida forget esquece",
        "instrucciones instructions instruções",
        "reglas rules regras",
        "todas all todos",
        "tus your suas",
        "muestra show mostre",
        "muéstrame show mostra",
        "dame give dê",
        "dime tell diga",
        "clientes customers clients",
        "datos data dados",
        "otros other outros",
        "contraseña password senha",
        "sistema system sistema",
        "sin without sem",
        "eres are é",
        "ahora now agora",
        "con with com",
        "todo everything tudo",
        "descuento discount desconto",
        "precio price preço",
    )
)
_SWAPS = {word: fellows for fellows in _FELLOWS for word in fellows}


def _inside(text: str, drawing: random.Random, between: Sequence[str], least: int, share: float) -> str:
    """The text with something put inside the words of at least so many letters."""

    def broken(match: re.Match[str]) -> str:
        word = match.group()
        if len(word) < least or drawing.random() > share:
            return word
        cuts = sorted(drawing.sample(range(1, len(word)), min(len(word) - 1, drawing.choice((1, 2, 2, 3)))))
        pieces = [word[start:end] for start, end in zip([0, *cuts], [*cuts, len(word)], strict=True)]
        return "".join(piece + drawing.choice(between) for piece in pieces[:-1]) + pieces[-1]

    return _WORD.sub(broken, text)


def _each(text: str, drawing: random.Random, share: float, of: Callable[[str, random.Random], str]) -> str:
    return "".join(of(char, drawing) if char.isalpha() and drawing.random() < share else char for char in text)


def _leet(char: str, drawing: random.Random) -> str:
    return drawing.choice(_LEET.get(char.casefold(), char))


def _typo(text: str, drawing: random.Random, kinds: Sequence[str]) -> str:
    """One letter dropped, swapped with the next, doubled or mistyped in each word that stays legible."""

    def mistyped(match: re.Match[str]) -> str:
        word = match.group()
        if len(word) < 4:
            return word
        at = drawing.randrange(1, len(word) - 1)
        kind = drawing.choice(kinds)
        if kind == "drop":
            return word[:at] + word[at + 1 :]
        if kind == "swap":
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return word[:at] + drawing.choice("aeiorstnl") + word[at + 1 :]

    return _WORD.sub(mistyped, text)


def _spelled(text: str, drawing: random.Random) -> str:
    """Letters one by one, with one sign between letters and a wider gap between words."""
    between = drawing.choice((" ", ".", "-", "_", "*", "·"))
    gap = drawing.choice(("  ", "   ", " / ", " ")) if between != " " else drawing.choice(("  ", "   ", " / "))
    return gap.join(between.join(word) for word in text.split())


def _reversed_words(text: str, _: random.Random) -> str:
    return _WORD.sub(lambda match: match.group()[::-1], text)


def _wrapped(text: str, drawing: random.Random) -> str:
    """Each word in Markdown or HTML of its own, or broken by a tag."""

    def dressed(match: re.Match[str]) -> str:
        word, cut = match.group(), drawing.randrange(1, max(2, len(match.group())))
        forms = (
            word,
            f"**{word}**",
            f"_{word}_",
            f"`{word}`",
            f"<b>{word}</b>",
            f"{word[:cut]}<b></b>{word[cut:]}",
            f"{word[:cut]}<!-- -->{word[cut:]}",
            f"<span>{word[:cut]}</span>{word[cut:]}",
            f"{word[:cut]}**{word[cut:]}**",
            f"~~{word}~~",
        )
        return drawing.choice(forms)

    return _WORD.sub(dressed, text)


def _framed(text: str, drawing: random.Random) -> str:
    forms = (
        f"> {text}",
        f"```\n{text}\n```",
        f"# Nota\n\n- {text}\n",
        f'{{"mensaje": "{text}"}}',
        f"<p>Hola</p><div>{text}</div>",
        f"| a | b |\n|---|---|\n| hola | {text} |",
        f"Hola, me interesa, quería saber precio. {text} Muchas gracias, saludos.",
        f"«{text}», eso.",
    )
    return drawing.choice(forms)


def _burst(text: str, drawing: random.Random) -> list[str]:
    """The text in several messages, cut between words or, once, inside one."""
    words = text.split()
    count = min(len(words), drawing.choice((2, 3, 4)))
    cuts = sorted(drawing.sample(range(1, len(words)), count - 1)) if count > 1 else []
    parts = [" ".join(words[start:end]) for start, end in zip([0, *cuts], [*cuts, len(words)], strict=True)]
    if len(text) > 1 and drawing.random() < 0.3:
        at = drawing.randrange(1, len(text))
        parts = [text[:at], text[at:]]
    return parts


def _mixed_languages(text: str, drawing: random.Random) -> str:
    return _WORD.sub(lambda match: drawing.choice(_SWAPS.get(match.group().casefold(), (match.group(),))), text)


def _full_width(text: str, drawing: random.Random) -> str:
    return _each(text, drawing, 0.7, lambda char, _: chr(ord(char) + 0xFEE0) if char.isascii() else char)


def _combined(text: str, drawing: random.Random) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return _each(decomposed, drawing, 0.4, lambda char, drawn: char + drawn.choice(_MARKS))


def _without_accents(text: str, _: random.Random) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _base64(text: str, drawing: random.Random) -> str:
    encoded = base64.b64encode(text.encode()).decode()
    form = drawing.choice(("{}", "hola mira esto {} gracias", "decodifica: {}", "lines"))
    if form == "lines":
        return "\n".join(encoded[at : at + 40] for at in range(0, len(encoded), 40))
    return form.format(encoded)


def _hexadecimal(text: str, drawing: random.Random) -> str:
    raw = text.encode()
    return drawing.choice((raw.hex(), raw.hex(" "), "".join(f"\\x{byte:02x}" for byte in raw), "0x" + raw.hex()))


def _one(of: Callable[[str, random.Random], str]) -> Disguise:
    return lambda text, drawing: [of(text, drawing)]


def _put(between: Sequence[str], share: float = 0.8, least: int = 4) -> Disguise:
    return lambda text, drawing: [_inside(text, drawing, between, least, share)]


def _twice(first: Disguise, second: Disguise) -> Disguise:
    return lambda text, drawing: [message for part in first(text, drawing) for message in second(part, drawing)]


CASUAL: dict[str, Disguise] = {
    "accents stripped": _one(_without_accents),
    "burst": _burst,
    "doubled letters": _one(lambda text, drawing: _each(text, drawing, 0.15, lambda char, d: char * d.choice((2, 3)))),
    "framed": _one(_framed),
    "mixed case": _one(lambda text, drawing: _each(text, drawing, 0.5, lambda char, _: char.swapcase())),
    "mixed languages": _one(_mixed_languages),
    "typos, drop": _one(lambda text, drawing: _typo(text, drawing, ("drop",))),
    "typos, swap": _one(lambda text, drawing: _typo(text, drawing, ("swap",))),
    "typos, wrong letter": _one(lambda text, drawing: _typo(text, drawing, ("wrong",))),
}

DELIBERATE: dict[str, Disguise] = {
    "base64": _one(_base64),
    "blanks": _put((" ",)),
    "blanks in all words": _put((" ",), 1.0, 3),
    "combining marks": _one(_combined),
    "dots": _put((".",)),
    "dots and leet": _twice(_put((".", "-")), _one(lambda text, drawing: _each(text, drawing, 0.15, _leet))),
    "emoji": _put(_EMOJI),
    "full width": _one(_full_width),
    "hexadecimal": _one(_hexadecimal),
    "hyphens": _put(("-",)),
    "leet": _one(lambda text, drawing: _each(text, drawing, 0.5, _leet)),
    "lines": _put(("\n",), 0.6),
    "lookalikes": _one(lambda text, drawing: _each(text, drawing, 0.6, lambda char, _: char.translate(_LOOKALIKES))),
    "lookalikes and blanks": _twice(
        _one(lambda text, drawing: _each(text, drawing, 0.4, lambda char, _: char.translate(_LOOKALIKES))), _put((" ",))
    ),
    "markup in words": _one(_wrapped),
    "mixed signs": _put((" ", "-", ".", "_", "*", "/", "|", ",", "·")),
    "reversed": _one(lambda text, _: text[::-1]),
    "reversed words": _one(_reversed_words),
    "rot13": _one(lambda text, _: codecs.encode(text, "rot13")),
    "run together": _one(lambda text, _: text.replace(" ", "")),
    "signs": _put(("_", "*", "/", "|", "~", "+", ":", "'")),
    "spelled out": _one(_spelled),
    "typos and blanks": _twice(_one(lambda text, drawing: _typo(text, drawing, ("drop", "swap"))), _put((" ",), 0.4)),
    "zero width": _put(_INVISIBLE, 0.9, 2),
}


def sent(name: str, text: str, seed: int) -> list[str]:
    """The messages of a text in a disguise; the same for a seed, whatever was drawn before."""
    return {**CASUAL, **DELIBERATE}[name](text, random.Random(f"{name} {seed} {text}"))  # noqa: S311
