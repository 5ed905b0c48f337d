"""Typed access to alerts: whose browsers, what people chose, and what has become of each alert."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal, TypeAlias

from core.database import TenantTransaction
from core.json_types import JsonObject
from core.principal import Role
from core.statements import sibling_statements
from orchestrator_service.alerts.models import Channel, CompanyRules, Device, Preferences
from orchestrator_service.notifications.models import Kind

SQL = sibling_statements(__file__)

State: TypeAlias = Literal["waiting", "queued", "sending", "sent", "skipped", "failed", "unknown"]


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """A browser's row, and the name that its keys have in the vault."""

    id: int
    user_id: int
    digest: str

    @property
    def credential(self) -> str:
        """The vault's name for where its push service is and for its keys."""
        return credential_name(self.digest)


@dataclass(frozen=True, slots=True)
class Told:
    """One person's notification that is still new, with what that person chose."""

    id: int
    user_id: int
    kind: Kind
    channels: JsonObject
    quiet_from: time | None
    quiet_to: time | None
    zone: str
    phone: str | None

    @property
    def preferences(self) -> Preferences:
        """As they stand."""
        return Preferences(self.channels, self.quiet_from, self.quiet_to, self.zone, self.phone)


@dataclass(frozen=True, slots=True)
class Planned:
    """An alert, and when it may leave."""

    id: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Locked:
    """An alert as it is."""

    id: int
    state: State
    channel: Channel
    attempts: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class FactRow:
    """All that decides and fills an alert; `device_in` None: it goes to no browser."""

    kind: Kind
    data: JsonObject
    lead_id: int | None
    conversation_id: int | None
    event_id: int | None
    read: bool
    active: bool
    user_id: int
    role: Role
    name: str
    email: str
    company: str
    language: Literal["es", "en", "pt"]
    zone: str
    show_names: bool
    template_id: int | None
    phone: str | None
    has_lead: bool
    full_name: str | None
    owner_user_id: int | None
    device_id: int | None
    digest: str | None
    device_in: bool | None


@dataclass(frozen=True, slots=True)
class Company:
    """Where the company is: `country` is ISO 3166 alpha-2."""

    zone: str
    country: str


def credential_name(digest: str) -> str:
    """The vault's name for a browser's push address and keys."""
    return f"push:{digest}"


async def list_devices(tx: TenantTransaction, user_id: int, now: datetime, *, most: int) -> list[Device]:
    """The user's browsers that are logged in, newest first."""
    return await tx.all(SQL["list_devices"], Device, user_id=user_id, now=now, most=most)


async def store_subscription(
    tx: TenantTransaction, user_id: int, session_id: object, digest: str, user_agent: str | None
) -> int:
    """Switch a browser on; its id. Whoever had it before has it no more, nor what waited for them there."""
    values = {"user_id": user_id, "session_id": session_id, "digest": digest, "user_agent": user_agent}
    stored = await tx.value(SQL["store_subscription"], int, **values)
    assert stored is not None, "an insert that returns its id"
    return stored


async def surplus_devices(tx: TenantTransaction, user_id: int, now: datetime, *, most: int) -> list[KnownDevice]:
    """Those of the user that are logged out, or older than the `most` newest."""
    return await tx.all(SQL["surplus_devices"], KnownDevice, user_id=user_id, now=now, most=most)


async def find_device(tx: TenantTransaction, user_id: int, device_id: int) -> KnownDevice | None:
    """One browser of the user."""
    return await tx.one(SQL["find_device"], KnownDevice, user_id=user_id, device_id=device_id)


async def delete_device(tx: TenantTransaction, device_id: int, credential: str) -> None:
    """Switch it off and forget its keys."""
    await tx.run(SQL["delete_device"], device_id=device_id, name=credential)


async def note_device(tx: TenantTransaction, device_id: int, *, taken: bool) -> None:
    """Whether its push service took the last message."""
    await tx.run(SQL["note_success" if taken else "note_failure"], device_id=device_id)


async def preferences(tx: TenantTransaction, user_id: int) -> Preferences:
    """What the user chose; the usual where nothing."""
    return await tx.one(SQL["preferences"], Preferences, user_id=user_id) or Preferences()


async def store_preferences(tx: TenantTransaction, user_id: int, wanted: Preferences) -> None:
    """As it shall be from now on."""
    await tx.run(
        SQL["store_preferences"],
        user_id=user_id,
        channels=wanted.channels,
        quiet_from=wanted.quiet_from,
        quiet_to=wanted.quiet_to,
        zone=wanted.zone,
        phone=wanted.phone,
    )


async def company_rules(tx: TenantTransaction) -> CompanyRules:
    """What the ceo decided."""
    rules = await tx.one(SQL["company_rules"], CompanyRules)
    assert rules is not None, "every company has settings"
    return rules


async def store_company_rules(tx: TenantTransaction, rules: CompanyRules) -> None:
    """As it shall be from now on."""
    await tx.run(SQL["store_company_rules"], show_names=rules.show_names, template_id=rules.template_id)


async def company(tx: TenantTransaction) -> Company:
    """Where the company is."""
    found = await tx.one(SQL["company"], Company)
    assert found is not None, "the transaction's own company"
    return found


async def told(tx: TenantTransaction, ids: list[int]) -> list[Told]:
    """Those of the notifications that are new, to people who work here."""
    return await tx.all(SQL["told"], Told, ids=ids)


async def plan_push(tx: TenantTransaction, one: Told, due_at: datetime, now: datetime) -> list[Planned]:
    """An alert for each of the recipient's browsers that has none of it."""
    values = {"notification_id": one.id, "user_id": one.user_id, "due_at": due_at, "now": now}
    return await tx.all(SQL["plan_push"], Planned, **values)


async def plan_other(tx: TenantTransaction, one: Told, channel: Channel, due_at: datetime) -> list[Planned]:
    """The alert by that way, where there was none."""
    values = {"notification_id": one.id, "user_id": one.user_id, "channel": channel, "due_at": due_at}
    return await tx.all(SQL["plan_other"], Planned, **values)


async def lock_alert(tx: TenantTransaction, alert_id: int) -> Locked | None:
    """The alert, held until the commit; None where its notification or browser is gone."""
    return await tx.one(SQL["lock_alert"], Locked, alert_id=alert_id)


async def facts(tx: TenantTransaction, alert_id: int, now: datetime) -> FactRow | None:
    """What it is about, and for whom."""
    return await tx.one(SQL["facts"], FactRow, alert_id=alert_id, now=now)


async def begin_sending(tx: TenantTransaction, alert_id: int) -> None:
    """Claim it: whatever happens from here on, it does not leave twice."""
    await tx.run(SQL["begin_sending"], alert_id=alert_id)


async def hand_over(
    tx: TenantTransaction, alert_id: int, *, channel_id: int, recipient: str, content: JsonObject
) -> None:
    """Leave it to the door of WhatsApp messages."""
    values = {"channel_id": channel_id, "recipient": recipient, "content": content}
    await tx.run(SQL["hand_over"], alert_id=alert_id, **values)


async def settle(tx: TenantTransaction, alert_id: int, state: State, reason: str | None = None) -> None:
    """What became of it, for good."""
    await tx.run(SQL["settle"], alert_id=alert_id, state=state, reason=reason)


async def put_off(tx: TenantTransaction, alert_id: int, reason: str, due_at: datetime) -> None:
    """It was surely not sent; later it may be."""
    await tx.run(SQL["put_off"], alert_id=alert_id, reason=reason, due_at=due_at)
