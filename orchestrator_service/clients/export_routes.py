"""`GET /crm/clients/export.csv` and `/crm/patients/export.csv`: the caller's clients as a file for spreadsheets."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Annotated, Final, Literal, TypeAlias

from fastapi import APIRouter, Depends, Query
from starlette.responses import StreamingResponse

from core.csv_rows import csv_rows
from core.database import Database
from core.paging import LARGEST_ID
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.clients.models import Client, WantedClients
from orchestrator_service.clients.reading import SQL, list_clients
from orchestrator_service.clients.schemas import ClientFilters

router = APIRouter(prefix="/crm", tags=["clients"])

BATCH: Final = 1000
Language: TypeAlias = Literal["es", "en", "pt"]
Exporter = Annotated[Principal, Depends(permit(Permission.EXPORTS))]
_LIMITED: Final = [Depends(rate_limit("6/minute", scope="crm.clients.export"))]
_CSV: Final[dict[int | str, dict[str, object]]] = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}
_HEADERS: Final[Mapping[Language, tuple[str, ...]]] = {
    "es": ("Nombre", "Teléfono", "Correo electrónico", "Empresa", "Dueño", "Notas", "Lead", "Creado"),
    "en": ("Name", "Phone", "Email", "Company", "Owner", "Notes", "Lead", "Created"),
    "pt": ("Nome", "Telefone", "E-mail", "Empresa", "Dono", "Notas", "Lead", "Criado"),
}


class ExportQuery(ClientFilters):
    """Which clients are wanted, and in which language their columns are named."""

    language: Language = "es"


@dataclass(frozen=True, slots=True)
class _Owner:
    id: int
    email: str


@router.get("/clients/export.csv", dependencies=_LIMITED, response_class=StreamingResponse, responses=_CSV)
@router.get("/patients/export.csv", dependencies=_LIMITED, response_class=StreamingResponse, responses=_CSV)
@audit_access("clients.export", subject="clients")
async def get_clients_csv(
    database: Db, principal: Exporter, wanted: Annotated[ExportQuery, Query()]
) -> StreamingResponse:
    """The clients that the list shows under the same filters, newest first. Formulas are disarmed."""
    headers = {"Content-Disposition": 'attachment; filename="clients.csv"'}
    rows = _rows(database, principal, wanted.wanted(), wanted.language)
    return StreamingResponse(rows, media_type="text/csv; charset=utf-8", headers=headers)


async def _rows(
    database: Database, principal: Principal, wanted: WantedClients, language: Language
) -> AsyncGenerator[str]:
    """A batch at a time, each in a transaction of its own: nothing is held while the reader is slow."""
    async with database.tenant(principal.tenant_id) as tx:
        owners = {owner.id: owner.email for owner in await tx.all(SQL["client_owners"], _Owner)}
    yield csv_rows([_HEADERS[language]], first=True)
    before = LARGEST_ID
    while True:
        async with database.tenant(principal.tenant_id) as tx:
            clients = await list_clients(tx, principal, wanted, before_id=before, most=BATCH)
        if clients:
            yield csv_rows([_cells(one, owners) for one in clients])
        if len(clients) < BATCH:
            return
        before = clients[-1].id


def _cells(client: Client, owners: Mapping[int, str]) -> tuple[object, ...]:
    owner = owners.get(client.owner_user_id, "") if client.owner_user_id is not None else ""
    created = client.created_at.isoformat(timespec="seconds")
    return (
        client.full_name, client.phone, client.email, client.company, owner, client.notes, client.lead_id, created,
    )  # fmt: skip
