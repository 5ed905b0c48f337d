"""A tenant's WhatsApp numbers: how a channel is set up, and its secrets from the vault (PRODUCT §4, §7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.credential_names import known, verify_token_name, webhook_secrets_name
from core.credentials import MASK, Keyring, mask, open_sealed, seal
from core.database import TenantTransaction
from core.errors import NotFound
from core.secret import Secret
from core.statements import sibling_statements
from core.whatsapp import ProviderName

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class Channel:
    """One business number. `mode` is its tenant's: a demo tenant talks to the simulator, never to a provider.

    `phone_number_id` is Meta's name of the number; every channel of Meta's has one.
    """

    id: int
    provider: ProviderName
    business_number: str
    waba_id: str | None
    phone_number_id: str | None
    active: bool
    mode: Literal["demo", "live"]


async def find_channel(tx: TenantTransaction, channel_id: int) -> Channel:
    """One channel of the tenant. Raises NotFound."""
    channel = await tx.one(SQL["find_channel"], Channel, channel_id=channel_id)
    if channel is None:
        raise NotFound
    return channel


async def channels_of(tx: TenantTransaction, provider: ProviderName) -> list[Channel]:
    """Every channel of the tenant at one provider."""
    return await tx.all(SQL["channels_of_provider"], Channel, provider=provider)


async def read_credential(tx: TenantTransaction, keyring: Keyring, name: str) -> Secret | None:
    """One integration key of the tenant, or None where it was never set; the only reader. Raises VaultError."""
    sealed = await tx.value(SQL["find_credential"], str, name=name)
    return None if sealed is None else open_sealed(keyring, sealed, tenant_id=tx.tenant_id, name=name)


async def store_credential(tx: TenantTransaction, keyring: Keyring, name: str, value: Secret) -> None:
    """Seal and write one integration key, the only writer; people read back its masked end alone, a mask a line."""
    sealed = seal(keyring, value, tenant_id=tx.tenant_id, name=name)
    await tx.run(SQL["store_credential"], name=name, sealed=sealed, masked=_masked(name, value))


def _masked(name: str, value: Secret) -> str:
    found = known(name)
    if found is None or found.kind.shape == "text":
        return MASK  # nobody is shown it, or the end of a key file, which tells nothing
    return "\n".join(mask(Secret(line)) for line in value.reveal().splitlines())


async def read_verify_token(tx: TenantTransaction, keyring: Keyring, channel_id: int) -> Secret | None:
    """What Meta repeats when it subscribes the channel's address."""
    return await read_credential(tx, keyring, verify_token_name(channel_id))


async def read_webhook_secrets(tx: TenantTransaction, keyring: Keyring, channel_id: int) -> tuple[Secret, ...]:
    """The secrets that a webhook of the channel may be signed with."""
    stored = await read_credential(tx, keyring, webhook_secrets_name(channel_id))
    return tuple(Secret(line) for line in stored.reveal().splitlines()) if stored else ()
