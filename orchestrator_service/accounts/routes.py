"""Invitations, forgotten and new passwords: `/auth/…` for whom they are, `/admin/core/…` for the ceo (PRODUCT §5.3)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, status
from starlette.requests import Request

from core.client_address import client_address
from core.paging import DEFAULT_PAGE, LARGEST_PAGE, Page, id_before, id_cursor, page
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from orchestrator_service.accounts.accept import accept
from orchestrator_service.accounts.change_password import change_password
from orchestrator_service.accounts.forgot import forgot
from orchestrator_service.accounts.invite import invite, list_invitations, resend, revoke
from orchestrator_service.accounts.issue import LinkMaker
from orchestrator_service.accounts.look_up import look_up
from orchestrator_service.accounts.models import NewInvitation
from orchestrator_service.accounts.reset import reset
from orchestrator_service.accounts.reset_link import dismiss_request, make_reset_link
from orchestrator_service.accounts.schemas import (
    ChangePasswordBody,
    ForgotBody,
    InvitationView,
    InviteBody,
    InvitedView,
    IssuedView,
    LinkBody,
    LinkView,
    NewPasswordBody,
)
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Db, Door, LoggedIn, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.auth.schemas import Accepted, as_secret

router = APIRouter(prefix="/auth", tags=["auth"])
admin_router = APIRouter(prefix="/admin/core", tags=["admin"])

UsersReader = Annotated[Principal, Depends(permit(Permission.USERS_READ))]
UsersWriter = Annotated[Principal, Depends(permit(Permission.USERS_WRITE))]
_LINKS = Depends(rate_limit("20/minute", scope="auth.links"))


async def _maker(door: Door) -> LinkMaker:
    return LinkMaker(door.signer, door.keyring, door.public_url, door.mails)


Maker = Annotated[LinkMaker, Depends(_maker)]


async def _address(request: Request, door: Door) -> str:
    return client_address(request.scope, door.trusted_proxies)


Address = Annotated[str, Depends(_address)]


@router.post(
    "/forgot",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[Depends(rate_limit("3/minute", scope="auth.forgot"))],
)
async def post_forgot(body: ForgotBody, door: Door, maker: Maker, address: Address) -> Accepted:
    """Say that a password is forgotten. The answer is the same whether the e-mail is known."""
    await forgot(door, maker, body.email, address=address)
    return Accepted()


@router.post("/link", dependencies=[_LINKS])
async def post_link(body: LinkBody, door: Door, address: Address) -> LinkView:
    """Whom a link is for, as long as it works."""
    _, target = await look_up(door, as_secret(body.token), body.purpose, address=address)
    return LinkView.of(target)


@router.post("/reset", status_code=status.HTTP_204_NO_CONTENT, dependencies=[_LINKS])
async def post_reset(body: NewPasswordBody, door: Door, address: Address) -> None:
    """Choose a new password by a link; every session ends."""
    await reset(door, as_secret(body.token), as_secret(body.password), address=address)


@router.post("/invitation", status_code=status.HTTP_204_NO_CONTENT, dependencies=[_LINKS])
async def post_invitation(body: NewPasswordBody, door: Door, address: Address) -> None:
    """Accept an invitation by its link: the account is active from now on."""
    await accept(door, as_secret(body.token), as_secret(body.password), address=address)


@router.post("/password", status_code=status.HTTP_204_NO_CONTENT)
@audit_access("auth.password")
async def post_password(body: ChangePasswordBody, door: Door, principal: LoggedIn, address: Address) -> None:
    """Change one's own password; the other sessions end."""
    old, new = as_secret(body.old), as_secret(body.new)
    await change_password(door, principal, old, new, address=address, now=door.clock())


@admin_router.get("/invitations", dependencies=[Depends(rate_limit("100/minute", scope="admin.invitations"))])
@audit_access("invitations.list", subject="invitations")
async def get_invitations(
    database: Db,
    principal: UsersReader,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Page[InvitationView]:
    """Who is invited and has not come yet, newest first."""
    before = id_before(cursor)
    async with database.tenant(principal.tenant_id) as tx:
        found = await list_invitations(tx, before_id=before, most=limit + 1)
    return page(found, limit, show=InvitationView.of, cursor=lambda one: id_cursor(one.id))


@admin_router.post(
    "/invitations",
    status_code=status.HTTP_201_CREATED,
    dependencies=[Depends(rate_limit("30/minute", scope="admin.invite"))],
)
@audit_access("invitations.create", subject="invitation")
async def post_invitations(
    body: InviteBody, request: Request, door: Door, maker: Maker, principal: UsersWriter
) -> InvitedView:
    """Invite somebody: who accepts is let in. Where no mail leaves, the link is shown this once."""
    wanted = NewInvitation(body.email, body.name, body.role)
    async with door.database.tenant(principal.tenant_id) as tx:
        made = await invite(tx, maker, principal, wanted, door.clock())
    name_subject(request, f"invitation:{made[0].id}")
    return InvitedView.of(made)


@admin_router.post(
    "/invitations/{invitation_id}/resend", dependencies=[Depends(rate_limit("30/minute", scope="admin.invite"))]
)
@audit_access("invitations.resend", subject="invitation")
async def post_resend(invitation_id: int, door: Door, maker: Maker, principal: UsersWriter) -> InvitedView:
    """Make a new link; the one before stops working."""
    async with door.database.tenant(principal.tenant_id) as tx:
        return InvitedView.of(await resend(tx, maker, principal, invitation_id, door.clock()))


@admin_router.delete("/invitations/{invitation_id}", status_code=status.HTTP_204_NO_CONTENT)
@audit_access("invitations.revoke", subject="invitation")
async def delete_invitation(invitation_id: int, door: Door, principal: UsersWriter) -> None:
    """Take an invitation back."""
    async with door.database.tenant(principal.tenant_id) as tx:
        await revoke(tx, principal, invitation_id, door.clock())


@admin_router.post(
    "/users/{user_id}/reset-link", dependencies=[Depends(rate_limit("30/minute", scope="admin.reset_link"))]
)
@audit_access("users.make_reset_link", subject="user")
async def post_reset_link(user_id: int, door: Door, maker: Maker, principal: UsersWriter) -> IssuedView:
    """Make a link to a new password for a colleague, who is told of it. Where no mail leaves, it is shown this once."""
    async with door.database.tenant(principal.tenant_id) as tx:
        return IssuedView.of(await make_reset_link(tx, maker, user_id, door.clock(), by=principal))


@admin_router.delete("/users/{user_id}/reset-request", status_code=status.HTTP_204_NO_CONTENT)
@audit_access("users.dismiss_reset", subject="user")
async def delete_reset_request(user_id: int, database: Db, principal: UsersWriter) -> None:
    """Put a request for a new password aside."""
    async with database.tenant(principal.tenant_id) as tx:
        await dismiss_request(tx, principal, user_id)
