"""`GET /crm/clients/export.csv` and `/crm/patients/export.csv`: the caller's clients as a file for spreadsheets."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from typing import Annotated, Final, Literal, TypeAlias

from fastapi import APIRouter, Depends
from starlette.responses import StreamingResponse

from core.csv_rows import csv_rows
from core.database import Database
from core.paging import LARGEST_ID
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.clients.models import WantedClients
from orchestrator_service.clients.reading import list_clients

router = APIRouter(prefix="/crm", tags=["clients"])

BATCH: Final = 1000
Language: TypeAlias = Literal["es", "en", "pt"]
Exporter = Annotated[Principal, Depends(permit(Permission.EXPORTS))]
_LIMITED: Final = [Depends(rate_limit("6/minute", scope="crm.clients.export"))]
_CSV: Final[dict[int | str, dict[str, object]]] = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}
_HEADERS: Final[Mapping[Language, tuple[str, ...]]] = {
    "es": ("Nombre", "Teléfono", "Correo electrónico", "Lead", "Creado"),
    "en": ("Name", "Phone", "Email", "Lead", "Created"),
    "pt": ("Nome", "Telefone", "E-mail", "Lead", "Criado"),
}


@router.get("/clients/export.csv", dependencies=_LIMITED, response_class=StreamingResponse, responses=_CSV)
@router.get("/patients/export.csv", dependencies=_LIMITED, response_class=StreamingResponse, responses=_CSV)
@audit_access("clients.export", subject="clients")
async def get_clients_csv(database: Db, principal: Exporter, language: Language = "es") -> StreamingResponse:
    """Every client of the caller's scope, newest first. Formulas are disarmed."""
    headers = {"Content-Disposition": 'attachment; filename="clients.csv"'}
    rows = _rows(database, principal, language)
    return StreamingResponse(rows, media_type="text/csv; charset=utf-8", headers=headers)


async def _rows(database: Database, principal: Principal, language: Language) -> AsyncGenerator[str]:
    """A batch at a time, each in a transaction of its own: nothing is held while the reader is slow."""
    yield csv_rows([_HEADERS[language]], first=True)
    before = LARGEST_ID
    while True:
        async with database.tenant(principal.tenant_id) as tx:
            clients = await list_clients(tx, principal, WantedClients(), before_id=before, most=BATCH)
        if clients:
            yield csv_rows(
                [(one.full_name, one.phone, one.email, one.lead_id, one.created_at.isoformat()) for one in clients]
            )
        if len(clients) < BATCH:
            return
        before = clients[-1].id
