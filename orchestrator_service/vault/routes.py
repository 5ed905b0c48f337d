"""`/admin/core/credentials`: the company's integration keys, for the ceo alone (PRODUCT §4.1)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request

from core.credential_names import known
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from core.secret import Secret
from orchestrator_service.audit.audited import audit_access, name_subject
from orchestrator_service.auth.dependencies import Db, Door, permit
from orchestrator_service.auth.permissions import Permission
from orchestrator_service.vault.catalogue import list_credentials
from orchestrator_service.vault.change import forget_credential, set_credential
from orchestrator_service.vault.schemas import CredentialBody, CredentialsView, CredentialView

router = APIRouter(prefix="/admin/core/credentials", tags=["vault"])


async def credential_name(request: Request, name: str) -> str:
    """The name in the path. One that is not known stays out of the audit log: it may be a key in the wrong place."""
    name_subject(request, f"credential:{name}" if known(name) else "credential:unknown")
    return name


# Before the principal, so that a refused request has its subject too.
Name = Annotated[str, Depends(credential_name)]
Reader = Annotated[Principal, Depends(permit(Permission.VAULT_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.VAULT_WRITE))]
SELDOM = Depends(rate_limit("60/minute", scope="admin.credentials"))


@router.get("", dependencies=[SELDOM])
@audit_access("credentials.list", subject="credential")
async def get_credentials(database: Db, principal: Reader) -> CredentialsView:
    """Every name that may be set, and the masked end of what is."""
    async with database.tenant(principal.tenant_id) as tx:
        credentials = await list_credentials(tx)
    return CredentialsView(items=[CredentialView.of(credential) for credential in credentials])


@router.put("/{name}", dependencies=[SELDOM])
@audit_access("credentials.write", subject="credential")
async def put_credential(name: Name, body: CredentialBody, door: Door, principal: Writer) -> CredentialView:
    """Store or replace one key; it is sealed and cannot be read back."""
    value = Secret(body.value.get_secret_value())
    async with door.database.tenant(principal.tenant_id) as tx:
        return CredentialView.of(await set_credential(tx, door.keyring, principal, name, value))


@router.delete("/{name}", status_code=204, dependencies=[SELDOM])
@audit_access("credentials.delete", subject="credential")
async def delete_credential(name: Name, database: Db, principal: Writer) -> None:
    """Forget one key."""
    async with database.tenant(principal.tenant_id) as tx:
        await forget_credential(tx, principal, name)
