"""How a file that strangers made leaves (PRODUCT §6.7): shown only where browsers do not run it. Pure.

All else is handed out to be saved, under a name whose ending is that of what the file is; nothing of it may load, run
or be taken for another type. SVG is none of what is shown: it is a page.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

FILE_CSP: Final = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
SHOWN: Final = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
_UNSAFE: Final = re.compile(r"[^\w. ()-]+")
_ENDINGS: Final = {
    "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp", "audio/ogg": "ogg",
    "audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/aac": "aac", "audio/amr": "amr", "audio/wav": "wav",
    "video/mp4": "mp4", "video/3gpp": "3gp", "application/pdf": "pdf", "text/plain": "txt", "text/csv": "csv",
}  # fmt: skip


def file_headers(media_type: str, filename: str | None, file_id: int) -> dict[str, str]:
    """The headers of a stored file of that real type."""
    shown = media_type in SHOWN or media_type.startswith(("audio/", "video/"))
    disposition = "inline" if shown else "attachment"
    return {
        "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(_name_of(media_type, filename, file_id))}",
        "Content-Security-Policy": FILE_CSP,
    }


def _name_of(media_type: str, filename: str | None, file_id: int) -> str:
    """The sender's name for it, as far as it is one; its ending is that of what the file is."""
    said = _UNSAFE.sub("_", filename or "").strip(" ._")[:100]
    ending = _ENDINGS.get(media_type)
    if not said:
        return f"{file_id}.{ending}" if ending else str(file_id)
    return said if ending is None or said.lower().endswith(f".{ending}") else f"{said}.{ending}"
