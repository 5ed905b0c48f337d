"""A model's Markdown as WhatsApp shows it, and long texts cut into messages (PRODUCT §7.8).

Marks: `*bold*`, `_italic_`, `~strike~`; no headings, links, tables or HTML (contracts/whatsapp_formatting.json).
"""

import html
import re
import unicodedata

WHATSAPP_LIMIT = 4096
_MARGIN_SHARE = 64  # one part in 64 stays free: the provider may count an emoji as two

_FENCE = re.compile(r"```[^\n`]*\n(.*?)\n?```", re.DOTALL)
_INLINE_CODE = re.compile(r"(```|`)([^`\n]+)\1")
_CODE_SLOT = re.compile("\ue000([0-9]+)\ue001")
_BOLD = "\ue002"
_CONTROL = re.compile(r"[\ue000-\ue003\x00-\x08\x0b\x0c\x0e-\x1f]")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]{0,20}(?:\s[^<>]{0,2000})?/?>|<!--.*?-->", re.DOTALL)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_LINK = re.compile(
    r"!?\[([^\[\]\n]{0,500})\]\(\s{0,4}<?([^\s()<>]{1,2000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,500})?)>?[^()\n]{0,200}\)"
)
_BOTH = re.compile(r"\*\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*\*")
_STRONG = re.compile(r"(\*\*|__)(?=\S)((?:(?!\1)[^\n])+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])")
_STRIKE = re.compile(r"~~(?=\S)([^~\n]+?)(?<=\S)~~")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*?)\s*#*\s*")
_RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})")
_BULLET = re.compile(r"(\s*)[*+•]\s+(.*)")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!~|>])")
_SENTENCE_END = re.compile(r"[.!?…][\"'»”)\]*_~]*\s")


def to_whatsapp(markdown: str) -> str:
    """The text in WhatsApp's marks; code keeps its content, table rows become lines, HTML disappears."""
    codes: list[str] = []

    def keep(code: str) -> str:
        codes.append(code)
        return f"\ue000{len(codes) - 1}\ue001"

    text = _CONTROL.sub("", markdown.replace("\r\n", "\n").replace("\r", "\n"))
    text = _FENCE.sub(lambda match: keep(f"```{match.group(1)}```"), text)
    text = _INLINE_CODE.sub(lambda match: keep(match.group()), text)
    text = _ESCAPE.sub(lambda match: keep(match.group(1)), text)
    text = _without_html(text)
    text = "\n".join(_inline(line) for line in _blocks(text.split("\n")))
    text = re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip()
    return _CODE_SLOT.sub(lambda match: codes[int(match.group(1))], text)


def split_text(text: str, limit: int = WHATSAPP_LIMIT) -> list[str]:
    """The text as messages of at most `limit` code points less a margin, cut at paragraph, line, sentence or word.

    Only whitespace at the seams is dropped and no part is empty, so a blank text has no parts.
    Raises ValueError when the limit is below one.
    """
    if limit < 1:
        raise ValueError("a message needs room for at least one character")
    size = limit - limit // _MARGIN_SHARE
    parts: list[str] = []
    rest = text.strip()
    while len(rest) > size:
        cut = _cut(rest, size)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*parts, rest] if rest else parts


def _without_html(text: str) -> str:
    text = _AUTOLINK.sub(lambda match: match.group(1).removeprefix("mailto:"), text)
    text = re.sub(r"<br\s{0,3}/?>|</p>|</li>", "\n", text, flags=re.IGNORECASE)
    text = re.sub(r"<li(?:\s[^<>]{0,200})?>", "- ", text, flags=re.IGNORECASE)
    text = re.sub(r"</?(?:b|strong)>", "**", text, flags=re.IGNORECASE)
    return html.unescape(_TAG.sub("", text))


def _blocks(lines: list[str]) -> list[str]:
    """The lines with block marks translated; a table is a header line followed by a line of dashes."""
    done: list[str] = []
    headers: list[str] | None = None
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if headers is not None and "|" in line:
            if not _TABLE_RULE.fullmatch(line):
                done.append(_row(headers, _cells(line)))
            continue
        headers = None
        if "|" in line and "|" in following and _TABLE_RULE.fullmatch(following):
            headers = _cells(line)
        elif not _RULE.fullmatch(line):
            done.append(_line(line))
    return done


def _line(line: str) -> str:
    if heading := _HEADING.fullmatch(line):
        title = heading.group(1).replace("**", "").replace("__", "")
        return f"**{title}**" if title else ""
    if bullet := _BULLET.fullmatch(line):
        return f"{bullet.group(1)}- {bullet.group(2)}"
    return line


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _row(headers: list[str], cells: list[str]) -> str:
    named = [f"{header}: {cell}" if header else cell for header, cell in zip(headers, cells, strict=False) if cell]
    return f"- {' · '.join([*named, *cells[len(headers) :]])}"


def _inline(line: str) -> str:
    line = _LINK.sub(_link, line)
    line = _BOTH.sub(rf"{_BOLD}_\1_{_BOLD}", line)
    line = _STRONG.sub(rf"{_BOLD}\2{_BOLD}", line)
    line = _EMPHASIS.sub(r"_\1_", line)
    return _STRIKE.sub(r"~\1~", line).replace(_BOLD, "*")


def _link(match: re.Match[str]) -> str:
    label, address = match.group(1).strip(), match.group(2)
    return address if label in {"", address} else f"{label} ({address})"


def _cut(text: str, size: int) -> int:
    """Where to cut so that the first part has at most `size` code points; the coarsest seam past the middle wins."""
    window = text[: size + 1]
    middle = size // 2
    for seam in (window.rfind("\n\n"), window.rfind("\n")):
        if seam > middle:
            return seam
    sentences = [match.end() - 1 for match in _SENTENCE_END.finditer(window)]
    spaces = [at for at, char in enumerate(window) if char.isspace() and at > 0]
    for seams in (sentences, spaces):
        if seams and seams[-1] > middle:
            return seams[-1]
    return spaces[-1] if spaces else _hard_cut(text, size)


def _hard_cut(text: str, size: int) -> int:
    """A cut inside a word, moved back so that no combining mark or joined emoji is torn off its base."""
    cut = size
    while cut > 1 and (_joins(text[cut]) or text[cut - 1] == "\u200d"):
        cut -= 1
    return cut if cut > 1 else size


def _joins(char: str) -> bool:
    return char == "\u200d" or unicodedata.category(char) in {"Mn", "Me", "Mc"} or "\U0001f3fb" <= char <= "\U0001f3ff"
