"""The client of a channel: its own key from the vault, the simulator for a demo tenant, the provider for a live one."""

from __future__ import annotations

import httpx

from core.channels import Channel, read_credential
from core.config import Settings
from core.credential_names import api_key_name
from core.credentials import Keyring
from core.database import TenantTransaction
from core.egress import Egress
from core.errors import Unavailable
from core.whatsapp import WhatsAppProvider
from core.ycloud.client import YCloudClient


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
        url = self._settings.simulator_url if channel.mode == "demo" else self._settings.ycloud_url
        if key is None or url is None:
            raise Unavailable("The channel has no key, or its provider is not configured.")
        return YCloudClient(
            self._http,
            api_key=key,
            base_url=url,
            tenant_id=tx.tenant_id,
            business_number=channel.business_number,
            egress=self._egress,
        )
