"""What a file is, by its own bytes: a PDF, or words. Whatever is neither is refused. Pure."""

from __future__ import annotations

from typing import Final

from core.errors import NexusError
from core.wire import clean_text
from orchestrator_service.knowledge.page_text import is_markup, page_text

_PDF: Final = b"%PDF-"
_LOOK: Final = 1024
_ALLOWED: Final = frozenset("\t\n\r\f\v")
_FIRST_PRINTED: Final = 32


class NotReadable(NexusError):
    """The file is no PDF and no text."""

    status = 415
    code = "not_readable"
    title = "Not Readable"


def is_pdf(content: bytes) -> bool:
    """Whether the file says that it is one."""
    return _PDF in content[:_LOOK]


def words_of(content: bytes) -> str:
    """The text of a file that is none but text: UTF-8, or what Windows writes. Raises NotReadable."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if any(ord(char) < _FIRST_PRINTED and char not in _ALLOWED for char in text):
        raise NotReadable("it is neither a PDF nor text")
    return clean_text(text).replace("\r\n", "\n")


def readable(text: str) -> tuple[str | None, str]:
    """The words of a text, and its title: of a web page's source those that are shown."""
    return page_text(text) if is_markup(text) else (None, text)
