"""The text of a PDF that a customer sent, where no model sees (`core/pdf.py` reads it)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from core.model_api import Words, WordsFailed
from core.pdf import PdfFailed, PdfLimits, read_pages

READER: Final = "pypdf"
LONGEST_TEXT: Final = 8000
LARGEST_PDF: Final = 5 * 1024 * 1024
READ_SECONDS: Final = 8.0
LIMITS: Final = PdfLimits(
    most_bytes=LARGEST_PDF, most_pages=30, longest=LONGEST_TEXT, seconds=READ_SECONDS, cpu_seconds=6
)


async def read_pdf(content: bytes, *, seconds: float = READ_SECONDS) -> Words | WordsFailed:
    """Its text, cut to what is kept; nothing where it holds pictures alone. Never raises for what is in it."""
    found = await read_pages(content, replace(LIMITS, seconds=seconds))
    if isinstance(found, PdfFailed):
        return WordsFailed(found.reason)
    return Words("\n\n".join(text for text in found if text))
