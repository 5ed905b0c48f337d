"""What a ceo does with the company's numbers; each act is told to the team's windows and to the audit log."""

from __future__ import annotations

from dataclasses import dataclass, replace
from secrets import token_urlsafe

from core.channels import read_credential, store_credential
from core.contracts import CheckChannel
from core.credential_names import endpoint_key_name
from core.credentials import Keyring
from core.database import TenantTransaction
from core.database_errors import ConstraintViolated
from core.directory import Directory
from core.errors import BadInput, Conflict, NotFound
from core.jobs import defer
from core.outbox import emit
from core.principal import Principal
from core.secret import Secret
from core.system_events import record_event
from orchestrator_service.channels import repository
from orchestrator_service.channels.repository import ChannelRow
from orchestrator_service.provisioning.add_channel import ENDPOINT_KEY_BYTES


@dataclass(frozen=True, slots=True)
class Shown:
    """A number as the page shows it; `address` is its webhook's last part, None where older than the keeping of it."""

    row: ChannelRow
    address: str | None


async def read_channels(tx: TenantTransaction, keyring: Keyring) -> list[Shown]:
    """Every number with its webhook's address. Raises VaultError where one does not open."""
    return [Shown(row, await _address_of(tx, keyring, row.id)) for row in await repository.list_channels(tx)]


async def read_channel(tx: TenantTransaction, keyring: Keyring, channel_id: int) -> Shown:
    """One of them. Raises NotFound."""
    return Shown(await _find(tx, channel_id), await _address_of(tx, keyring, channel_id))


async def change_channel(
    tx: TenantTransaction, principal: Principal, channel_id: int, given: dict[str, object]
) -> None:
    """Write the fields that were given. Raises NotFound, BadInput, Conflict where another number has the id."""
    row = await _find(tx, channel_id)
    wanted = replace(row, **given)  # pyright: ignore[reportArgumentType] - the schema gave names and types
    if (wanted.provider == "meta") is not bool(wanted.phone_number_id):
        raise BadInput("A number of Meta's has a phone number id, and no other number has one.")
    changed = sorted(name for name in given if getattr(row, name) != getattr(wanted, name))
    if not changed:
        return
    try:
        async with tx.savepoint():
            await repository.change_channel(
                tx,
                channel_id,
                name=wanted.name,
                active=wanted.active,
                waba_id=wanted.waba_id,
                phone_number_id=wanted.phone_number_id,
            )
    except ConstraintViolated as error:
        raise Conflict("Another number of the company has that id.") from error
    about = f"channel:{channel_id}"
    await record_event(
        tx, "channel.changed", severity="warning", user_id=principal.user_id, subject=about, detail={"changed": changed}
    )
    await announce(tx)


async def renew_address(
    tx: TenantTransaction, directory: Directory, keyring: Keyring, principal: Principal, channel_id: int
) -> None:
    """Give the number another webhook address; the old one leads nowhere from the commit on. Raises NotFound."""
    await _find(tx, channel_id)
    await repository.forget_addresses(tx, channel_id)
    key = token_urlsafe(ENDPOINT_KEY_BYTES)
    await store_credential(tx, keyring, endpoint_key_name(channel_id), Secret(key))
    await directory.add(tx, "endpoint", key, tx.tenant_id, channel_id)
    about = f"channel:{channel_id}"
    await record_event(tx, "channel.address_renewed", severity="warning", user_id=principal.user_id, subject=about)
    await announce(tx)


async def ask_check(tx: TenantTransaction, channel_id: int) -> None:
    """Have the worker try the number's key at its provider. Raises NotFound."""
    await _find(tx, channel_id)
    await defer(tx, CheckChannel(tx.tenant_id, channel_id))


async def is_paused(tx: TenantTransaction) -> bool:
    """Whether nothing of the company's leaves for WhatsApp."""
    return await repository.is_paused(tx)


async def pause_sending(tx: TenantTransaction, principal: Principal, *, paused: bool) -> None:
    """Stop everything that would leave for WhatsApp, or let it leave again."""
    if await repository.set_paused(tx, paused=paused):
        await record_event(
            tx,
            "channels.pause_changed",
            severity="warning",
            user_id=principal.user_id,
            subject="channels",
            detail={"paused": paused},
        )
        await announce(tx)


async def announce(tx: TenantTransaction) -> None:
    """Tell every window of the company that its numbers changed."""
    await emit(tx, "SETTINGS_UPDATED", {"section": "channels"}, owner_user_id=None, audience="everyone")


async def _find(tx: TenantTransaction, channel_id: int) -> ChannelRow:
    for row in await repository.list_channels(tx):
        if row.id == channel_id:
            return row
    raise NotFound


async def _address_of(tx: TenantTransaction, keyring: Keyring, channel_id: int) -> str | None:
    key = await read_credential(tx, keyring, endpoint_key_name(channel_id))
    return key.reveal() if key else None
