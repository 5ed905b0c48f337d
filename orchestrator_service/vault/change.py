"""Setting and forgetting an integration key: sealed before it is stored, told in the audit log without its value."""

from __future__ import annotations

from typing import Final

from core.channels import store_credential
from core.credentials import Keyring
from core.database import TenantTransaction
from core.errors import BadInput, NotFound
from core.principal import Principal
from core.secret import Secret
from core.system_events import record_event
from orchestrator_service.vault import repository
from orchestrator_service.vault.catalogue import find_credential
from orchestrator_service.vault.models import Credential

LONGEST_VALUE: Final = 16_384
MOST_LINES: Final = 5
LONGEST_LINE: Final = 4_096


class UnusableValue(BadInput):
    """The value cannot be such a key. The reason is about its form; the value is never repeated."""

    code = "unusable_value"
    title = "Unusable Value"


async def set_credential(
    tx: TenantTransaction, keyring: Keyring, principal: Principal, name: str, value: Secret
) -> Credential:
    """Store or replace one key. Raises NotFound for a name that the company has not, UnusableValue."""
    credential = await find_credential(tx, name)
    tidy = _tidy(value, credential)
    await store_credential(tx, keyring, name, tidy)
    await _tell(tx, principal, "credentials.set", name)
    return await find_credential(tx, name)


async def forget_credential(tx: TenantTransaction, principal: Principal, name: str) -> None:
    """Delete one key: what needs it stops, and says so. Raises NotFound where there is none."""
    await find_credential(tx, name)
    if not await repository.delete(tx, name):
        raise NotFound
    await _tell(tx, principal, "credentials.deleted", name)


async def forget_moved(tx: TenantTransaction, principal: Principal, name: str) -> None:
    """Forget a key whose address is another now, so that nobody has it sent to themselves; nothing where none is."""
    if await repository.delete(tx, name):
        await _tell(tx, principal, "credentials.deleted", name)


async def _tell(tx: TenantTransaction, principal: Principal, action: str, name: str) -> None:
    await record_event(tx, action, severity="warning", user_id=principal.user_id, subject=f"credential:{name}")


def _tidy(value: Secret, credential: Credential) -> Secret:
    """Without the spaces and line ends that come with copying; only what such a key may hold."""
    lines = [line.strip() for line in value.reveal().strip().splitlines() if line.strip()]
    if not lines:
        raise UnusableValue("it is empty")
    shape = credential.kind.shape
    if shape == "line" and len(lines) > 1:
        raise UnusableValue("it is one line")
    if shape == "lines" and len(lines) > MOST_LINES:
        raise UnusableValue(f"at most {MOST_LINES} lines")
    if shape != "text" and any(len(line) > LONGEST_LINE for line in lines):
        raise UnusableValue(f"a line has at most {LONGEST_LINE} characters")
    if not all(line.isprintable() for line in lines):
        raise UnusableValue("it holds characters that cannot be seen")
    if shape != "text" and not all(line.isascii() and " " not in line for line in lines):
        raise UnusableValue("it holds spaces or letters that no key has")
    return Secret("\n".join(lines))
