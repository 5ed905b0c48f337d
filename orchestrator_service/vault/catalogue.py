"""What the company may set in its vault, and what of that is set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.credential_names import OF_COMPANY, PROVIDERS, Kind, Provider, kinds_of_channel, known
from core.database import TenantTransaction
from core.errors import NotFound
from orchestrator_service.vault import repository
from orchestrator_service.vault.models import Credential, Number
from orchestrator_service.vault.repository import Stored


async def list_credentials(tx: TenantTransaction) -> list[Credential]:
    """Every known name: those of each number, oldest number first, then the company's."""
    stored = _Kept(await repository.list_stored(tx), await repository.list_writers(tx))
    numbers = await repository.list_numbers(tx)
    of_numbers = [
        _shown(stored, f"channel:{number.id}:{kind.key}", number.provider, kind, number)
        for number in numbers
        for kind in kinds_of_channel(number.provider)
    ]
    return of_numbers + [_shown(stored, name, provider, kind) for name, (provider, kind) in OF_COMPANY.items()]


async def list_simulated(tx: TenantTransaction) -> list[Provider]:
    """For whom something else answers, whatever keys are set: a demo company reaches no provider."""
    modes = await repository.read_modes(tx)
    return [each for each in PROVIDERS if (modes.brain if each == "llm" else modes.mode) == "demo"]


async def find_credential(tx: TenantTransaction, name: str) -> Credential:
    """One of them. Raises NotFound for a name that is not known, or of a number that is not the company's."""
    if known(name) is not None:
        for credential in await list_credentials(tx):
            if credential.name == name:
                return credential
    raise NotFound


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is stored, and who stored it."""

    rows: Mapping[str, Stored]
    writers: Mapping[tuple[str, datetime], int]


def _shown(kept: _Kept, name: str, provider: Provider, kind: Kind, number: Number | None = None) -> Credential:
    row = kept.rows.get(name)
    if row is None:
        return Credential(name, provider, kind, number, (), None, None)
    # Both moments are that of the transaction that wrote them.
    writer = kept.writers.get((f"credential:{name}", row.updated_at))
    return Credential(name, provider, kind, number, tuple(row.masked.splitlines()), row.updated_at, writer)
