"""The text of a PDF, read by a process of its own that may take little and know nothing.

A PDF is a stranger's program of sorts: it may unfold to gigabytes or never end. So another process reads it
(`pdf_text.py`), without our environment, under limits of memory and time: what happens to it happens to no worker.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from dataclasses import dataclass
from typing import Final

from core.pdf_text import PAGE_BREAK

AT_ONCE: Final = 2
_COMMAND: Final = (sys.executable, "-I", "-m", "core.pdf_text")

_turn = asyncio.Semaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class PdfLimits:
    """What one reading may take: bytes of the file, pages, characters of text, seconds by the clock and of a core."""

    most_bytes: int
    most_pages: int
    longest: int
    seconds: float
    cpu_seconds: int


@dataclass(frozen=True, slots=True)
class PdfFailed:
    """It was not read; `reason` is a stable word."""

    reason: str


async def read_pages(content: bytes, limits: PdfLimits) -> tuple[str, ...] | PdfFailed:
    """The text of each page in order, empty where it holds pictures alone. Never raises for what is in it."""
    if len(content) > limits.most_bytes:
        return PdfFailed("too_large")
    arguments = (str(limits.most_pages), str(limits.longest), str(limits.cpu_seconds))
    async with _turn:
        process = await asyncio.create_subprocess_exec(
            *_COMMAND,
            *arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={},
        )
        try:
            text, _ = await asyncio.wait_for(process.communicate(content), limits.seconds)
        except TimeoutError:
            return PdfFailed("took_too_long")
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
    if process.returncode != 0:
        return PdfFailed("unreadable_file")
    return tuple(text.decode("utf-8", "replace")[: limits.longest].split(PAGE_BREAK))
