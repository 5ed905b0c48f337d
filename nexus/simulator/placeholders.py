"""Small real files that stand for what a customer sends: a picture, a page, and a silent voice note in Ogg Opus.

The voice note carries what the customer "said" in its Opus comment `TRANSCRIPT`, so that a demo transcriber can read it
without hearing anything; a real one hears silence.
"""

from __future__ import annotations

import struct
import zlib
from typing import Final

IMAGE_TYPE: Final = "image/png"
DOCUMENT_TYPE: Final = "application/pdf"
AUDIO_TYPE: Final = "audio/ogg; codecs=opus"
_SILENT_FRAME: Final = b"\xf8\xff\xfe"  # 20 ms of silence at 48 kHz
_FRAME_SAMPLES: Final = 960
_FRAMES_PER_PAGE: Final = 50
_SERIAL: Final = 0x4E584D55
_POLYNOMIAL: Final = 0x04C11DB7


def picture(size: int = 96) -> bytes:
    """A PNG with a soft gradient, `size` pixels square."""
    rows = b"".join(b"\x00" + b"".join(bytes((10 + x, 101 + y // 2, 121)) for x in range(size)) for y in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def document() -> bytes:
    """A PDF of one empty page."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>",
    )
    written, places = b"%PDF-1.4\n", list[int]()
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj%b endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 4\n0000000000 65535 f \n"
    return written + head + table + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(written)


def voice_note(transcript: str, seconds: int = 3) -> bytes:
    """An Ogg Opus file of silence, mono, whose comment holds the transcript."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 48_000, 0, 0)
    comment = f"TRANSCRIPT={transcript}".encode()
    vendor = b"simulator"
    tags = b"OpusTags" + struct.pack("<I", len(vendor)) + vendor
    tags += struct.pack("<II", 1, len(comment)) + comment
    pages = [_page(0, 0, [head], first=True), _page(1, 0, [tags])]
    for index in range(seconds):
        samples = (index + 1) * _FRAMES_PER_PAGE * _FRAME_SAMPLES
        frames = [_SILENT_FRAME] * _FRAMES_PER_PAGE
        pages.append(_page(index + 2, samples, frames, last=index == seconds - 1))
    return b"".join(pages)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _page(number: int, samples: int, packets: list[bytes], *, first: bool = False, last: bool = False) -> bytes:
    lacing = b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in packets)
    flags = (2 if first else 0) | (4 if last else 0)
    head = b"OggS" + struct.pack("<BBqIIIB", 0, flags, samples, _SERIAL, number, 0, len(lacing))
    page = head + lacing + b"".join(packets)
    return page[:22] + struct.pack("<I", _checksum(page)) + page[26:]


def _checksum(page: bytes) -> int:
    """Ogg's CRC-32: unreflected, start 0, no final inversion."""
    value = 0
    for byte in page:
        value ^= byte << 24
        for _ in range(8):
            value = ((value << 1) ^ _POLYNOMIAL if value & 0x80000000 else value << 1) & 0xFFFFFFFF
    return value
