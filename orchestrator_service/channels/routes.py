"""`/admin/core/channels`: the company's WhatsApp numbers, for the ceo alone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from core.paging import LARGEST_ID
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from core.secret import Secret
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, Door, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.channels.manage import (
    announce,
    ask_check,
    change_channel,
    is_paused,
    pause_sending,
    read_channel,
    read_channels,
    renew_address,
)
from orchestrator_service.channels.schemas import (
    ChannelBody,
    ChannelsView,
    ChannelView,
    CheckAsked,
    NewChannelBody,
    NewChannelView,
    SendingBody,
)
from orchestrator_service.provisioning.add_channel import add_channel
from orchestrator_service.vault.catalogue import list_simulated

router = APIRouter(prefix="/admin/core/channels", tags=["channels"])

Reader = Annotated[Principal, Depends(permit(Permission.SETTINGS_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.SETTINGS_WRITE))]
ChannelId = Annotated[int, Path(ge=1, le=LARGEST_ID)]
SELDOM = Depends(rate_limit("60/minute", scope="admin.channels"))
RARELY = Depends(rate_limit("10/minute", scope="admin.channels.check"))


@router.get("", dependencies=[SELDOM])
@audit_access("channels.list", subject="channel")
async def get_channels(door: Door, principal: Reader) -> ChannelsView:
    """Every number with its webhook address and health."""
    async with door.database.tenant(principal.tenant_id) as tx:
        shown, paused = await read_channels(tx, door.keyring), await is_paused(tx)
        simulated = "ycloud" in await list_simulated(tx)
    items = [ChannelView.of(each, door.webhook_url) for each in shown]
    return ChannelsView(items=items, sending_paused=paused, simulated=simulated)


@router.post("", status_code=201, dependencies=[SELDOM])
@audit_access("channels.add", subject="channel")
async def post_channel(body: NewChannelBody, door: Door, principal: Writer) -> NewChannelView:
    """Add a number; 409 where the company has it at that provider."""
    async with door.database.tenant(principal.tenant_id) as tx:
        made = await add_channel(
            tx,
            door.directory,
            door.keyring,
            provider=body.provider,
            name=body.name,
            business_number=body.business_number,
            waba_id=body.waba_id,
            phone_number_id=body.phone_number_id,
            api_key=Secret(body.api_key.get_secret_value().strip()) if body.api_key else None,
            webhook_secrets=(Secret(body.webhook_secret.get_secret_value().strip()),) if body.webhook_secret else (),
            added_by=principal.user_id,
        )
        await announce(tx)
        view = NewChannelView.of(await read_channel(tx, door.keyring, made.channel_id), door.webhook_url)
    return view.model_copy(update={"verify_token": made.verify_token.reveal() if made.verify_token else None})


@router.put("/sending", status_code=204, dependencies=[SELDOM])
@audit_access("channels.pause", subject="channel")
async def put_sending(body: SendingBody, database: Db, principal: Writer) -> None:
    """Pause everything that would leave for WhatsApp, or let it leave again."""
    async with database.tenant(principal.tenant_id) as tx:
        await pause_sending(tx, principal, paused=body.paused)


@router.patch("/{channel_id}", dependencies=[SELDOM])
@audit_access("channels.change", subject="channel")
async def patch_channel(channel_id: ChannelId, body: ChannelBody, door: Door, principal: Writer) -> ChannelView:
    """Rename a number, switch it off or on, or correct its ids at the provider."""
    async with door.database.tenant(principal.tenant_id) as tx:
        await change_channel(tx, principal, channel_id, body.given())
        return ChannelView.of(await read_channel(tx, door.keyring, channel_id), door.webhook_url)


@router.post("/{channel_id}/address", dependencies=[SELDOM])
@audit_access("channels.renew_address", subject="channel")
async def post_address(channel_id: ChannelId, door: Door, principal: Writer) -> ChannelView:
    """Give a number another webhook address; the old one leads nowhere at once."""
    async with door.database.tenant(principal.tenant_id) as tx:
        await renew_address(tx, door.directory, door.keyring, principal, channel_id)
        return ChannelView.of(await read_channel(tx, door.keyring, channel_id), door.webhook_url)


@router.post("/{channel_id}/check", status_code=202, dependencies=[RARELY])
@audit_access("channels.check", subject="channel")
async def post_check(channel_id: ChannelId, database: Db, principal: Writer) -> CheckAsked:
    """Try the number's key at its provider; the result shows in the list when it is there."""
    async with database.tenant(principal.tenant_id) as tx:
        await ask_check(tx, channel_id)
    return CheckAsked()
