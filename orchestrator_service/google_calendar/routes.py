"""`/agenda/calendars`, `/agenda/mirrored` and `/agenda/google`: sellers' Google calendars (PRODUCT §11.6)."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Path, Query, status
from pydantic import AwareDatetime
from starlette.requests import Request
from starlette.responses import RedirectResponse

from core.errors import BadInput
from core.google.access import CalendarAccess
from core.google.outcomes import AccessLost, CannotConfirm
from core.paging import LARGEST_ID
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from core.secret import Secret
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Db, Door, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.google_calendar.access import read_service_account
from orchestrator_service.google_calendar.connecting import (
    calendars_of,
    choose_calendar,
    connect_shared,
    disconnect,
    set_service_account,
)
from orchestrator_service.google_calendar.consent import (
    CALLBACK,
    CameBack,
    begin_consent,
    finish_consent,
    seller_to_change,
)
from orchestrator_service.google_calendar.door import Google
from orchestrator_service.google_calendar.errors import GoogleNotSetUp, GoogleSilent, NotConnectedYet
from orchestrator_service.google_calendar.mirror import sync_state
from orchestrator_service.google_calendar.reading import (
    LONGEST_WINDOW,
    MirrorWindow,
    list_calendars,
    list_mirrored,
    list_proposals,
    read_set_up,
)
from orchestrator_service.google_calendar.schemas import (
    AskedView,
    CalendarsView,
    CalendarView,
    ChoiceBody,
    ChoicesView,
    ChoiceView,
    ConsentView,
    KeyFileBody,
    LetGoView,
    MirroredListView,
    MirroredView,
    ProposalsView,
    ProposalView,
    ServiceAccountView,
)
from orchestrator_service.google_calendar.sync import ask_sync

MOST_MIRRORED: Final = 2000
PAGE: Final = "/calendars"

router = APIRouter(prefix="/agenda", tags=["google_calendar"])

Reader = Annotated[Principal, Depends(permit(Permission.AGENDA_READ))]
Changer = Annotated[Principal, Depends(permit(Permission.SELLERS_WRITE))]
Matcher = Annotated[Principal, Depends(permit(Permission.VAULT_READ))]
Keeper = Annotated[Principal, Depends(permit(Permission.VAULT_WRITE))]
SellerId = Annotated[int, Path(ge=1, le=LARGEST_ID)]
OFTEN = Depends(rate_limit("100/minute", scope="agenda.calendars"))
# Each of these asks Google something.
SELDOM = Depends(rate_limit("30/minute", scope="agenda.calendars.ask"))


@router.get("/calendars", dependencies=[OFTEN])
@audit_access("calendars.list", subject="calendar")
async def get_calendars(database: Db, google: Google, principal: Reader) -> CalendarsView:
    """Every seller whose agenda the caller may see, and how their calendar fares."""
    async with database.tenant(principal.tenant_id) as tx:
        found, set_up = await list_calendars(tx, principal), await read_set_up(tx, google)
    now = google.clock()
    items = [CalendarView.of(one, principal, now) for one in found]
    return CalendarsView(items=items, oauth_ready=set_up.oauth, service_account=set_up.service_account)


@router.get("/mirrored", dependencies=[OFTEN])
@audit_access("calendars.mirrored", subject="calendar")
async def get_mirrored(
    database: Db,
    principal: Reader,
    starts: Annotated[AwareDatetime, Query(alias="from")],
    ends: Annotated[AwareDatetime, Query(alias="to")],
    seller_id: Annotated[int | None, Query(ge=1, le=LARGEST_ID)] = None,
) -> MirroredListView:
    """What is taken in Google in the window (92 days at most), as it was last mirrored; earliest first."""
    if not timedelta(0) < ends - starts <= LONGEST_WINDOW:
        raise BadInput("a window ends after it begins and is no longer than 92 days")
    window = MirrorWindow(starts, ends, seller_id)
    async with database.tenant(principal.tenant_id) as tx:
        found = await list_mirrored(tx, principal, window, most=MOST_MIRRORED + 1)
    items = [MirroredView.of(one) for one in found[:MOST_MIRRORED]]
    return MirroredListView(items=items, more=len(found) > MOST_MIRRORED)


@router.post("/calendars/{seller_id}/connect", dependencies=[SELDOM])
@audit_access("calendars.connect", subject="seller")
async def post_connect(seller_id: SellerId, door: Door, google: Google, principal: Changer) -> ConsentView:
    """Where to go to grant the calendar; 409 `google_not_set_up` without the company's OAuth client."""
    async with door.database.tenant(principal.tenant_id) as tx:
        return ConsentView(url=await begin_consent(tx, google, principal, seller_id, door.public_url + CALLBACK))


@router.get("/google/callback", dependencies=[SELDOM], status_code=status.HTTP_303_SEE_OTHER)
@audit_access("calendars.granted", subject="seller")
async def get_callback(  # noqa: PLR0917 - what Google's redirect carries
    door: Door,
    google: Google,
    principal: Changer,
    state: Annotated[str, Query(max_length=200)] = "",
    code: Annotated[str | None, Query(max_length=2000)] = None,
    error: Annotated[str | None, Query(max_length=200)] = None,
) -> RedirectResponse:
    """Google sends the browser back here; it goes on to the page, which says how it went."""
    came = CameBack(state, code, error)
    outcome = await finish_consent(door.database, google, principal, came, door.public_url + CALLBACK)
    return RedirectResponse(f"{door.public_url}{PAGE}?{urlencode({'google': outcome})}", status_code=303)


@router.get("/calendars/{seller_id}/choices", dependencies=[SELDOM])
@audit_access("calendars.choices", subject="seller")
async def get_choices(seller_id: SellerId, database: Db, google: Google, principal: Changer) -> ChoicesView:
    """The calendars of the account that the seller granted; 409 where none is connected."""
    async with database.tenant(principal.tenant_id) as tx:
        await seller_to_change(tx, principal, seller_id)
    listed = await calendars_of(database, google, principal.tenant_id, seller_id)
    return ChoicesView(items=[ChoiceView.of(entry) for entry in listed.entries])


@router.put("/calendars/{seller_id}", status_code=204, dependencies=[SELDOM])
@audit_access("calendars.choose", subject="seller")
async def put_calendar(seller_id: SellerId, body: ChoiceBody, database: Db, google: Google, principal: Changer) -> None:
    """Another calendar of the same account; 409 `calendar_refused` where meetings cannot be written into it."""
    async with database.tenant(principal.tenant_id) as tx:
        seller = await seller_to_change(tx, principal, seller_id)
    await choose_calendar(database, google, principal, seller, body.calendar_id)


@router.post("/calendars/{seller_id}/check", status_code=202, dependencies=[SELDOM])
@audit_access("calendars.check", subject="seller")
async def post_check(seller_id: SellerId, database: Db, principal: Changer) -> AskedView:
    """Ask Google now and mirror the calendar; 409 where none is connected."""
    async with database.tenant(principal.tenant_id) as tx:
        await seller_to_change(tx, principal, seller_id)
        if await sync_state(tx, seller_id) is None:
            raise NotConnectedYet
        await ask_sync(tx, seller_id)
    return AskedView()


@router.delete("/calendars/{seller_id}", dependencies=[SELDOM])
@audit_access("calendars.disconnect", subject="seller")
async def delete_calendar(seller_id: SellerId, database: Db, google: Google, principal: Changer) -> LetGoView:
    """Forget the calendar and what was mirrored of it, and give the grant back."""
    async with database.tenant(principal.tenant_id) as tx:
        seller = await seller_to_change(tx, principal, seller_id)
    return LetGoView(revoked=await disconnect(database, google, principal, seller))


@router.put("/calendars/{seller_id}/shared", status_code=204, dependencies=[SELDOM])
@audit_access("calendars.connect_shared", subject="seller")
async def put_shared(seller_id: SellerId, body: ChoiceBody, database: Db, google: Google, principal: Keeper) -> None:
    """Connect a calendar that is shared with the service account; 409 where it cannot be read."""
    async with database.tenant(principal.tenant_id) as tx:
        seller = await seller_to_change(tx, principal, seller_id)
    await connect_shared(database, google, principal, seller, body.calendar_id)


@router.put("/google/service-account", dependencies=[SELDOM])
@audit_access("calendars.service_account", subject="credential")
async def put_service_account(
    request: Request, body: KeyFileBody, database: Db, google: Google, principal: Keeper
) -> ServiceAccountView:
    """Keep a service account's key file, once Google has taken it; 422 `unusable_key_file` else."""
    name_subject(request, "credential:google:service_account")
    key_file = Secret(body.key_file.get_secret_value().strip())
    address, calendars = await set_service_account(database, google, principal, key_file)
    return ServiceAccountView(address=address, calendars=calendars)


@router.get("/google/matches", dependencies=[SELDOM])
@audit_access("calendars.matches", subject="calendar")
async def get_matches(database: Db, google: Google, principal: Matcher) -> ProposalsView:
    """The calendars that the service account sees and whose each may be; 409 without one."""
    async with database.tenant(principal.tenant_id) as tx:
        account = await read_service_account(tx, google.keyring)
    if account is None:
        raise GoogleNotSetUp("the service account is not in the vault")
    listed = await google.calendar.calendars(CalendarAccess(account))
    if isinstance(listed, AccessLost | CannotConfirm):
        raise GoogleSilent
    async with database.tenant(principal.tenant_id) as tx:
        return ProposalsView(items=[ProposalView.of(one) for one in await list_proposals(tx, listed)])
