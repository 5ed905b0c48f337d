"""Everything that is kept of a person, as one ZIP: `data.json` by sections, and their files beside it.

It is made while it is sent and kept nowhere: so there is no link that has to expire, and no copy to be erased.
"""

from __future__ import annotations

import io
import json
import mimetypes
import zipfile
from collections.abc import AsyncGenerator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from core.crash_points import reached
from core.database import Database, TenantTransaction
from core.errors import Unavailable
from core.json_types import Json
from core.media_store import MediaStore
from core.statements import load_statements
from orchestrator_service.privacy.models import Person
from orchestrator_service.privacy.person import SQL, Named, count_person, find_person

EXPORTING: Final = load_statements(Path(__file__).with_name("export.sql"))
SECTIONS: Final = (
    "leads", "tags", "clients", "client_contacts", "contacts", "identities", "conversations", "summaries", "messages",
    "qualifications", "notes", "tasks", "changes", "meetings", "forms", "transactions", "questions",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Row:
    row: Json


@dataclass(frozen=True, slots=True)
class _File:
    id: int
    storage_key: str
    filename: str | None
    media_type: str | None


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a person: rows by section, and which files."""

    data: dict[str, list[Json]]
    files: list[_File]


async def note_export(tx: TenantTransaction, named: Named, *, by: int) -> Person:
    """Write the request down, before anything of it leaves. Raises NotFound."""
    person = await find_person(tx, named)
    counts = asdict(await count_person(tx, person))
    await tx.value(
        SQL["add_request"],
        int,
        kind="export",
        reason="asked",
        state="done",
        words=list[str](),
        numbers=list[str](),
        counts=counts,
        asked_by=by,
        **asdict(named),
        **asdict(person),
    )
    return person


async def read_person(database: Database, tenant_id: int, person: Person) -> Kept:
    """All rows, as of one moment, before the answer begins: what cannot be read is a clear error, not half a file."""
    async with database.tenant(tenant_id, snapshot=True) as tx:
        data = {section: await _section(tx, section, person) for section in SECTIONS}
        files = await tx.all(EXPORTING["files"], _File, conversation_ids=person.conversation_ids)
    return Kept(data, files)


async def person_zip(store: MediaStore, kept: Kept) -> AsyncGenerator[bytes]:
    """The archive, a piece at a time; a file that the store does not have is left out."""
    out = _Drain()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(kept.data, ensure_ascii=False, indent=1))
        yield out.taken()
        reached("exporting")
        for file in kept.files:
            try:
                content = await store.read(file.storage_key)
            except Unavailable:
                continue
            ending = mimetypes.guess_extension(file.media_type or "") or ".bin"
            archive.writestr(f"files/{file.id}{ending}", content)
            yield out.taken()
    yield out.taken()


async def _section(tx: TenantTransaction, section: str, person: Person) -> list[Json]:
    statement = EXPORTING[section]
    ids = {name: value for name, value in asdict(person).items() if name in statement.parameters}
    return [found.row for found in await tx.all(statement, _Row, **ids)]


class _Drain(io.RawIOBase):
    """Where the archive is written to, and taken from as it grows: it is never whole in memory."""

    def __init__(self) -> None:
        super().__init__()
        self._held = bytearray()

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, piece: bytes) -> int:  # pyright: ignore[reportIncompatibleMethodOverride] - bytes are all that come
        """Hold a piece until it is taken."""
        self._held += piece
        return len(piece)

    def taken(self) -> bytes:
        """What has come since the last time."""
        held, self._held = bytes(self._held), bytearray()
        return held
