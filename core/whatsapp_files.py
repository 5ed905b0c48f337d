"""Files that we send: what WhatsApp takes, up to which size, and how a message names one (contracts README §1.4). Pure.

Written out by what a file turned out to be, never by its name: WhatsApp refuses the rest minutes later, by webhook.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

FileKind: TypeAlias = Literal["image", "video", "audio", "document"]

CAPTION_LIMIT: Final = 1024
_MEGABYTE: Final = 1024 * 1024
# WhatsApp would take documents up to 100 MB; what we send we also keep and show, and 16 MB is our bound for that.
MOST_BYTES: Final = 16 * _MEGABYTE
MOST_BYTES_OF: Final[dict[FileKind, int]] = {
    "image": 5 * _MEGABYTE,
    "video": MOST_BYTES,
    "audio": MOST_BYTES,
    "document": MOST_BYTES,
}
FILE_KINDS: Final[frozenset[str]] = frozenset(MOST_BYTES_OF)
_OPENXML: Final = "application/vnd.openxmlformats-officedocument."
_KINDS: Final[dict[str, FileKind]] = {
    **dict.fromkeys(("image/jpeg", "image/png"), "image"),
    **dict.fromkeys(("video/mp4", "video/3gpp"), "video"),
    **dict.fromkeys(("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"), "audio"),
    **dict.fromkeys(
        (
            "application/pdf",
            "text/plain",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            _OPENXML + "wordprocessingml.document",
            _OPENXML + "spreadsheetml.sheet",
            _OPENXML + "presentationml.presentation",
        ),
        "document",
    ),
}  # pyright: ignore[reportAssignmentType] - the kinds are spelt out above


def kind_of(media_type: str) -> FileKind | None:
    """As what a file of this type is sent; None where WhatsApp takes no such file."""
    return _KINDS.get(media_type)


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """A file that the provider has, by the id that its upload gave; only inside the 24-hour window.

    `filename` is what the person saves a document as. Raises ValueError where a limit is broken.
    """

    kind: FileKind
    media_id: str
    caption: str | None = None
    filename: str | None = None

    def __post_init__(self) -> None:
        if not self.media_id:
            raise ValueError("a file is sent by the id of its upload")
        if len(self.caption or "") > CAPTION_LIMIT:
            raise ValueError(f"a caption has at most {CAPTION_LIMIT} characters")
        if self.caption and self.kind == "audio":
            raise ValueError("an audio has no caption")


@dataclass(frozen=True, slots=True)
class Uploaded:
    """The provider keeps the file under `media_id` for 30 days, for the number that uploaded it."""

    media_id: str
