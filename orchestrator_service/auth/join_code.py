"""The company's join code: whoever has it may register, and waits for the ceo (PRODUCT §5.5)."""

from __future__ import annotations

import secrets
from typing import Final

from core.channels import read_credential, store_credential
from core.credential_names import JOIN_CODE
from core.credentials import Keyring
from core.database import TenantTransaction
from core.directory import Directory
from core.secret import Secret

_BYTES: Final = 18


async def read_join_code(tx: TenantTransaction, keyring: Keyring) -> Secret | None:
    """The code that the ceo shares; None where none was ever made. It lies sealed, and hashed in the directory."""
    return await read_credential(tx, keyring, JOIN_CODE)


async def rotate_join_code(tx: TenantTransaction, directory: Directory, keyring: Keyring) -> Secret:
    """Make a new code of 24 characters, at the commit of `tx`; the old one leads nowhere from then on."""
    code = Secret(secrets.token_urlsafe(_BYTES))
    await directory.remove_all(tx, "join")
    await directory.add(tx, "join", code.reveal(), tx.tenant_id)
    await store_credential(tx, keyring, JOIN_CODE, code)
    return code
