"""The words of a web page, as plain text with Markdown headings: what is menu, script or form is left out. Pure.

What comes out is text that is searched and cited, never markup that is shown, so a reading of its tags is enough. Ours,
since it must be linear: the standard library's parser takes minutes for `<p <p <p …`, and lexbor's tree twenty seconds
for elements nested fifty thousand deep; a page is a stranger's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

# All but the first end with their own end alone; within them nothing is markup.
_RAW: Final = frozenset({"script", "style", "noscript", "template", "textarea", "iframe", "title"})
_SILENT: Final = frozenset({
    "nav", "header", "footer", "aside", "form", "object", "select", "button", "canvas", "dialog", "svg",
})  # fmt: skip
_BLOCKS: Final = frozenset({
    "p", "div", "section", "article", "main", "ul", "ol", "table", "tr", "br", "hr", "dl", "dt", "dd", "blockquote",
    "pre", "figure", "figcaption", "address", "details", "summary", "body",
})  # fmt: skip
_CELLS: Final = frozenset({"td", "th"})
_HEADINGS: Final = {f"h{depth}": "#" * depth for depth in range(1, 7)}
_TAG: Final = re.compile(r"(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,20})")
_MARKUP: Final = re.compile(
    r"\s*(?:<!doctype html|<html|<\?xml|<(?:head|body|main|article|section|div|table|h[1-6]|p)\b)", re.IGNORECASE
)
_SPACES: Final = re.compile(r"[^\S\n]+")
_LINES: Final = re.compile(r"\n{3,}")
LONGEST_TITLE: Final = 300


def is_markup(text: str) -> bool:
    """Whether a text is a web page's source."""
    return _MARKUP.match(text) is not None


def page_text(source: str) -> tuple[str | None, str]:
    """The page's title, None where it has none, and its words."""
    title, parts, open_silent, cells = "", list[str](), list[str](), 0
    for name, text in _tokens(source):
        tag = name.lstrip("/")
        if name == "title":
            title = title or text
        elif tag in _SILENT:
            _toggle(open_silent, name)
        elif open_silent or tag in _RAW:
            continue
        elif not name:
            parts.append(text)
        elif name in _CELLS:
            parts.append(" | " if cells else "")
            cells += 1
        elif name in _HEADINGS:
            parts.append(f"\n\n{_HEADINGS[name]} ")
        elif name == "li":
            parts.append("\n- ")
        elif tag in _BLOCKS or tag in _HEADINGS or tag == "li":
            cells = 0
            parts.append("\n")
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(parts).split("\n"))
    shown = _SPACES.sub(" ", title.replace("\n", " ")).strip()[:LONGEST_TITLE]
    return shown or None, _LINES.sub("\n\n", "\n".join(lines)).strip()


def _toggle(open_silent: list[str], name: str) -> None:
    """Begin what says nothing, or end it with all that was never closed within."""
    if not name.startswith("/"):
        if len(open_silent) < len(_SILENT):  # deeper says no more than that
            open_silent.append(name)
    elif name[1:] in open_silent:
        del open_silent[open_silent.index(name[1:]) :]


def _tokens(source: str) -> Iterator[tuple[str, str]]:
    """What the page consists of: `("p", "")`, `("/p", "")`, `("", words)`; of what is raw, its name and content."""
    lowered, at = source.lower(), 0
    while (begin := source.find("<", at)) >= 0:
        yield "", _words(source[at:begin])
        if source.startswith("<!--", begin):
            at = _after(source, "-->", begin)
            continue
        found = _TAG.match(source, begin + 1)
        if found is None and source[begin + 1 : begin + 2] not in {"!", "?", "/"}:
            yield "", "<"  # a comparison, no tag
            at = begin + 1
            continue
        at = _after(source, ">", begin)
        if found is None:
            continue
        name = found["name"].lower()
        if name in _RAW and not found["end"]:
            end = lowered.find(f"</{name}", at)
            end = len(source) if end < 0 else end
            yield name, unescape(source[at:end])
            at = end
        else:
            yield found["end"] + name, ""
    yield "", _words(source[at:])


def _after(source: str, end: str, begin: int) -> int:
    """Behind what ends there; what never does is the rest of the page."""
    found = source.find(end, begin)
    return len(source) if found < 0 else found + len(end)


def _words(text: str) -> str:
    """Lines of the source mean nothing; those of ours do."""
    return unescape(text.replace("\r", " ").replace("\n", " "))
