"""Leads as a file for spreadsheets: what the list shows under its filters, and what an import takes in again.

Read and sent a batch at a time, each in a transaction of its own: nothing is held while the reader is slow, and a
million rows cost no more memory than a thousand.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from core.csv_rows import csv_rows
from core.database import Database, TenantTransaction
from core.paging import LARGEST_ID
from core.principal import Principal
from core.statements import load_statements
from orchestrator_service.leads.edit import list_leads
from orchestrator_service.leads.repository import Lead, WantedLeads

SQL = load_statements(Path(__file__).with_name("export.sql"))
BATCH: Final = 1000
Language: TypeAlias = Literal["es", "en", "pt"]
_HEADERS: Final[Mapping[Language, tuple[str, ...]]] = {
    "es": (
        "Nombre", "Teléfono", "Correo electrónico", "Empresa", "Etapa", "Dueño", "Origen", "Campaña", "Valor", "Moneda",
        "Necesidad", "Idioma", "Temperatura", "Puntaje", "Creado",
    ),
    "en": (
        "Name", "Phone", "Email", "Company", "Stage", "Owner", "Source", "Campaign", "Value", "Currency", "Need",
        "Language", "Interest", "Score", "Created",
    ),
    "pt": (
        "Nome", "Telefone", "E-mail", "Empresa", "Etapa", "Dono", "Origem", "Campanha", "Valor", "Moeda", "Necessidade",
        "Idioma", "Temperatura", "Pontuação", "Criado",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Stage:
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class _Owner:
    id: int
    email: str


async def leads_csv(
    database: Database, principal: Principal, wanted: WantedLeads, language: Language
) -> AsyncGenerator[str]:
    """The leads of the caller's scope that the list would show, newest first, under a line of names."""
    async with database.tenant(principal.tenant_id) as tx:
        stages, owners = await _words(tx)
    yield csv_rows([_HEADERS[language]], first=True)
    before = LARGEST_ID
    while True:
        async with database.tenant(principal.tenant_id) as tx:
            leads = await list_leads(tx, principal, wanted, before_id=before, most=BATCH)
        if leads:
            yield csv_rows([_cells(lead, stages, owners) for lead in leads])
        if len(leads) < BATCH:
            return
        before = leads[-1].id


async def _words(tx: TenantTransaction) -> tuple[dict[str, str], dict[int, str]]:
    stages = {stage.key: stage.name for stage in await tx.all(SQL["stage_names"], _Stage)}
    return stages, {owner.id: owner.email for owner in await tx.all(SQL["owner_addresses"], _Owner)}


def _cells(lead: Lead, stages: Mapping[str, str], owners: Mapping[int, str]) -> tuple[object, ...]:
    owner = owners.get(lead.owner_user_id, "") if lead.owner_user_id is not None else ""
    return (
        lead.full_name, lead.phone, lead.email, lead.company, stages.get(lead.stage_key, lead.stage_key), owner,
        lead.source, lead.campaign, lead.value, lead.currency, lead.need, lead.language, lead.interest, lead.score,
        lead.created_at.isoformat(timespec="seconds"),
    )  # fmt: skip
