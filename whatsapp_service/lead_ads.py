"""Meta's word that somebody filled in an advertisement's form: stored with the job that fetches them, then 200.

It comes to the address of a WhatsApp number of Meta's, or to a page's own (`/webhook/meta/leads/{key}`), for companies
whose WhatsApp is elsewhere; there the app's secret of the vault signs.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.channels import read_credential
from core.credentials import Keyring
from core.crm_contracts import FetchLead
from core.database import Database, TenantTransaction
from core.directory import Directory
from core.errors import NotFound
from core.jobs import defer
from core.meta.leadgen import LeadNotice
from core.secret import Secret
from core.statements import sibling_statements

SQL = sibling_statements(__file__)
APP_SECRET = "meta:app_secret"  # noqa: S105 - the vault's name of it
VERIFY_TOKEN = "meta:verify_token"  # noqa: S105 - as above


async def store_notices(tx: TenantTransaction, notices: Sequence[LeadNotice]) -> int:
    """Keep each once, with its job; answers how many are new. Those of pages that nobody added are left out."""
    stored = 0
    for notice in sorted(notices, key=lambda one: one.leadgen_id):
        known = {"page_id": notice.page_id, "leadgen_id": notice.leadgen_id}
        received_id = await tx.value(SQL["store_notice"], int, **known)
        if received_id is not None:
            await defer(tx, FetchLead(int(tx.tenant_id), received_id))
            stored += 1
    return stored


async def page_tenant(database: Database, directory: Directory, key: str) -> int:
    """Whose address it is. Raises NotFound."""
    entry = await directory.find(database, "lead_hook", key)
    if entry is None:
        raise NotFound
    return entry.tenant_id


async def app_secrets(tx: TenantTransaction, keyring: Keyring) -> tuple[tuple[Secret, ...], Secret | None]:
    """What signs for the company's app, and what Meta repeats when it subscribes."""
    secret = await read_credential(tx, keyring, APP_SECRET)
    return ((secret,) if secret else ()), await read_credential(tx, keyring, VERIFY_TOKEN)
