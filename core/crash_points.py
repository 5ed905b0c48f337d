"""Labelled moments at which the operator's tests let a process die by kill -9 (PRODUCT §8.2, §16.3).

Nothing happens unless `NEXUS_CRASH_FILE` was set when the process started: then the first process that reaches the
moment named in that file removes the file and kills itself. No request, message or setting of a company reaches this.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Final, Literal, TypeAlias

VARIABLE: Final = "NEXUS_CRASH_FILE"
_FILE: Final = Path(found) if (found := os.environ.get(VARIABLE)) else None

Moment: TypeAlias = Literal[
    "accepted",  # the event is committed, the provider not yet answered
    "mirrored",  # the message is in the conversation
    "screened",  # the burst is judged, the turn not yet committed
    "gathered",  # the turn is begun
    "held",  # a time is held, Google does not know of it
    "written",  # Google has the meeting, we have not written that down
    "verified",  # and nobody else is there
    "settled",  # what came of it is written
    "thought",  # the model has answered, nothing is written of it
    "replied",  # the reply is appended, its delivery queued
    "claimed",  # the delivery is marked as being sent, nothing has left
    "taken",  # the provider has it, we have not written that down
    "recorded",  # the outcome is written
    "answered",  # a keyed creation and its answer are written, not committed
    "kept",  # they are committed, the answer has not left
    "came",  # a lead that came by itself is committed, its sender not yet answered
    "posted",  # another system has a webhook, we have not written that down
]


def reached(moment: Moment) -> None:
    """Die here, if that was ordered."""
    if _FILE is not None:
        _die_if_ordered(_FILE, moment)


def _die_if_ordered(file: Path, moment: Moment) -> None:
    try:
        ordered = file.read_text(encoding="ascii").strip()
        if ordered != moment:
            return
        file.unlink()
    except FileNotFoundError:
        return
    os.kill(os.getpid(), signal.SIGKILL)
