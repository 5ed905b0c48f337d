"""Typed access to channels and what is known of their health."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.database import TenantTransaction
from core.statements import sibling_statements
from core.whatsapp import ProviderName

SQL = sibling_statements(__file__)


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A number and its health. What left is told of its last 500 messages; `uncertain` of them are of unknown fate."""

    id: int
    provider: ProviderName
    name: str
    business_number: str
    waba_id: str | None
    phone_number_id: str | None
    active: bool
    quality: str | None
    shown_name: str | None
    message_limit: str | None
    provider_status: str | None
    provider_reason: str | None
    news_at: datetime | None
    checked_at: datetime | None
    check_problem: str | None
    has_key: bool
    has_secrets: bool
    last_inbound_at: datetime | None
    last_sent_at: datetime | None
    last_failed_at: datetime | None
    last_failure: str | None
    uncertain: int


async def list_channels(tx: TenantTransaction) -> list[ChannelRow]:
    """Every number of the company, oldest first."""
    return await tx.all(SQL["list_channels"], ChannelRow)


async def change_channel(
    tx: TenantTransaction,
    channel_id: int,
    *,
    name: str,
    active: bool,
    waba_id: str | None,
    phone_number_id: str | None,
) -> None:
    """Write what may be changed. Raises ConstraintViolated where another number has the id."""
    told = {"name": name, "active": active, "waba_id": waba_id, "phone_number_id": phone_number_id}
    await tx.run(SQL["change_channel"], channel_id=channel_id, **told)


async def forget_addresses(tx: TenantTransaction, channel_id: int) -> None:
    """Whoever still knocks at the number's old webhook address is not heard."""
    await tx.run(SQL["forget_addresses"], channel_id=channel_id)


async def is_paused(tx: TenantTransaction) -> bool:
    """Whether the company sends nothing."""
    return bool(await tx.value(SQL["is_paused"], bool))


async def set_paused(tx: TenantTransaction, *, paused: bool) -> bool:
    """Whether that changed anything."""
    return await tx.run(SQL["set_paused"], paused=paused) > 0
