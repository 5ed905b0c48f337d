"""`nexus seed`."""

from __future__ import annotations

import typer

from core.clock import system_clock
from core.errors import NotFound
from core.paging import LARGEST_ID
from nexus.cli.options import STATE, StateOption
from nexus.cli.resources import Resources, with_resources
from nexus.demo.seed import ceo_of, seed_company
from orchestrator_service.auth.govern import list_users
from orchestrator_service.provisioning.tenants import list_tenants

MOST = 100


def command(state: StateOption = STATE) -> None:
    """Fill the demo company with people, conversations and meetings of this week; again, it adds nothing.

    Example: nexus seed
    """
    typer.echo(f"{with_resources(state, _fill)} people added.")


async def _fill(resources: Resources) -> int:
    """Demo companies only: nobody invented enters a live one."""
    added = 0
    for card in await list_tenants(resources.database, resources.directory):
        if card.mode != "demo":
            continue
        async with resources.database.tenant(card.id) as tx:
            users = await list_users(tx, status="active", before_id=LARGEST_ID, most=MOST)
        ceo = next((user for user in users if user.role == "ceo"), None)
        if ceo is None:
            raise NotFound
        added += await seed_company(resources.database, card.id, ceo_of(card.id, ceo.id), system_clock())
    return added
