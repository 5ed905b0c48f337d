"""A file comes in: it is read to its end and kept in chunks, with a guess of what its columns hold (PRODUCT §12.1)."""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Sequence
from typing import Final

from core.database import TenantTransaction
from core.principal import Principal
from orchestrator_service.fields.keep import list_fields
from orchestrator_service.imports import repository
from orchestrator_service.imports.announce import announce_import
from orchestrator_service.imports.columns import guess_columns
from orchestrator_service.imports.models import Column, Import
from orchestrator_service.imports.table import NothingToImport, Table

TOGETHER: Final = 10  # chunks that one statement writes
SAMPLE: Final = 100  # rows that a guess looks at


async def take_file(tx: TenantTransaction, principal: Principal, table: Table, filename: str | None) -> Import:
    """Keep the rows of a table. Raises NotATable and TooMuch where the file is none in its middle."""
    import_id = await repository.add_import(tx, table, filename=filename, user_id=int(principal.user_id))
    chunks = table.chunks()
    rows, number = 0, 0
    while some := await asyncio.to_thread(_next, chunks):
        await repository.add_chunks(tx, import_id, number, some)
        number += len(some)
        rows += sum(bool(row) for chunk in some for row in chunk)
    if not rows:
        raise NothingToImport("there is no row beside the header")
    await repository.measure(tx, import_id, row_count=rows, chunk_count=number)
    taken = await repository.find_import(tx, import_id)
    assert taken is not None, "it was just written"
    await announce_import(tx, taken)
    return taken


async def preview(tx: TenantTransaction, one: Import) -> tuple[list[list[str]], Sequence[Column | None]]:
    """The first rows that are not empty, and what the columns seem to hold; nothing once the file is forgotten."""
    chunk = await repository.read_chunk(tx, one.id, 0)
    rows = [row for row in chunk[:SAMPLE] if row]
    labels = {field.key: field.label for field in await list_fields(tx) if not field.archived}
    return rows[:10], guess_columns(one.headers, rows, labels)


def _next(chunks: Generator[list[list[str]]]) -> list[list[list[str]]]:
    return [chunk for _, chunk in zip(range(TOGETHER), chunks, strict=False)]
