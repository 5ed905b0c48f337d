"""`/f/{key}`, the page of a public form, and `/in/{key}`, where other systems send leads (PRODUCT §12.7, ADR 0040).

Nobody is logged in here and no cookie is read: the key in the path names the source, a hook's signature its sender.
What an answer says never depends on who the company knows already.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from core.client_address import client_address
from core.crash_points import reached
from core.errors import NotFound, TooManyRequests, Unauthorized
from core.rate_limit import parse_rule
from core.standard_webhooks import verified_id
from orchestrator_service.auth.dependencies import Door
from orchestrator_service.auth.door import AccessDoor
from orchestrator_service.lead_sources.form_post import (
    FASTEST,
    LONGEST_OPEN,
    faults_of,
    hidden_of,
    is_trapped,
    new_token,
    read_fields,
    read_token,
    submission_of,
    utm_of,
)
from orchestrator_service.lead_sources.hook import read_lead, secrets_of
from orchestrator_service.lead_sources.models import Language
from orchestrator_service.lead_sources.opened import OpenForm, open_form, open_hook
from orchestrator_service.lead_sources.page import HEADERS, SHOWN, closed_page, form_page, slow_page, thanks_page
from orchestrator_service.lead_sources.receive import receive
from orchestrator_service.lead_sources.words import Note

router = APIRouter(include_in_schema=False)

_PER_ADDRESS: Final = parse_rule("60/minute", "form.address")
_SENT_PER_ADDRESS: Final = parse_rule("10/minute;60/day", "form.sent.address")
_PER_FORM: Final = parse_rule("120/minute", "form.key")
_PER_HOOK: Final = parse_rule("600/minute", "hook.key")
_SEE_OTHER: Final = 303
_UNPROCESSABLE: Final = 422
_CSS: Final = Path(__file__).with_name("page.css").read_text(encoding="utf-8")


@router.get("/f/page.css")
async def get_style() -> Response:
    """How the pages look."""
    return Response(_CSS, media_type="text/css", headers={"Cache-Control": "public, max-age=3600"})


@router.get("/f/{key}")
async def get_form(request: Request, key: str, door: Door) -> Response:
    """The form."""
    opened = await _opened(request, key, door)
    if isinstance(opened, Response):
        return opened
    utm = utm_of(dict(request.query_params))
    return _html(form_page(opened.form, opened.company.name, f"/f/{key}", _hidden(door, key, utm)))


@router.get("/f/{key}/thanks")
async def get_thanks(request: Request, key: str, door: Door) -> Response:
    """What follows, for everybody alike."""
    opened = await _opened(request, key, door)
    if isinstance(opened, Response):
        return opened
    return _html(thanks_page(opened.form, opened.company.name, opened.company.business_number))


@router.post("/f/{key}")
async def post_form(request: Request, key: str, door: Door) -> Response:
    """Take the answers; the form again where something is missing, its thanks for whoever is no person."""
    opened = await _opened(request, key, door, sends=True)
    if isinstance(opened, Response):
        return opened
    thanks = RedirectResponse(f"/f/{key}/thanks", _SEE_OTHER, HEADERS)
    fields = read_fields(await request.body())
    if is_trapped(fields):
        return thanks
    stamp = read_token(door.directory, key, fields.get(SHOWN, ""), door.clock())
    faults = faults_of(opened.form, fields, opened.country)
    note: Note | None = "fix" if faults else None
    if stamp is None or stamp.age > LONGEST_OPEN:
        note = "expired"
    elif stamp.age < FASTEST:
        note = "wait"
    if stamp is None or note is not None:
        kept = fields.get(SHOWN, "") if stamp is not None and note != "expired" else None
        hidden = _hidden(door, key, utm_of(fields), kept)
        page = form_page(opened.form, opened.company.name, f"/f/{key}", hidden, values=fields, faults=faults, note=note)
        return _html(page, _UNPROCESSABLE)
    async with door.database.tenant(opened.tenant_id) as tx:
        await receive(tx, opened.source, submission_of(opened.form, fields, stamp.nonce))
    reached("came")
    return thanks


@router.post("/in/{key}")
async def post_lead(request: Request, key: str, door: Door) -> Response:
    """One lead of another system. 401 forged or stale; 404 unknown; 422 unreadable, or without any way to answer."""
    address = client_address(request.scope, door.trusted_proxies)
    await door.limiter.check_limits(_PER_HOOK, key)
    source, tenant_id = await open_hook(door, key)
    async with door.alarm.vault(tenant_id, f"lead_source:{source.id}"), door.database.tenant(tenant_id) as tx:
        secrets = await secrets_of(tx, door.keyring, source, door.clock())
    body = await request.body()
    event_id = verified_id(secrets, request.headers, body)
    if event_id is None:
        cause = f"{tenant_id}:{source.id}"
        await door.alarm.ring(
            "lead_hook.forged", cause=cause, tenant_id=tenant_id, subject=f"lead_source:{source.id}", address=address
        )
        raise Unauthorized
    async with door.database.tenant(tenant_id) as tx:
        await receive(tx, source, read_lead(event_id, body))
    reached("came")
    return JSONResponse({"id": event_id})


async def _opened(request: Request, key: str, door: AccessDoor, *, sends: bool = False) -> OpenForm | Response:
    """The form of a key, or the page that says why there is none."""
    try:
        own = door.limiter.key_of(request)
        await door.limiter.check_limits(_SENT_PER_ADDRESS if sends else _PER_ADDRESS, own)
        await door.limiter.check_limits(_PER_FORM, key)
    except TooManyRequests as error:
        return _html(slow_page(_language(request)), error.status, error.headers())
    opened = await open_form(door, key)
    return opened or _html(closed_page(_language(request)), NotFound.status)


def _hidden(door: AccessDoor, key: str, utm: dict[str, str], token: str | None = None) -> dict[str, str]:
    return hidden_of(token or new_token(door.directory, key, door.clock()), utm)


def _html(page: str, status: int = 200, more: dict[str, str] | None = None) -> Response:
    return HTMLResponse(page, status, headers={**HEADERS, **(more or {})})


def _language(request: Request) -> Language:
    """The first language of the browser's that we speak."""
    for part in request.headers.get("accept-language", "").lower().split(","):
        match part.strip()[:2]:
            case "es" | "en" | "pt" as known:
                return known
            case _:
                continue
    return "es"
