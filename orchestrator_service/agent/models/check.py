"""Whether a saved model answers: its provider is asked for the model's name card, which costs nothing.

By plain requests over the egress client: the API does not load the libraries of models. An OpenAI-compatible server
that keeps no list of its models is asked for one word instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

import httpx2

from core.channels import read_credential
from core.credential_names import MODEL_KEY, ModelProvider
from core.credentials import Keyring
from core.database import TenantTransaction
from core.egress import Caps, Egress, EgressFailed
from core.egress_rules import EgressRefused
from core.errors import NotFound
from core.secret import Secret
from core.wire import UnreadableBodyError, read_object
from orchestrator_service.agent.models.addresses import address_of
from orchestrator_service.agent.models.schemas import Finding
from orchestrator_service.agent.models.settings import read_model_settings

CHECK_SECONDS: Final = 10.0
_CAPS: Final = Caps(4 * 1024 * 1024, CHECK_SECONDS)
_ANTHROPIC_VERSION: Final = "2023-06-01"
_OK: Final = 200
_BAD_REQUEST: Final = 400
_NOT_FOUND: Final = frozenset({404, 405})
_BAD_KEY: Final = frozenset({401, 403})
_BUSY: Final = 429


@dataclass(frozen=True, slots=True)
class Checked:
    """A saved model, and its key where that is set."""

    provider: ModelProvider
    model: str
    url: str
    key: Secret | None


async def read_checked(tx: TenantTransaction, keyring: Keyring, position: int) -> Checked:
    """One of the saved models, 0 the main one. Raises NotFound where there is none."""
    settings = await read_model_settings(tx)
    if position == 0:
        if settings.model_name is None:
            raise NotFound
        url = address_of(settings.model_provider, settings.model_base_url)
        key = await read_credential(tx, keyring, MODEL_KEY)
        return Checked(settings.model_provider, settings.model_name, url, key)
    if position > len(settings.fallbacks):
        raise NotFound
    one = settings.fallbacks[position - 1]
    key = await read_credential(tx, keyring, settings.key_name(one))
    return Checked(one.provider, one.model, address_of(one.provider, one.base_url), key)


async def check_model(egress: Egress, checked: Checked) -> Finding:
    """What the provider says of the key and the model. Its words are neither shown nor logged."""
    if checked.key is None:
        return "no_key"
    try:
        async with egress.client(_CAPS) as client:
            return await _ask(client, checked, checked.key.reveal())
    except (EgressRefused, EgressFailed, httpx2.TransportError, TimeoutError):
        return "unreachable"
    except (httpx2.InvalidURL, ValueError):
        return "failed"


async def _ask(client: httpx2.AsyncClient, checked: Checked, key: str) -> Finding:
    name = quote(checked.model, safe="")
    match checked.provider:
        case "openai":
            return await _ask_compatible(client, checked, {"Authorization": f"Bearer {key}"})
        case "anthropic":
            headers = {"x-api-key": key, "anthropic-version": _ANTHROPIC_VERSION}
            return _of(await client.get(f"{checked.url}/v1/models/{name}", headers=headers))
        case "google":
            card = await client.get(f"{checked.url}/v1beta/models/{name}", headers={"x-goog-api-key": key})
            # Google says 400 of a key that is none.
            return "bad_key" if card.status_code == _BAD_REQUEST else _of(card)


async def _ask_compatible(client: httpx2.AsyncClient, checked: Checked, headers: dict[str, str]) -> Finding:
    listed = await client.get(f"{checked.url}/models", headers=headers)
    names = _names_in(listed)
    if names is not None:
        return "ok" if checked.model in names else "unknown_model"
    if listed.status_code not in {_OK, *_NOT_FOUND}:
        return _of(listed)
    body = {"model": checked.model, "messages": [{"role": "user", "content": "Hi"}], "max_tokens": 1}
    return _of(await client.post(f"{checked.url}/chat/completions", headers=headers, json=body))


def _names_in(listed: httpx2.Response) -> frozenset[str] | None:
    """The models of a list; None where it is none."""
    if listed.status_code != _OK:
        return None
    try:
        data = read_object(listed.content).get("data")
    except UnreadableBodyError:
        return None
    if not isinstance(data, list) or not data:
        return None
    return frozenset(str(one["id"]) for one in data if isinstance(one, dict) and "id" in one)


def _of(answer: httpx2.Response) -> Finding:
    status = answer.status_code
    if status == _OK:
        return "ok"
    if status in _BAD_KEY:
        return "bad_key"
    if status in _NOT_FOUND:
        return "unknown_model"
    return "busy" if status == _BUSY else "failed"
