"""A company's WhatsApp number, its secrets sealed and its webhook address drawn at random (PRODUCT §7.1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import Final, Literal

from core.channels import store_credential
from core.credential_names import api_key_name, endpoint_key_name, verify_token_name, webhook_secrets_name
from core.credentials import Keyring
from core.database import TenantTransaction
from core.database_errors import ConstraintViolated
from core.directory import Directory
from core.errors import BadInput, Conflict
from core.secret import Secret
from core.statements import sibling_statements
from core.system_events import record_event

SQL = sibling_statements(__file__)
ENDPOINT_KEY_BYTES: Final = 32
VERIFY_TOKEN_BYTES: Final = 24


@dataclass(frozen=True, slots=True)
class NewChannel:
    """The channel, and the key in its webhook's path: 43 URL-safe characters."""

    channel_id: int
    endpoint_key: str = field(repr=False)
    verify_token: Secret | None = None


async def add_channel(
    tx: TenantTransaction,
    directory: Directory,
    keyring: Keyring,
    *,
    provider: Literal["ycloud", "meta"],
    name: str,
    business_number: str,
    waba_id: str | None,
    api_key: Secret | None,
    webhook_secrets: tuple[Secret, ...],
    endpoint_key: str | None = None,
    phone_number_id: str | None = None,
    verify_token: Secret | None = None,
    added_by: int | None = None,
) -> NewChannel:
    """Add a business number; `webhook_secrets` are newest first. What is left out is set later in the vault.

    An `endpoint_key` is drawn where none is given. Meta's numbers have a `phone_number_id`, and a `verify_token` that
    Meta repeats when it subscribes the address; one is drawn where none is given. Raises Conflict where the company has
    that number at that provider, BadInput for a secret of several lines or none, a number of Meta's without its id.
    """
    given = [secret for secret in (api_key, *webhook_secrets, verify_token) if secret is not None]
    if not all(secret and len(secret.reveal().splitlines()) == 1 for secret in given):
        raise BadInput("A secret is one line that is not empty.")
    if (provider == "meta") is not bool(phone_number_id):
        raise BadInput("A number of Meta's has a phone number id, and no other number has one.")
    number = {
        "provider": provider,
        "name": name,
        "business_number": business_number,
        "waba_id": waba_id,
        "phone_number_id": phone_number_id,
    }
    try:
        async with tx.savepoint():
            channel_id = await tx.value(SQL["create_channel"], int, **number)
    except ConstraintViolated as error:
        raise Conflict("The company has that number already.") from error
    assert channel_id is not None, "an insert answers its row"
    if api_key is not None:
        await store_credential(tx, keyring, api_key_name(channel_id), api_key)
    if webhook_secrets:
        secrets = Secret("\n".join(secret.reveal() for secret in webhook_secrets))
        await store_credential(tx, keyring, webhook_secrets_name(channel_id), secrets)
    token = (verify_token or Secret(token_urlsafe(VERIFY_TOKEN_BYTES))) if provider == "meta" else None
    if token is not None:
        await store_credential(tx, keyring, verify_token_name(channel_id), token)
    endpoint_key = endpoint_key or token_urlsafe(ENDPOINT_KEY_BYTES)
    await store_credential(tx, keyring, endpoint_key_name(channel_id), Secret(endpoint_key))
    await directory.add(tx, "endpoint", endpoint_key, tx.tenant_id, channel_id)
    await record_event(
        tx, "channel.added", user_id=added_by, subject=f"channel:{channel_id}", detail={"provider": provider}
    )
    return NewChannel(channel_id, endpoint_key, token)
