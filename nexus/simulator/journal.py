"""Every request received and every webhook delivered, with its outcome: what the fault checkers read (PRODUCT §16).

Entries never hold an API key or a webhook secret.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from pathlib import Path

    from core.whatsapp import JsonObject


class Journal:
    """In memory, and appended to a JSONL file (0600) where a path is given."""

    def __init__(self, path: Path | None = None) -> None:
        self._entries: list[JsonObject] = []
        self._file: TextIO | None = None
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            self._file = os.fdopen(descriptor, "a", encoding="utf-8")

    def write(self, kind: str, account: str | None, details: JsonObject) -> None:
        """Append one entry; `kind` is `request`, `delivery` or `control`, `account` a business number."""
        entry: JsonObject = {
            "seq": len(self._entries) + 1,
            "at": datetime.now(UTC).isoformat(),
            "kind": kind,
            "account": account,
            **details,
        }
        self._entries.append(entry)
        if self._file is not None:
            self._file.write(json.dumps(entry, ensure_ascii=False) + "\n")
            self._file.flush()

    def read(self, *, after: int = 0, kind: str | None = None, limit: int = 1000) -> list[JsonObject]:
        """Entries with a greater `seq`, oldest first."""
        found = [entry for entry in self._entries[max(after, 0) :] if kind is None or entry["kind"] == kind]
        return found[:limit]

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None
