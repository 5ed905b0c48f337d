"""The text of a PDF where no model sees, by a process of its own that may take little and know nothing.

A PDF is a stranger's program of sorts: it may unfold to gigabytes or never end. So another process reads it
(`pdf_text.py`), without our environment, under limits of memory and time: what happens to it happens to no worker.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from typing import Final

from whatsapp_service.media.pdf_text import LONGEST_TEXT
from whatsapp_service.model_api import Words, WordsFailed

READER: Final = "pypdf"
LARGEST_PDF: Final = 5 * 1024 * 1024
READ_SECONDS: Final = 8.0
AT_ONCE: Final = 2
_COMMAND: Final = (sys.executable, "-I", "-m", "whatsapp_service.media.pdf_text")

_turn = asyncio.Semaphore(AT_ONCE)


async def read_pdf(content: bytes, *, seconds: float = READ_SECONDS) -> Words | WordsFailed:
    """Its text, cut to what is kept; nothing where it holds pictures alone. Never raises for what is in it."""
    if len(content) > LARGEST_PDF:
        return WordsFailed("too_large")
    async with _turn:
        process = await asyncio.create_subprocess_exec(
            *_COMMAND,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={},
        )
        try:
            text, _ = await asyncio.wait_for(process.communicate(content), seconds)
        except TimeoutError:
            return WordsFailed("took_too_long")
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
    if process.returncode != 0:
        return WordsFailed("unreadable_file")
    return Words(text.decode("utf-8", "replace")[:LONGEST_TEXT])
