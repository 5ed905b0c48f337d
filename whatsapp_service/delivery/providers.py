"""The client of a channel: its own key from the vault, the simulator for a demo tenant, the provider for a live one."""

from __future__ import annotations

from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx

from core.channels import Channel, read_credential
from core.config import Settings
from core.credential_names import api_key_name
from core.credentials import Keyring
from core.database import TenantTransaction
from core.egress import Egress
from core.errors import Unavailable
from core.meta.client import BASE_URL, MetaClient
from core.secret import Secret
from core.whatsapp import WhatsAppProvider
from core.ycloud.client import YCloudClient

_META_PATH: Final = urlsplit(BASE_URL).path


class Providers:
    """Builds clients over one shared HTTP connection pool; media come by the egress client."""

    def __init__(self, settings: Settings, keyring: Keyring, http: httpx.AsyncClient, egress: Egress) -> None:
        self._settings = settings
        self._keyring = keyring
        self._http = http
        self._egress = egress

    async def of(self, tx: TenantTransaction, channel: Channel) -> WhatsAppProvider:
        """The client bound to the channel's tenant. Raises Unavailable where its key or the simulator is missing.

        A live tenant that lost its key never falls back to a demo part (PRODUCT §1.5).
        """
        key = await read_credential(tx, self._keyring, api_key_name(channel.id))
        if key is None:
            raise Unavailable("The channel has no key.")
        if channel.provider == "meta":
            return self._meta(tx.tenant_id, channel, key)
        url = self._settings.simulator_url if channel.mode == "demo" else self._settings.ycloud_url
        if url is None:
            raise Unavailable("The channel's provider is not configured.")
        return YCloudClient(
            self._http,
            api_key=key,
            base_url=url,
            tenant_id=tx.tenant_id,
            business_number=channel.business_number,
            egress=self._egress,
        )

    def _meta(self, tenant_id: int, channel: Channel, token: Secret) -> MetaClient:
        url, simulator = self._settings.meta_url, self._settings.simulator_url
        if channel.mode == "demo":
            if simulator is None:
                raise Unavailable("The channel's provider is not configured.")
            url = urljoin(simulator, _META_PATH)
        if channel.phone_number_id is None:
            raise Unavailable("The channel has no phone number id.")
        return MetaClient(
            self._http,
            access_token=token,
            base_url=url,
            tenant_id=tenant_id,
            phone_number_id=channel.phone_number_id,
            waba_id=channel.waba_id,
            egress=self._egress,
        )
