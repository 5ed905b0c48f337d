"""Receipts: a picture or PDF to a transaction. A newer one stands before the older; none is overwritten."""

from __future__ import annotations

from typing import Final

from core.database import TenantTransaction
from core.errors import NotFound
from core.media_sniff import FileRefused, sniff
from core.media_store import StoredFile
from core.principal import Principal
from orchestrator_service.accounting import repository
from orchestrator_service.accounting.announce import announce_money
from orchestrator_service.accounting.errors import TooManyReceipts
from orchestrator_service.accounting.models import Receipt, Transaction
from orchestrator_service.accounting.reading import read_transaction
from orchestrator_service.auth.permissions import Permission, require

MOST_BYTES: Final = 10_000_000
MOST_RECEIPTS: Final = 10
_TYPES: Final = frozenset({"image/jpeg", "image/png", "image/webp", "application/pdf"})


def judge_receipt(content: bytes) -> str:
    """The real type of a file that may be a receipt. Raises FileRefused."""
    found = sniff(content, None)
    if found not in _TYPES:
        raise FileRefused("unsupported_type")
    return found


async def may_add_receipt(tx: TenantTransaction, transaction_id: int) -> None:
    """Before a byte is read: there is such a transaction, and room. Raises NotFound, TooManyReceipts."""
    if await repository.find_entry(tx, transaction_id) is None:
        raise NotFound
    if await repository.count_receipts(tx, transaction_id) >= MOST_RECEIPTS:
        raise TooManyReceipts(f"a transaction has {MOST_RECEIPTS} files at most")


async def add_receipt(
    tx: TenantTransaction,
    principal: Principal,
    transaction_id: int,
    file: StoredFile,
    *,
    media_type: str,
    filename: str | None,
) -> Transaction:
    """Put a stored file to a transaction. Raises what `may_add_receipt` does."""
    await may_add_receipt(tx, transaction_id)
    by = int(principal.user_id)
    await repository.add_receipt(tx, transaction_id, file, media_type=media_type, filename=filename, by=by)
    await announce_money(tx, transaction_id, None)
    return await read_transaction(tx, principal, transaction_id)


async def receipt_to_serve(tx: TenantTransaction, principal: Principal, transaction_id: int) -> Receipt:
    """The file that was added last. Raises NotFound."""
    require(principal, Permission.TRANSACTIONS_READ)
    found = await repository.newest_receipt(tx, transaction_id)
    if found is None:
        raise NotFound
    return found
