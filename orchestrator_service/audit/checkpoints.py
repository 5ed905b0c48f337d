"""Heads of the chains outside the database (ADR 0009): whoever cuts a chain's tail there cannot cut it here.

An append-only file of JSON lines `{"at", "tenant", "seq", "mac"}`, 0600, on disk before `append` returns. It may lie on
storage that only takes additions. Only the highest place of each tenant counts, so older lines may be put away.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from orchestrator_service.audit.digests import Head


class Checkpoint(msgspec.Struct, frozen=True):
    """A chain's head as it was at a moment; `mac` in hexadecimal."""

    at: datetime
    tenant: int
    seq: int
    mac: str


class Checkpoints:
    """One file. Reading goes on where it ended the last time; it may be called from any thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._offset = 0
        self._latest: dict[int, Checkpoint] = {}

    def append(self, heads: Mapping[int, Head], at: datetime) -> None:
        """Note the heads of these tenants. Raises OSError."""
        lines = [
            msgspec.json.encode(Checkpoint(at, tenant_id, head.seq, head.mac.hex()))
            for tenant_id, head in heads.items()
        ]
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            # The leading line break ends what a crash may have left half written.
            _write_all(descriptor, b"\n" + b"\n".join(lines) + b"\n")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def latest(self) -> Mapping[int, Checkpoint]:
        """The highest head noted of each tenant; none where there is no file yet."""
        with self._lock:
            try:
                with self.path.open("rb") as file:
                    if file.seek(0, os.SEEK_END) < self._offset:  # put away, and begun anew
                        self._offset = 0
                    file.seek(self._offset)
                    while (line := file.readline()).endswith(b"\n"):
                        self._offset = file.tell()
                        self._take(line)
            except FileNotFoundError:
                self._offset = 0
            return dict(self._latest)

    def _take(self, line: bytes) -> None:
        try:
            found = msgspec.json.decode(line, type=Checkpoint)
        except msgspec.DecodeError:
            return
        known = self._latest.get(found.tenant)
        if known is None or found.seq >= known.seq:
            self._latest[found.tenant] = found


def _write_all(descriptor: int, content: bytes) -> None:
    while content:
        content = content[os.write(descriptor, content) :]
