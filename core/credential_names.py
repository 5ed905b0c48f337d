"""Every name that the vault knows, and whose key it is (PRODUCT §4.1). What is not named here is not stored. Pure.

| name | provider | what it is |
|---|---|---|
| `channel:<id>:api_key` | the channel's | YCloud's API key, or Meta's access token, of one WhatsApp number |
| `channel:<id>:webhook_secrets` | the channel's | its webhook secrets, newest first, one a line |
| `channel:<id>:verify_token` | the channel's | what Meta repeats when it subscribes the number's webhook |
| `channel:<id>:endpoint_key` | none | the last part of its webhook address, kept so that it can be shown again |
| `model:api_key` | llm | the key of the company's model |
| `model:openai:api_key`, `model:anthropic:api_key`, `model:google:api_key` | llm | of a fallback model elsewhere |
| `embedding:api_key` | llm | of the model of meanings, where it is not at the main model's address |
| `whisper:api_key` | whisper | the key of what transcribes voice notes |
| `google:client_id`, `google:client_secret` | google | the OAuth client that sellers connect their calendars through |
| `google:service_account` | google | a service account's key file, instead of the OAuth client |
| `google:seller:<id>:refresh_token` | none | what a seller granted; kept by `google_calendar` alone |
| `meta:app_secret`, `meta:access_token`, `meta:verify_token` | meta | the app that Lead Ads come through |
| `auth:join_code` | none | kept by `auth/join_code.py`; people neither list nor write it here |
| `push:<digest>` | none | kept by `alerts/subscribe.py`, as above: where a browser takes push messages, and its keys |
| `webhook:<id>:secrets`, `lead_hook:<id>:secrets` | none | what signs what is sent or comes in, newest first |
| `auth:totp:<user id>` | none | kept by `auth/totp`, as above: the secret of an account's second factor |
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

Provider: TypeAlias = Literal["ycloud", "meta", "google", "llm", "whisper"]
PROVIDERS: Final[tuple[Provider, ...]] = get_args(Provider)
ModelProvider: TypeAlias = Literal["openai", "anthropic", "google"]
MODEL_PROVIDERS: Final[tuple[ModelProvider, ...]] = get_args(ModelProvider)
Shape: TypeAlias = Literal["line", "lines", "text"]

MODEL_KEY: Final = "model:api_key"
EMBEDDING_KEY: Final = "embedding:api_key"
WHISPER_KEY: Final = "whisper:api_key"
JOIN_CODE: Final = "auth:join_code"
_CHANNEL: Final = re.compile(r"channel:([1-9][0-9]{0,17}):([a-z_]+)")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a credential is. `key` is its word on the wire; `shape` how many lines its value may have."""

    key: str
    shape: Shape = "line"


OF_COMPANY: Final[dict[str, tuple[Provider, Kind]]] = {
    MODEL_KEY: ("llm", Kind("api_key")),
    **{f"model:{provider}:api_key": ("llm", Kind(f"{provider}_api_key")) for provider in MODEL_PROVIDERS},
    EMBEDDING_KEY: ("llm", Kind("embedding_api_key")),
    WHISPER_KEY: ("whisper", Kind("api_key")),
    "google:client_id": ("google", Kind("client_id")),
    "google:client_secret": ("google", Kind("client_secret")),
    "google:service_account": ("google", Kind("service_account", "text")),
    "meta:app_secret": ("meta", Kind("app_secret")),
    "meta:access_token": ("meta", Kind("access_token")),
    "meta:verify_token": ("meta", Kind("verify_token")),
}
_OF_EVERY_CHANNEL: Final = (Kind("api_key"), Kind("webhook_secrets", "lines"))
_OF_PROVIDER: Final[dict[str, tuple[Kind, ...]]] = {"meta": (Kind("verify_token"),)}
OF_CHANNEL: Final = {kind.key: kind for kind in (*_OF_EVERY_CHANNEL, *_OF_PROVIDER["meta"])}


@dataclass(frozen=True, slots=True)
class Known:
    """A name that the registry knows. `channel_id` where it belongs to one number."""

    name: str
    kind: Kind
    channel_id: int | None = None


def kinds_of_channel(provider: str) -> tuple[Kind, ...]:
    """What a number at this provider has to be given."""
    return _OF_EVERY_CHANNEL + _OF_PROVIDER.get(provider, ())


def api_key_name(channel_id: int) -> str:
    """The vault's name for a channel's key at its provider."""
    return f"channel:{channel_id}:api_key"


def webhook_secrets_name(channel_id: int) -> str:
    """The vault's name for a channel's webhook secrets."""
    return f"channel:{channel_id}:webhook_secrets"


def verify_token_name(channel_id: int) -> str:
    """The vault's name for what Meta repeats when it subscribes a channel's webhook."""
    return f"channel:{channel_id}:verify_token"


def endpoint_key_name(channel_id: int) -> str:
    """The vault's name for the last part of a channel's webhook address; people neither list nor write it."""
    return f"channel:{channel_id}:endpoint_key"


def fallback_key_name(provider: ModelProvider) -> str:
    """The vault's name for the key of fallback models at a provider, or an address, that the main model is not at."""
    return f"model:{provider}:api_key"


def seller_grant_name(seller_id: int) -> str:
    """The vault's name for what a seller granted at Google; people neither list nor write it here."""
    return f"google:seller:{seller_id}:refresh_token"


def outgoing_secrets_name(endpoint_id: int) -> str:
    """The vault's name for what signs the deliveries of an outgoing webhook; people neither list nor write it here."""
    return f"webhook:{endpoint_id}:secrets"


def lead_hook_secrets_name(source_id: int) -> str:
    """The vault's name for what signs the leads that another system sends; people neither list nor write it here."""
    return f"lead_hook:{source_id}:secrets"


def totp_secret_name(user_id: int) -> str:
    """The vault's name for the secret of an account's second factor; a value of another account does not open there."""
    return f"auth:totp:{user_id}"


def known(name: str) -> Known | None:
    """What a name means; None for one that people may not write."""
    if name in OF_COMPANY:
        return Known(name, OF_COMPANY[name][1])
    matched = _CHANNEL.fullmatch(name)
    kind = OF_CHANNEL.get(matched[2]) if matched else None
    return Known(name, kind, int(matched[1])) if matched and kind else None
