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
    "worked",  # what a job does is committed, the queue does not know of it
    "alert_claimed",  # an alert is marked as being sent, nothing has left
    "alert_taken",  # its way has it, we have not written that down
    "fetched",  # Meta has said who a lead is, nothing is written of it
    "compared",  # Meta has told a page's leads, nothing is written of them
    "judged",  # a chunk of an import is judged, nothing is written of it
    "stepped",  # a chunk is done, not committed
    "looked_up",  # a batch of leads was looked up for duplicates, not committed
    "forgotten",  # one kind of an erased person's records is gone; which one is the step
    "removed",  # an erased person's file is out of the store, its key is still written down
    "exporting",  # what is known of a person has left, their files have not
]


def reached(moment: Moment, step: str = "") -> None:
    """Die here, if that was ordered: `moment` means its first step, `moment:step` that one."""
    if _FILE is not None:
        _die_if_ordered(_FILE, moment, step)


def _die_if_ordered(file: Path, moment: Moment, step: str) -> None:
    try:
        ordered = file.read_text(encoding="ascii").strip()
        if ordered not in {moment, f"{moment}:{step}"}:
            return
        file.unlink()
    except FileNotFoundError:
        return
    os.kill(os.getpid(), signal.SIGKILL)
