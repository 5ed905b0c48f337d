"""A PDF is read by a process that may take little: text where there is some, a plain word where not, never a hang."""

from __future__ import annotations

import asyncio
import os
import sys
import time
import zlib
from pathlib import Path

import pytest

from core import pdf
from core.model_api import Words, WordsFailed
from whatsapp_service.media.pdf import LARGEST_PDF, read_pdf

PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def pdf_of(drawn: bytes, *, page: bytes = PAGE, kids: bytes = b"[3 0 R]", packed: bool = False) -> bytes:
    """A file of one page on which that is drawn."""
    stream = zlib.compress(drawn) if packed else drawn
    head = b"<< /Length %d%b >>" % (len(stream), b" /Filter /FlateDecode" if packed else b"")
    content = head + b"\nstream\n" + stream + b"\nendstream"
    tree = b"<< /Type /Pages /Kids %b /Count 1 >>" % kids
    body, places = b"%PDF-1.4\n", list[int]()
    for number, one in enumerate((b"<< /Type /Catalog /Pages 2 0 R >>", tree, page, content, FONT), start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"xref\n0 6\n0000000000 65535 f \n%btrailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(body),
    )


def text_page(text: str) -> bytes:
    return pdf_of(b"BT /F 12 Tf 20 200 Td (%b) Tj ET" % text.encode("latin-1"))


async def test_the_text_of_a_small_pdf_is_read() -> None:
    assert await read_pdf(text_page("Lista de precios: consulta 120 USD")) == Words(
        "Lista de precios: consulta 120 USD"
    )


async def test_a_pdf_without_text_says_nothing() -> None:
    assert await read_pdf(pdf_of(b"0 0 m 10 10 l S")) == Words("")


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\n...", b"%PDF-" + os.urandom(5000), text_page("Hola")[:200], pdf_of(b"", kids=b"[2 0 R]")],
    ids=["nothing", "noise", "cut", "in a circle"],
)
async def test_what_is_no_real_pdf_is_no_crash(content: bytes) -> None:
    found = await read_pdf(content)
    assert found == WordsFailed("unreadable_file") or found == Words("")


async def test_one_that_unfolds_without_end_is_given_up_soon() -> None:
    began = time.monotonic()
    bomb = pdf_of(b"(A) Tj " * 20_000_000, packed=True)
    assert len(bomb) < LARGEST_PDF
    found = await read_pdf(bomb, seconds=5.0)
    assert isinstance(found, WordsFailed)
    assert time.monotonic() - began < 15


async def test_one_that_is_large_is_not_even_read() -> None:
    assert await read_pdf(b"%PDF-1.7" + bytes(LARGEST_PDF)) == WordsFailed("too_large")


async def test_a_reader_that_hangs_is_killed_and_the_next_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mark = tmp_path / "alive"
    hang = f"import time; time.sleep(1.5); open({str(mark)!r}, 'w')"
    with monkeypatch.context() as hanging:
        hanging.setattr(pdf, "_COMMAND", (sys.executable, "-c", hang))
        assert await read_pdf(text_page("Hola"), seconds=0.3) == WordsFailed("took_too_long")
    assert await read_pdf(text_page("Hola")) == Words("Hola")
    await asyncio.sleep(1.5)
    assert not await asyncio.to_thread(mark.exists), "it was left running"


async def test_it_knows_nothing_of_us_and_may_write_nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NEXUS_VAULT_KEYS", "secret")
    asks = "import os, sys; sys.stdout.write(str(sorted(os.environ)))"
    with monkeypatch.context() as asking:
        asking.setattr(pdf, "_COMMAND", (sys.executable, "-I", "-c", asks))
        told = await read_pdf(text_page("Hola"))
    assert isinstance(told, Words)
    assert "NEXUS" not in told.text
    target = str(tmp_path / "out")
    writes = f"from core.pdf_text import bind; bind(6); open({target!r}, 'wb', 0).write(b'x')"
    monkeypatch.setattr(pdf, "_COMMAND", (sys.executable, "-I", "-c", writes))
    assert await read_pdf(text_page("Hola")) == WordsFailed("unreadable_file")
