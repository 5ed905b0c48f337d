"""Looks for secrets in what processes wrote: each as it is, and as encoders would have written it."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote

SHORTEST = 8


def forms_of(secret: str) -> set[str]:
    """Itself, in JSON, in a URL, and in base64."""
    encoded = {
        base64.b64encode(secret.encode()).decode().rstrip("="),
        base64.urlsafe_b64encode(secret.encode()).decode(),
    }
    return {secret, json.dumps(secret)[1:-1], quote(secret, safe="")} | {form.rstrip("=") for form in encoded}


def secrets_in(texts: Mapping[str, str], secrets: Mapping[str, str]) -> list[str]:
    """`where: which secret`, for each that was found. Secrets are named, never shown."""
    assert all(len(secret) >= SHORTEST for secret in secrets.values()), "a short one is found everywhere"
    return [
        f"{where}: {name}"
        for where, text in texts.items()
        for name, secret in secrets.items()
        if any(form in text for form in forms_of(secret))
    ]


def logs_in(folder: Path) -> dict[str, str]:
    """Every log file by name."""
    return {path.name: path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.glob("*.log*"))}


def lines(rows: Iterable[object]) -> str:
    """Rows as one text."""
    return "\n".join(map(str, rows))
