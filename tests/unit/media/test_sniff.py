"""What a file is, by its own bytes; what is none of those is refused, whatever it calls itself."""

from __future__ import annotations

import io
import zipfile

import pytest

from core.media_sniff import FileRefused, sniff
from nexus.simulator.placeholders import picture, voice_note

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def packed(**files: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("DOT", "."), text)
    return kept.getvalue()


def office(part: str, *more: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name in ("[Content_Types].xml", part, *more):
            archive.writestr(name, "<x/>")
    return kept.getvalue()


KNOWN = [
    (picture(), None, "image/png"),
    (picture(), "application/pdf", "image/png"),  # a harmless lie: it is shown as what it is
    (b"\xff\xd8\xff\xe0" + bytes(30), "image/jpeg", "image/jpeg"),
    (b"GIF89a" + bytes(30), "image/gif", "image/gif"),
    (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "image/webp", "image/webp"),
    (voice_note("Hola"), "audio/ogg; codecs=opus", "audio/ogg"),
    (b"ID3\x04" + bytes(30), "audio/mpeg", "audio/mpeg"),
    (b"#!AMR\n" + bytes(30), "audio/amr", "audio/amr"),
    (b"\xff\xf1" + bytes(30), "audio/aac", "audio/aac"),
    (b"RIFF\x24\x00\x00\x00WAVEfmt ", "audio/wav", "audio/wav"),
    (b"\x00\x00\x00\x20ftypM4A " + bytes(30), "audio/mp4", "audio/mp4"),
    (b"\x00\x00\x00\x20ftypisom" + bytes(30), "audio/mp4", "audio/mp4"),
    (b"\x00\x00\x00\x20ftypisom" + bytes(30), "video/mp4", "video/mp4"),
    (b"\x00\x00\x00\x20ftyp3gp4" + bytes(30), "video/3gpp", "video/3gpp"),
    (b"%PDF-1.7\n" + bytes(30), "application/pdf", "application/pdf"),
    (OLE, "application/vnd.ms-excel", "application/vnd.ms-excel"),
    (office("word/document.xml"), None, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (office("xl/workbook.xml"), "x/y", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("Precios: 90 ó más\n".encode(), "text/plain; charset=utf-8", "text/plain"),
    (b"a,b\n1,2\n", "text/csv", "text/csv"),
]


@pytest.mark.parametrize(("content", "declared", "kind"), KNOWN, ids=lambda value: str(value)[:30])
def test_a_file_is_known_by_its_bytes(content: bytes, declared: str | None, kind: str) -> None:
    assert sniff(content, declared) == kind


@pytest.mark.parametrize(
    ("content", "declared", "reason"),
    [
        (b"", "image/png", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml", "unsupported_type"),
        (b"<svg onload='alert(1)'/>", "image/png", "unsupported_type"),
        (b"<!doctype html><script>alert(1)</script>", "text/html", "unsupported_type"),
        (b"<!doctype html><script>alert(1)</script>", "image/jpeg", "unsupported_type"),
        (b" \n<html>", "text/plain", "markup"),
        (b"#!/bin/sh\nrm -rf /", "text/plain", "markup"),
        (b"\x7fELF" + bytes(50), "application/pdf", "unsupported_type"),
        (b"MZ" + bytes(50), "application/vnd.ms-excel", "unsupported_type"),
        (OLE, "application/pdf", "unsupported_type"),  # an installer is one of these as well
        (OLE, None, "unsupported_type"),
        (office("word/document.xml", "word/vbaProject.bin"), None, "macros"),
        (packed(METAINF="x"), "application/zip", "unsupported_type"),
        (b"PK\x03\x04" + bytes(20), "application/zip", "unsupported_type"),
        (b"OggS" + bytes(24) + b"\x80theora" + bytes(60), "video/ogg", "unsupported_type"),
        (b"bytes\x00with zero", "text/plain", "unsupported_type"),
        (b"\xff\xfe\x00broken", "text/plain", "unsupported_type"),
        (b"plain words", "application/octet-stream", "unsupported_type"),
    ],
)
def test_what_is_none_of_those_is_refused(content: bytes, declared: str | None, reason: str) -> None:
    with pytest.raises(FileRefused) as refused:
        sniff(content, declared)
    assert refused.value.reason == reason


def test_cut_off_files_of_every_kind_raise_nothing_else() -> None:
    for content, declared, _ in KNOWN:
        for length in range(min(len(content), 200)):
            try:
                sniff(content[:length], declared)
            except FileRefused:
                continue
