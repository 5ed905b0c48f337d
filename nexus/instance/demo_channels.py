"""The simulated WhatsApp numbers of the demo company: one at YCloud, one at Meta, or both (PRODUCT §1.5, §7.1)."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, field
from typing import Final

from core.channels import channels_of
from core.credentials import Keyring
from core.database import TenantTransaction
from core.directory import Directory
from core.secret import Secret
from core.whatsapp import ProviderName
from nexus.demo.templates import TEMPLATES
from nexus.instance.keys import SecretSource
from orchestrator_service.provisioning.add_channel import ENDPOINT_KEY_BYTES, add_channel


@dataclass(frozen=True)
class DemoNumber:
    """What a number is called, here and at its provider. `prefix` names its secrets in the state folder."""

    name: str
    business_number: str
    waba_id: str
    phone_number_id: str | None
    prefix: str


NUMBERS: Final[dict[ProviderName, DemoNumber]] = {
    "ycloud": DemoNumber("WhatsApp", "+5491150000001", "100000000000001", None, "demo"),
    "meta": DemoNumber("WhatsApp (Meta)", "+5491150000002", "200000000000001", "200000000000002", "demo_meta"),
}

USUAL: Final = "ycloud"


@dataclass(frozen=True)
class DemoChannel:
    """One number as both sides know it. `endpoint_key` is the last part of its webhook's path."""

    provider: ProviderName
    endpoint_key: str = field(repr=False)
    api_key: str = field(repr=False)
    webhook_secret: str = field(repr=False)

    @property
    def number(self) -> DemoNumber:
        """What it is called."""
        return NUMBERS[self.provider]

    def account(self, company: str, whatsapp_url: str) -> dict[str, object]:
        """The number as the simulator is told to play it (`nexus.simulator.config`)."""
        return {
            "name": company if self.provider == "ycloud" else f"{company} (Meta)",
            "provider": self.provider,
            "business_number": self.number.business_number,
            "waba_id": self.number.waba_id,
            "phone_number_id": self.number.phone_number_id,
            "api_key": self.api_key,
            "webhook_url": f"{whatsapp_url}/webhook/{self.provider}/{self.endpoint_key}",
            "webhook_secret": self.webhook_secret,
            "templates": [asdict(template) for template in TEMPLATES],
        }


async def keep_channels(
    tx: TenantTransaction,
    directory: Directory,
    keyring: Keyring,
    secret: SecretSource,
    wanted: tuple[ProviderName, ...],
) -> tuple[DemoChannel, ...]:
    """Add the wanted numbers where they are missing; answers all that there are, the wanted ones first.

    Nothing wanted is what is there, or YCloud's for a new company.
    """
    held: list[ProviderName] = [
        provider
        for provider, number in NUMBERS.items()
        if number.business_number in {channel.business_number for channel in await channels_of(tx, provider)}
    ]
    everyone: list[ProviderName] = [*wanted, *(provider for provider in held if provider not in wanted)]
    channels = tuple(_kept(provider, secret) for provider in everyone or (USUAL,))
    for channel in channels:
        if channel.provider not in held:
            await _add(tx, directory, keyring, channel)
    return channels


async def _add(tx: TenantTransaction, directory: Directory, keyring: Keyring, channel: DemoChannel) -> None:
    await add_channel(
        tx,
        directory,
        keyring,
        provider=channel.provider,
        name=channel.number.name,
        business_number=channel.number.business_number,
        waba_id=channel.number.waba_id,
        phone_number_id=channel.number.phone_number_id,
        api_key=Secret(channel.api_key),
        webhook_secrets=(Secret(channel.webhook_secret),),
        endpoint_key=channel.endpoint_key,
    )


def _kept(provider: ProviderName, secret: SecretSource) -> DemoChannel:
    """Its secrets are on disk before the rows that they open."""
    prefix = NUMBERS[provider].prefix
    return DemoChannel(
        provider,
        endpoint_key=secret(f"{prefix}_endpoint_key", _endpoint_key),
        api_key=secret(f"{prefix}_api_key", _token),
        webhook_secret=secret(f"{prefix}_webhook_secret", _webhook_secret),
    )


def _endpoint_key() -> str:
    return secrets.token_urlsafe(ENDPOINT_KEY_BYTES)


def _token() -> str:
    return secrets.token_urlsafe(24)


def _webhook_secret() -> str:
    return f"whsec_{secrets.token_hex(24)}"
