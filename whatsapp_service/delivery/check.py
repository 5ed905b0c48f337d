"""Whether a number's key works at its provider: the templates of its account are read, which sends nothing."""

from __future__ import annotations

from core.channels import find_channel
from core.contracts import CheckChannel
from core.database import Database
from core.errors import NotFound, Unavailable
from core.outbox import emit
from core.statements import sibling_statements
from core.whatsapp import Refused, Unknown
from whatsapp_service.delivery.deliver import ProviderOf

SQL = sibling_statements(__file__)
NOT_CONFIGURED = "not_configured"
NO_ANSWER = "no_answer"


async def check_channel(database: Database, provider_of: ProviderOf, job: CheckChannel) -> None:
    """Try, and note what was found; running it again tries again."""
    problem: str | None = NOT_CONFIGURED
    async with database.tenant(job.tenant_id) as tx:
        try:
            provider = await provider_of(tx, await find_channel(tx, job.channel_id))
        except NotFound:
            return
        except Unavailable:
            provider = None
    if provider is not None:
        match await provider.list_templates(tenant_id=job.tenant_id):
            case Refused(code=code):
                problem = code
            case Unknown():
                problem = NO_ANSWER
            case _:
                problem = None
    async with database.tenant(job.tenant_id) as tx:
        await tx.run(SQL["note_check"], channel_id=job.channel_id, problem=problem)
        await emit(tx, "SETTINGS_UPDATED", {"section": "channels"}, owner_user_id=None, audience="everyone")
