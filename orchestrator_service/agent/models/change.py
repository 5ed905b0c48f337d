"""Other models, prices and caps: judged, saved on what was read, told to every window, and written down.

A key goes to the address that it was set for and to no other: where that changes, the key is forgotten. Otherwise
whoever is in a ceo's seat for a minute could have a key sent to themselves that nobody can read back.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Final, Literal

from core.credential_names import ModelProvider
from core.database import TenantTransaction
from core.egress_rules import EgressPolicy, EgressRefused
from core.errors import BadInput, Conflict
from core.json_types import Json, JsonObject
from core.outbox import emit
from core.principal import Principal
from core.system_events import record_event
from orchestrator_service.agent.models.addresses import address_of
from orchestrator_service.agent.models.settings import SQL, ModelSettings, read_model_settings
from orchestrator_service.agent.models.shapes import FallbackModel
from orchestrator_service.agent.settings import read_settings
from orchestrator_service.vault.change import forget_moved

_WRITTEN: Final = (
    "brain", "model_provider", "model_name", "model_base_url", "model_input_price", "model_output_price",
    "model_output_tokens", "fallback_models", "day_cost_cap", "day_token_cap", "conversation_cost_cap",
    "conversation_token_cap",
)  # fmt: skip


class ModelAddressRefused(BadInput):
    """A model's address is none that this installation fetches from; `position` says which, 0 the main one."""

    code = "model_address_refused"
    title = "Model Address Refused"


class PricesNeeded(BadInput):
    """A cap in money holds only where every model has its prices."""

    code = "prices_needed"
    title = "Prices Needed"


class OneAddressMore(BadInput):
    """Fallbacks of one provider share a key, so they are at one address besides the main model's."""

    code = "one_address_more"
    title = "One Address More"


class NoDemoBrain(Conflict):
    """The demo brain answers in a demo company alone (PRODUCT §1.5)."""

    code = "no_demo_brain"
    title = "No Demo Brain"


class ModelsChanged(Conflict):
    """Somebody saved the models meanwhile."""

    code = "settings_changed"
    title = "Settings Changed"


@dataclass(frozen=True, slots=True)
class WantedModels:
    """What the models are to be; `version` names the settings that were changed."""

    version: str
    brain: Literal["demo", "live"]
    provider: ModelProvider
    model: str | None
    base_url: str | None
    input_price: Decimal
    output_price: Decimal
    output_tokens: int
    fallbacks: tuple[FallbackModel, ...]
    day_cost_cap: Decimal | None
    day_token_cap: int | None
    conversation_cost_cap: Decimal | None
    conversation_token_cap: int | None


async def change_models(
    tx: TenantTransaction, principal: Principal, wanted: WantedModels, policy: EgressPolicy
) -> ModelSettings:
    """Save the models; they answer from the next turn on.

    Raises ModelAddressRefused, PricesNeeded, OneAddressMore, NoDemoBrain, ModelsChanged.
    """
    await tx.value(SQL["lock_settings"], int)
    was = await read_model_settings(tx)
    _judge(wanted, policy)
    if wanted.brain == "demo" and was.mode != "demo" and was.brain != "demo":
        raise NoDemoBrain
    if was.version != wanted.version:
        raise ModelsChanged("somebody saved this section meanwhile")
    values = asdict(wanted)
    del values["version"]
    values["fallbacks"] = [one.model_dump(mode="json") for one in wanted.fallbacks]
    await tx.run(SQL["change_models"], **values)
    became = await read_model_settings(tx)
    await _forget_moved_keys(tx, principal, was, became)
    await _tell(tx, principal, was, became)
    return became


def _judge(wanted: WantedModels, policy: EgressPolicy) -> None:
    main = (wanted.provider, address_of(wanted.provider, wanted.base_url))
    places = [main, *((one.provider, address_of(one.provider, one.base_url)) for one in wanted.fallbacks)]
    for position, (_, address) in enumerate(places):
        try:
            policy.target(address)
        except EgressRefused as error:
            raise ModelAddressRefused(str(error), extra={"position": position}) from None
    elsewhere = {place for place in places if place != main}
    if len({provider for provider, _ in elsewhere}) < len(elsewhere):
        raise OneAddressMore("fallback models of one provider share a key and so an address")
    capped = wanted.day_cost_cap is not None or wanted.conversation_cost_cap is not None
    free = [wanted.model is not None and not (wanted.input_price and wanted.output_price)]
    free += [not (one.input_price and one.output_price) for one in wanted.fallbacks]
    if capped and any(free):
        raise PricesNeeded("a cap in money needs the prices of every model", extra={"position": free.index(True)})


async def _forget_moved_keys(
    tx: TenantTransaction, principal: Principal, was: ModelSettings, became: ModelSettings
) -> None:
    """Keys whose address is another now, or none; a company that had no model yet may have set its key before."""
    if was.model_name is None and not was.fallbacks:
        return
    for name, address in was.addresses.items():
        if became.addresses.get(name) != address:
            await forget_moved(tx, principal, name)


async def keys_of_models(tx: TenantTransaction) -> frozenset[str]:
    """The vault's names of those keys of models that are set."""
    return frozenset(row.name for row in await tx.all(SQL["keys_of_models"], _Named))


@dataclass(frozen=True, slots=True)
class _Named:
    name: str


async def _tell(tx: TenantTransaction, principal: Principal, was: ModelSettings, became: ModelSettings) -> None:
    old, new = _told(was), _told(became)
    changes: JsonObject = {key: {"was": old[key], "became": new[key]} for key in _WRITTEN if old[key] != new[key]}
    if not changes:
        return
    await record_event(
        tx, "settings.changed", user_id=principal.user_id, subject="settings:model", detail={"changes": changes}
    )
    agent = await read_settings(tx)
    payload: JsonObject = {"agent_name": agent.agent_name, "agent_mode": agent.agent_mode, "changed": ["model"]}
    await emit(tx, "AGENT_UPDATED", payload, owner_user_id=None, audience="everyone")


def _told(settings: ModelSettings) -> dict[str, Json]:
    return {key: float(value) if isinstance(value, Decimal) else value for key, value in asdict(settings).items()}
