"""Run as a process: a PDF on standard input, its text on standard output (`pdf.py` says why). It may take little."""

from __future__ import annotations

import io
import resource
import sys
from typing import Final

from pypdf import PdfReader

LONGEST_TEXT: Final = 8000
MOST_PAGES: Final = 30
MOST_MEMORY: Final = 512 * 1024 * 1024
CPU_SECONDS: Final = 6
_UNREADABLE: Final = 1


def text_of(content: bytes) -> str:
    """The text of the first pages. Raises whatever the library does."""
    found = list[str]()
    length = 0
    reader = PdfReader(io.BytesIO(content))
    for number, page in enumerate(reader.pages):
        if number >= MOST_PAGES or length >= LONGEST_TEXT:
            break
        text = page.extract_text().strip()
        found.append(text)
        length += len(text)
    return "\n\n".join(text for text in found if text)[:LONGEST_TEXT]


def bind() -> None:
    """From here on: little memory, little time, no file and no other process."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """0 with the text, even none; 1 where it cannot be read."""
    bind()
    content = sys.stdin.buffer.read()
    try:
        text = text_of(content)
    except Exception:  # noqa: BLE001 - a stranger's file: every way to fail is one answer
        return _UNREADABLE
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
