"""What WhatsApp takes as a file, and what the answer to an upload means."""

from __future__ import annotations

import httpx
import pytest

from core.media_upload import file_form, of_upload
from core.whatsapp import Refused, Unknown, UploadResult
from core.whatsapp_files import CAPTION_LIMIT, FileKind, OutgoingFile, Uploaded, kind_of
from core.ycloud.outcome import of_error


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [
        ("image/jpeg", "image"), ("image/png", "image"), ("video/mp4", "video"), ("video/3gpp", "video"),
        ("audio/ogg", "audio"), ("audio/mp4", "audio"), ("audio/mpeg", "audio"), ("audio/aac", "audio"),
        ("audio/amr", "audio"), ("application/pdf", "document"), ("text/plain", "document"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "document"),
        ("image/gif", None), ("image/webp", None), ("audio/wav", None), ("video/webm", None), ("text/html", None),
    ],
)  # fmt: skip
def test_the_type_decides_as_what_a_file_is_sent(media_type: str, kind: FileKind | None) -> None:
    assert kind_of(media_type) == kind


@pytest.mark.parametrize(
    ("kind", "media_id", "caption"),
    [("image", "", None), ("image", "m1", "c" * (CAPTION_LIMIT + 1)), ("audio", "m1", "words")],
)
def test_a_file_beyond_the_limits_cannot_be_written(kind: FileKind, media_id: str, caption: str | None) -> None:
    with pytest.raises(ValueError, match=r"upload|caption"):
        OutgoingFile(kind, media_id, caption)


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (httpx.Response(200, json={"id": "m1"}), Uploaded("m1")),
        (httpx.Response(200, json={"id": 17}), Uploaded("17")),
        (httpx.Response(200, json={"id": True}), Unknown("uploaded without an id")),
        (httpx.Response(200, json={"id": ""}), Unknown("uploaded without an id")),
        (httpx.Response(200, json={}), Unknown("uploaded without an id")),
        (httpx.Response(200, content=b"<html>"), Unknown("the upload's answer is not JSON")),
        (httpx.Response(503), Unknown("HTTP 503")),
        (httpx.Response(413), Refused("HTTP_413", "", None, retryable=False)),
        (Unknown("ReadTimeout"), Unknown("ReadTimeout")),
    ],
)
def test_an_upload_has_an_id_or_a_reason(answer: httpx.Response | Unknown, result: UploadResult) -> None:
    assert of_upload(answer, of_error) == result


def test_the_part_is_named_after_what_it_is() -> None:
    assert file_form(b"x", "application/pdf", type="y").files == {"file": ("file.pdf", b"x", "application/pdf")}
    assert file_form(b"x", "application/x-nobodys").files["file"][0] == "file"
