"""Switching a browser on and off. It hangs on the login that it was switched on with: no login, no alerts."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec

from core.channels import store_credential
from core.credentials import Keyring
from core.database import TenantTransaction
from core.egress_rules import EgressPolicy
from core.errors import Conflict, NexusError, NotFound
from core.principal import Principal
from core.resilience import optional
from core.secret import Secret
from orchestrator_service.alerts import repository
from orchestrator_service.alerts.models import Device, Endpoint

MOST_DEVICES: Final = 10
AUTH_BYTES: Final = 16


class PushOff(Conflict):
    """This installation has no key to sign web push with, or the caller has no login that it could hang on."""

    code = "push_off"
    title = "Push Off"


class BadSubscription(NexusError):
    """The keys are none that a browser makes."""

    status = 422
    code = "bad_subscription"
    title = "Bad Subscription"


async def list_devices(tx: TenantTransaction, principal: Principal, now: datetime) -> list[Device]:
    """The caller's browsers that are switched on."""
    user_id = int(principal.user_id)
    return await optional(tx, lambda: repository.list_devices(tx, user_id, now, most=MOST_DEVICES), missing=[])


async def subscribe(  # noqa: PLR0917 - what a subscription is made of
    tx: TenantTransaction,
    keyring: Keyring,
    policy: EgressPolicy,
    principal: Principal,
    endpoint: Endpoint,
    user_agent: str | None,
    now: datetime,
) -> int:
    """Switch the caller's browser on; its id. The tenth but one goes.

    Raises EgressRefused for an address that nothing is sent to, BadSubscription, PushOff.
    """
    if principal.session_id is None:
        raise PushOff("there is no login that it could hang on")
    policy.target(endpoint.url.reveal())  # the address itself is judged again at each connection
    _demand_keys(endpoint)
    digest = digest_of(endpoint.url)
    stored = json.dumps({"url": endpoint.url.reveal(), "p256dh": endpoint.p256dh, "auth": endpoint.auth.reveal()})
    await store_credential(tx, keyring, repository.credential_name(digest), Secret(stored))
    user_id = int(principal.user_id)
    device_id = await repository.store_subscription(tx, user_id, principal.session_id, digest, user_agent)
    for surplus in await repository.surplus_devices(tx, user_id, now, most=MOST_DEVICES):
        await repository.delete_device(tx, surplus.id, surplus.credential)
    return device_id


async def unsubscribe(tx: TenantTransaction, principal: Principal, device_id: int) -> None:
    """Switch one of the caller's browsers off. Raises NotFound for anybody else's."""
    device = await repository.find_device(tx, int(principal.user_id), device_id)
    if device is None:
        raise NotFound
    await repository.delete_device(tx, device.id, device.credential)


def digest_of(url: Secret) -> str:
    """Names a push address without telling it."""
    return hashlib.sha256(url.reveal().encode()).hexdigest()


def endpoint_of(stored: Secret) -> Endpoint:
    """What `subscribe` has put into the vault."""
    parts = json.loads(stored.reveal())
    return Endpoint(Secret(str(parts["url"])), str(parts["p256dh"]), Secret(str(parts["auth"])))


def _demand_keys(endpoint: Endpoint) -> None:
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _decoded(endpoint.p256dh))
        whole = len(_decoded(endpoint.auth.reveal())) == AUTH_BYTES
    except ValueError:
        whole = False
    if not whole:
        raise BadSubscription("the keys are not those of a push subscription")


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        raise ValueError("not base64url") from None
