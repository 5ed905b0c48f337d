"""`/crm/transactions/{id}/receipt`: the body is the file itself; strangers may have made it (PRODUCT §6.7)."""

from __future__ import annotations

import re
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Header, Request, Response, status

from core.file_headers import file_headers
from core.principal import Principal
from core.rate_limit import limit as rate_limit
from core.upload import decoded_name, read_upload
from orchestrator_service.accounting.receipts import (
    MOST_BYTES,
    add_receipt,
    judge_receipt,
    may_add_receipt,
    receipt_to_serve,
)
from orchestrator_service.accounting.schemas import TransactionView
from orchestrator_service.audit.audited import audit_access
from orchestrator_service.auth.dependencies import Db, Store, permit
from orchestrator_service.auth.permissions import Permission

router = APIRouter(prefix="/crm/transactions", tags=["accounting"])

PATHS: Final = re.compile(r"/crm/transactions/[0-9]{1,19}/receipt")
LONGEST_NAME: Final = 200
Reader = Annotated[Principal, Depends(permit(Permission.TRANSACTIONS_READ))]
Writer = Annotated[Principal, Depends(permit(Permission.TRANSACTIONS_WRITE))]
# A character takes up to 12 in percent-encoding.
Name = Annotated[str, Header(alias="X-File-Name", max_length=12 * LONGEST_NAME)]


@router.post(
    "/{transaction_id}/receipt",
    status_code=status.HTTP_201_CREATED,
    dependencies=[Depends(rate_limit("60/minute", scope="crm.receipts"))],
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
@audit_access("transactions.add_receipt", subject="transaction")
async def post_receipt(  # noqa: PLR0917 - FastAPI injects them
    transaction_id: int, request: Request, database: Db, principal: Writer, store: Store, name: Name = ""
) -> TransactionView:
    """Put the file that is the body to a transaction: a PDF, JPEG, PNG or WebP, 10 MB at most.

    `X-File-Name` is percent-encoded UTF-8. 409 `too_many_receipts`; 413 `body_too_large`; 415 `file_refused`.
    """
    filename = decoded_name(name, LONGEST_NAME)
    async with database.tenant(principal.tenant_id) as tx:
        await may_add_receipt(tx, transaction_id)
    content = await read_upload(request, MOST_BYTES)
    media_type = judge_receipt(content)
    stored = await store.put(principal.tenant_id, content)
    async with database.tenant(principal.tenant_id) as tx:
        told = await add_receipt(
            tx, principal, transaction_id, stored, media_type=media_type, filename=filename or None
        )
    return TransactionView.of(told)


@router.get(
    "/{transaction_id}/receipt",
    response_class=Response,
    responses={200: {"content": {"*/*": {}}, "description": "The file."}},
    dependencies=[Depends(rate_limit("300/minute", scope="crm.receipts.read"))],
)
@audit_access("transactions.receipt", subject="transaction")
async def get_receipt(transaction_id: int, database: Db, principal: Reader, store: Store) -> Response:
    """The file that was added last; a picture to be shown, a PDF to be saved."""
    async with database.tenant(principal.tenant_id) as tx:
        file = await receipt_to_serve(tx, principal, transaction_id)
    content = await store.read(file.storage_key)
    headers = file_headers(file.media_type, file.filename, file.id)
    return Response(content, headers=headers, media_type=file.media_type)
