"""How a serving process starts: quickly, and with what it needs (ADR 0044).

Libraries import others only in case: the sockets' library clients that we are not, the logger a console that we do not
have. Models are built when somebody first uses them, not all of them at the start. And what stands after the start
stays for the process's life, so the collector need not look at it again.
"""

from __future__ import annotations

import ctypes
import gc
import sys
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from pydantic import BaseModel
from pydantic.warnings import UnsupportedFieldAttributeWarning

# Each is imported by a library that does as well without: engineio (its clients), socketio (its managers), structlog,
# httpx (its command).
IN_CASE: Final = ("aiohttp", "requests", "valkey", "rich", "pygments", "greenlet")
_MMAP_THRESHOLD: Final = -3  # glibc's own number for it
_LARGE: Final = 1_048_576


@contextmanager
def lean() -> Generator[None]:
    """Around a process's imports. Afterwards those libraries can be had by whoever asks for them."""
    absent = [name for name in IN_CASE if name not in sys.modules]
    collecting = gc.isenabled()
    gc.disable()  # nothing that is being defined is garbage
    sys.modules.update(dict.fromkeys(absent))  # pyright: ignore[reportArgumentType, reportCallIssue] - None: it cannot be imported
    BaseModel.model_config["defer_build"] = True
    warnings.simplefilter("ignore", UnsupportedFieldAttributeWarning)  # as FastAPI does, which no longer builds them
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
        if collecting:
            gc.enable()


def settle() -> None:
    """After the start: what there is will stay."""
    gc.collect()
    gc.freeze()
    _return_large_blocks()


def _return_large_blocks() -> None:
    """What a hashed password took (20 MB) goes back to the system at once.

    glibc would keep it: each large block that is freed raises its own bound of what it maps separately.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _LARGE)
