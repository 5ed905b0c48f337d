"""One upload of a file to a provider: the form that both take, and what their answer means (contracts README §1.4, §2).

The part is named after what the file is, never after the sender's name for it: that goes with the message alone.
"""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from core.whatsapp import Refused, Unknown
from core.whatsapp_files import Uploaded
from core.wire import UnreadableBodyError, read_object

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.whatsapp import UploadResult


@dataclass(frozen=True, slots=True)
class Form:
    """A multipart form as httpx takes it."""

    fields: dict[str, str]
    files: dict[str, tuple[str, bytes, str]]


def file_form(content: bytes, media_type: str, **fields: str) -> Form:
    """The file under `file`, and the provider's own fields beside it."""
    name = f"file{mimetypes.guess_extension(media_type) or ''}"
    return Form(fields, {"file": (name, content, media_type)})


def of_upload(
    answer: httpx.Response | Refused | Unknown, of_error: Callable[[httpx.Response], Refused | Unknown]
) -> UploadResult:
    """The file's id, or why there is none. Both providers answer `{"id": …}`, Meta's sometimes as a number."""
    if not isinstance(answer, httpx.Response):
        return answer
    if not answer.is_success:
        return of_error(answer)
    try:
        media_id = read_object(answer.content).get("id")
    except UnreadableBodyError as error:
        return Unknown(f"the upload's answer is {error}")
    if isinstance(media_id, bool) or not isinstance(media_id, str | int) or not media_id:
        return Unknown("uploaded without an id")
    return Uploaded(str(media_id))
