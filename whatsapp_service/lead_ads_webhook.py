"""`/webhook/meta/leads/{key}`: a page's own address, for companies whose WhatsApp is elsewhere. As `webhook.py`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import PlainTextResponse

from core.alarm import Alarm
from core.crash_points import reached
from core.credentials import Keyring
from core.database import Database
from core.directory import Directory
from core.errors import Forbidden, Unauthorized
from core.meta import signature as meta
from core.meta.leadgen import read_notices
from core.secret import Secret
from whatsapp_service.lead_ads import app_secrets, page_tenant, store_notices
from whatsapp_service.webhook import LARGEST_META_BODY, LONGEST_CHALLENGE, read_body

PATH: Final = "/webhook/meta/leads/{key}"

router = APIRouter()


@dataclass(frozen=True, slots=True)
class LeadAdsDoor:
    """What the address needs; made in the lifespan."""

    database: Database
    directory: Directory
    keyring: Keyring = field(repr=False)
    alarm: Alarm

    async def secrets(self, key: str) -> tuple[int, tuple[Secret, ...], Secret | None]:
        """Whose address it is, what signs, and what Meta repeats. Raises NotFound, VaultError."""
        tenant_id = await page_tenant(self.database, self.directory, key)
        async with self.alarm.vault(tenant_id, "lead_ads"), self.database.tenant(tenant_id) as tx:
            return tenant_id, *await app_secrets(tx, self.keyring)


@router.get(PATH, status_code=200, summary="Answer Meta's handshake for a page")
async def subscribe_page(
    key: str,
    request: Request,
    mode: Annotated[str, Query(alias="hub.mode")] = "",
    challenge: Annotated[str, Query(alias="hub.challenge")] = "",
    verify_token: Annotated[str, Query(alias="hub.verify_token")] = "",
) -> Response:
    """Repeat the challenge to whoever knows the company's token; 403 for others, 404 for an unknown address."""
    door: LeadAdsDoor = request.app.state.lead_ads
    _, _, token = await door.secrets(key)
    knows = meta.is_verify_token(token, verify_token)
    if not (knows and mode == "subscribe" and 0 < len(challenge) <= LONGEST_CHALLENGE and challenge.isprintable()):
        raise Forbidden
    return PlainTextResponse(challenge)


@router.post(PATH, status_code=200, summary="Hear of leads of a page")
async def receive_leads(key: str, request: Request) -> Response:
    """200 once every lead is stored with the job that fetches it; 401 forged, 404 unknown address."""
    door: LeadAdsDoor = request.app.state.lead_ads
    tenant_id, secrets, _ = await door.secrets(key)
    body = await read_body(request, LARGEST_META_BODY)
    signature = meta.check(secrets, request.headers.get(meta.HEADER), body)
    if not signature.valid:
        await door.alarm.ring(
            "webhook.forged",
            cause=f"{tenant_id}:lead_ads",
            tenant_id=tenant_id,
            severity="critical",
            subject="lead_ads",
            detail={"reason": signature.reason},
        )
        raise Unauthorized
    notices = read_notices(body)
    if notices:
        async with door.database.tenant(tenant_id) as tx:
            await store_notices(tx, notices)
    reached("came")
    return Response(status_code=200)
