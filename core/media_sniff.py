"""What a file really is, by its own bytes (PRODUCT §7.5): nobody's word about it is believed. Pure.

A short table of what people send on WhatsApp; whatever is not in it is refused. Written out instead of taken from a
library: the known ones recognise hundreds of types, scripts and programs among them, and none tells a letter from a web
page that calls itself one (ADR 0013).
"""

from __future__ import annotations

import io
import zipfile
from typing import Final

from core.errors import NexusError

_TEXTS: Final = frozenset({"text/plain", "text/csv"})
# Word, Excel and PowerPoint before 2007 share one container with installers: only who says so is believed.
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_TYPES: Final = frozenset({"application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"})
_OPENXML: Final = "application/vnd.openxmlformats-officedocument."
_OPENXML_PARTS: Final = {
    "word/document.xml": _OPENXML + "wordprocessingml.document",
    "xl/workbook.xml": _OPENXML + "spreadsheetml.sheet",
    "ppt/presentation.xml": _OPENXML + "presentationml.presentation",
}
_OPEN_DOCUMENTS: Final = frozenset(f"application/vnd.oasis.opendocument.{kind}" for kind in ("text", "spreadsheet"))
_STARTS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"ID3", "audio/mpeg"),
    (b"#!AMR", "audio/amr"),
    (b"fLaC", "audio/flac"),
    *((frame, "audio/mpeg") for frame in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")),
    *((frame, "audio/aac") for frame in (b"\xff\xf1", b"\xff\xf9")),
)
_RIFF: Final = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
_OGG_AUDIO: Final = (b"OpusHead", b"\x01vorbis", b"Speex   ")
_OGG_LOOK: Final = 96
# ISO base media by its brand; the rest of that family (pictures of phones among them) is not shown by browsers.
_BRANDS: Final = {b"M4A ": "audio/mp4", b"M4B ": "audio/mp4", b"3gp": "video/3gpp", b"3g2": "video/3gpp"}
_MP4_BRANDS: Final = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"MSNV", b"dash", b"M4V ")
_FEW_FILES: Final = 5000
_MARKUP: Final = "<"


class FileRefused(NexusError):
    """The file is none of those that are kept; `reason` is a stable word for why."""

    status = 415
    code = "file_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason, extra={"reason": reason})
        self.reason = reason


def sniff(content: bytes, declared: str | None) -> str:
    """The real type of a file. `declared` only decides between what looks alike. Raises FileRefused."""
    if not content:
        raise FileRefused("empty")
    said = (declared or "").partition(";")[0].strip().lower()
    found = _by_start(content, said) or _packed(content) or _text(content, said)
    if found is None:
        raise FileRefused("unsupported_type")
    return found


def _by_start(content: bytes, said: str) -> str | None:
    head = content[:12]
    found = next((kind for start, kind in _STARTS if head.startswith(start)), None)
    if found is None and head.startswith(b"RIFF"):
        found = _RIFF.get(head[8:12])
    elif head[4:8] == b"ftyp":
        found = _of_brand(head[8:12], said)
    elif head.startswith(b"OggS") and any(mark in content[:_OGG_LOOK] for mark in _OGG_AUDIO):
        found = "audio/ogg"
    elif head.startswith(_OLE) and said in _OLE_TYPES:
        found = said
    return found


def _of_brand(brand: bytes, said: str) -> str | None:
    for start, kind in _BRANDS.items():
        if brand.startswith(start):
            return "audio/3gpp" if kind == "video/3gpp" and said.startswith("audio/") else kind
    if brand in _MP4_BRANDS:
        return "audio/mp4" if said.startswith("audio/") else "video/mp4"
    return None


def _packed(content: bytes) -> str | None:
    """An office document, by the names in its archive; nothing is unpacked but the few bytes of its own type."""
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if len(names) > _FEW_FILES:
                return None
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise FileRefused("macros")
            if "[Content_Types].xml" in names:
                return next((kind for part, kind in _OPENXML_PARTS.items() if part in names), None)
            if "mimetype" in names:
                with archive.open("mimetype") as told:
                    kind = told.read(100).decode("ascii", "replace")
                return kind if kind in _OPEN_DOCUMENTS else None
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError):
        return None
    return None


def _text(content: bytes, said: str) -> str | None:
    """Plain text, where it is called so and cannot be taken for a page or a script."""
    if said not in _TEXTS:
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if any(ord(char) < 32 and char not in "\t\n\r\f" for char in text):  # noqa: PLR2004 - the control characters
        return None
    if text.lstrip().startswith((_MARKUP, "#!")):
        raise FileRefused("markup")
    return said
