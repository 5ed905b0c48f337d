"""From the opaque key in a webhook's path to the tenant's channel and its secrets."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Final

from core.alarm import Alarm
from core.channels import Channel, find_channel, read_verify_token, read_webhook_secrets
from core.credentials import Keyring
from core.database import Database
from core.directory import Directory
from core.errors import NotFound
from core.secret import Secret
from core.whatsapp import ProviderName

REMEMBERED_SECONDS: Final = 10.0
MOST_REMEMBERED: Final = 10_000


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a webhook belongs, what may have signed it, and what Meta must know to subscribe it."""

    tenant_id: int
    channel: Channel
    secrets: tuple[Secret, ...]
    verify_token: Secret | None


class Endpoints:
    """Finds endpoints by key; remembers each for ten seconds, so a rotated secret works within that time.

    Those who ask for one at the same time wait for one reading of it.
    """

    def __init__(self, database: Database, directory: Directory, keyring: Keyring, alarm: Alarm) -> None:
        self._database = database
        self._directory = directory
        self._keyring = keyring
        self._alarm = alarm
        self._remembered: dict[str, tuple[float, Endpoint]] = {}
        self._readings: dict[str, asyncio.Task[Endpoint]] = {}

    async def find(self, key: str, provider: ProviderName) -> Endpoint:
        """The endpoint of a key at a provider. Raises NotFound for an unknown one or another provider's.

        Raises DatabaseUnavailable where nobody can tell, VaultError where its secrets do not open.
        """
        endpoint = await self._find(key)
        if endpoint.channel.provider != provider:
            raise NotFound
        return endpoint

    async def _find(self, key: str) -> Endpoint:
        until, endpoint = self._remembered.get(key, (0.0, None))
        if endpoint is not None and time.monotonic() < until:
            return endpoint
        reading = self._readings.get(key)
        if reading is None:
            reading = self._readings[key] = asyncio.create_task(self._learn(key))
            reading.add_done_callback(lambda _: self._readings.pop(key, None))
        return await asyncio.shield(reading)  # one of them hanging up does not end it for the others

    async def _learn(self, key: str) -> Endpoint:
        entry = await self._directory.find(self._database, "endpoint", key)
        if entry is None or entry.ref is None:
            raise NotFound
        found = await self._read(entry.tenant_id, entry.ref)
        if len(self._remembered) >= MOST_REMEMBERED:
            self._remembered.clear()
        self._remembered[key] = (time.monotonic() + REMEMBERED_SECONDS, found)
        return found

    async def _read(self, tenant_id: int, channel_id: int) -> Endpoint:
        async with self._alarm.vault(tenant_id, f"channel:{channel_id}"), self._database.tenant(tenant_id) as tx:
            channel = await find_channel(tx, channel_id)
            secrets = await read_webhook_secrets(tx, self._keyring, channel.id)
            token = await read_verify_token(tx, self._keyring, channel.id) if channel.provider == "meta" else None
            return Endpoint(tenant_id, channel, secrets, token)
