"""Typed access to second factors and to the logins that wait for a code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.channels import read_credential, store_credential
from core.credential_names import totp_secret_name
from core.credentials import Keyring
from core.database import TenantTransaction
from core.secret import Secret
from core.statements import sibling_statements

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class StoredTotp:
    """`confirmed_at` is None while the first code is awaited."""

    confirmed_at: datetime | None
    codes_left: int


async def find_totp(tx: TenantTransaction, user_id: int) -> StoredTotp | None:
    """How the account's second factor stands."""
    return await tx.one(SQL["totp_state"], StoredTotp, user_id=user_id)


async def is_active(tx: TenantTransaction, user_id: int) -> bool:
    """Whether the account has one in use."""
    return await tx.value(SQL["is_active"], bool, user_id=user_id) or False


async def is_required(tx: TenantTransaction) -> bool:
    """Whether the company wants one of everybody."""
    return await tx.value(SQL["is_required"], bool) or False


async def set_required(tx: TenantTransaction, *, required: bool) -> bool:
    """Answers whether that changed anything."""
    return await tx.run(SQL["set_required"], required=required) > 0


async def start_totp(tx: TenantTransaction, keyring: Keyring, user_id: int, secret: Secret) -> bool:
    """Let a new secret wait for its first code; False where one is in use."""
    if await tx.run(SQL["start_totp"], user_id=user_id) == 0:
        return False
    await store_credential(tx, keyring, totp_secret_name(user_id), secret)
    return True


async def read_secret(tx: TenantTransaction, keyring: Keyring, user_id: int) -> Secret | None:
    """The secret, in use or waiting. Raises VaultError."""
    return await read_credential(tx, keyring, totp_secret_name(user_id))


async def lock_waiting(tx: TenantTransaction, user_id: int) -> bool:
    """Whether a secret waits for its first code; it is not exchanged until the transaction ends."""
    return await tx.value(SQL["lock_waiting"], int, user_id=user_id) is not None


async def confirm_totp(tx: TenantTransaction, user_id: int, *, step: int, now: datetime) -> None:
    """Take the waiting one into use."""
    await tx.run(SQL["confirm_totp"], user_id=user_id, step=step, now=now)


async def spend_step(tx: TenantTransaction, user_id: int, step: int) -> bool:
    """Use the code of a step; False where it, or a later one, was used."""
    return await tx.run(SQL["spend_step"], user_id=user_id, step=step) > 0


async def delete_totp(tx: TenantTransaction, user_id: int) -> bool:
    """Forget secret, state and recovery codes; False where there was none."""
    await tx.run(SQL["delete_secret"], name=totp_secret_name(user_id))
    return await tx.run(SQL["delete_totp"], user_id=user_id) > 0


async def replace_recovery_codes(tx: TenantTransaction, user_id: int, hashes: list[bytes]) -> None:
    """The old ones are worth nothing from then on."""
    await tx.run(SQL["delete_recovery_codes"], user_id=user_id)
    await tx.run(SQL["add_recovery_codes"], user_id=user_id, hashes=hashes)


async def spend_recovery_code(tx: TenantTransaction, user_id: int, code_hash: bytes, now: datetime) -> bool:
    """Use a recovery code; False where it is none, or was used."""
    return await tx.run(SQL["spend_recovery_code"], user_id=user_id, code_hash=code_hash, now=now) > 0


async def end_other_sessions(tx: TenantTransaction, user_id: int, *, kept: UUID | None) -> int:
    """End the user's sessions but the kept one; answers how many."""
    return await tx.run(SQL["end_other_sessions"], user_id=user_id, kept=kept or UUID(int=0))


async def create_challenge(
    tx: TenantTransaction, challenge_id: UUID, user_id: int, *, now: datetime, expires_at: datetime
) -> None:
    """Store a login that waits for a code, and drop those that waited too long."""
    await tx.run(SQL["delete_stale_challenges"], user_id=user_id, now=now)
    await tx.run(SQL["create_challenge"], challenge_id=challenge_id, user_id=user_id, expires_at=expires_at)


async def hold_account(tx: TenantTransaction, user_id: int) -> bool:
    """Hold an account that may come in until the transaction ends. Before all other locks of a login."""
    return await tx.value(SQL["hold_account"], int, user_id=user_id) is not None


async def lock_account(tx: TenantTransaction, user_id: int) -> None:
    """Keep logins to an account waiting. Before all other locks, and before its sessions are ended."""
    await tx.value(SQL["lock_account"], int, user_id=user_id)


async def lock_challenge(tx: TenantTransaction, challenge_id: UUID, user_id: int, now: datetime) -> bool:
    """Whether that login may still be answered; locked until the transaction ends."""
    found = await tx.value(SQL["lock_challenge"], UUID, challenge_id=challenge_id, user_id=user_id, now=now)
    return found is not None


async def count_wrong_code(tx: TenantTransaction, challenge_id: UUID) -> int:
    """One more wrong answer; how many there are now."""
    return await tx.value(SQL["count_wrong_code"], int, challenge_id=challenge_id) or 0


async def delete_challenge(tx: TenantTransaction, challenge_id: UUID) -> None:
    """It cannot be answered any more."""
    await tx.run(SQL["delete_challenge"], challenge_id=challenge_id)
