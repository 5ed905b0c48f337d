"""What the company may set in its vault, and what of that is set."""

from __future__ import annotations

from collections.abc import Mapping

from core.credential_names import OF_CHANNEL, OF_COMPANY, Kind, Provider, known
from core.database import TenantTransaction
from core.errors import NotFound
from orchestrator_service.vault import repository
from orchestrator_service.vault.models import Credential, Number
from orchestrator_service.vault.repository import Stored


async def list_credentials(tx: TenantTransaction) -> list[Credential]:
    """Every known name: those of each number, oldest number first, then the company's."""
    stored = await repository.list_stored(tx)
    numbers = await repository.list_numbers(tx)
    of_numbers = [
        _shown(stored, f"channel:{number.id}:{kind.key}", number.provider, kind, number)
        for number in numbers
        for kind in OF_CHANNEL.values()
    ]
    return of_numbers + [_shown(stored, name, provider, kind) for name, (provider, kind) in OF_COMPANY.items()]


async def find_credential(tx: TenantTransaction, name: str) -> Credential:
    """One of them. Raises NotFound for a name that is not known, or of a number that is not the company's."""
    if known(name) is not None:
        for credential in await list_credentials(tx):
            if credential.name == name:
                return credential
    raise NotFound


def _shown(
    stored: Mapping[str, Stored], name: str, provider: Provider, kind: Kind, number: Number | None = None
) -> Credential:
    row = stored.get(name)
    masks = tuple(row.masked.splitlines()) if row else ()
    return Credential(name, provider, kind, number, masks, row.updated_at if row else None)
