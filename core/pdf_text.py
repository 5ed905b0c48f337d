"""Run as a process: a PDF on standard input, its text on standard output (`pdf.py` says why). It may take little."""

from __future__ import annotations

import io
import resource
import sys
from typing import Final

from pypdf import PdfReader

MOST_MEMORY: Final = 512 * 1024 * 1024
PAGE_BREAK: Final = "\f"
_UNREADABLE: Final = 1


def pages_of(content: bytes, *, most_pages: int, longest: int) -> str:
    """The text of the first pages, a form feed between them. Raises whatever the library does."""
    found = list[str]()
    length = 0
    reader = PdfReader(io.BytesIO(content))
    for number, page in enumerate(reader.pages):
        if number >= most_pages or length >= longest:
            break
        text = page.extract_text().replace(PAGE_BREAK, " ").strip()
        found.append(text)
        length += len(text)
    return PAGE_BREAK.join(found)[:longest]


def bind(cpu_seconds: int) -> None:
    """From here on: little memory, little time, no file and no other process."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(most_pages: int, longest: int, cpu_seconds: int) -> int:
    """0 with the text, even none; 1 where it cannot be read."""
    bind(cpu_seconds)
    content = sys.stdin.buffer.read()
    try:
        text = pages_of(content, most_pages=most_pages, longest=longest)
    except Exception:  # noqa: BLE001 - a stranger's file: every way to fail is one answer
        return _UNREADABLE
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
