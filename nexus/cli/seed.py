"""`nexus seed`."""

from __future__ import annotations

import os
import secrets
import time
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.progress import Progress, TaskID

from core.clock import system_clock
from core.errors import NotFound
from core.paging import LARGEST_ID
from core.secret import Secret
from nexus.cli.options import STATE, StateOption
from nexus.cli.resources import Resources, with_resources
from nexus.crowd.plan import Plan
from nexus.crowd.run import seed_crowd
from nexus.demo.seed import ceo_of, seed_company
from nexus.instance.access import reach
from nexus.servers.state import StateFolder
from orchestrator_service.auth.govern import list_users
from orchestrator_service.provisioning.tenants import list_tenants

MOST: Final = 100


def command(
    leads: Annotated[int, typer.Option(min=0, help="Invent so many leads, in companies of their own.")] = 0,
    tenants: Annotated[int, typer.Option(min=1, help="Over how many companies.")] = 1,
    days: Annotated[int, typer.Option(min=1, help="Over how many days they came.")] = 730,
    random: Annotated[int, typer.Option(min=0, help="Which crowd: each number is another one.")] = 1,
    state: StateOption = STATE,
) -> None:
    """Fill the demo company with people, conversations and meetings of this week; again, it adds nothing.

    With --leads, make new demo companies with as many invented leads, their history, clients, conversations, meetings
    and sales. Stopped half way, the same command goes on; once more, it adds nothing. 50,000 or more, where little else
    is, are written at once: what runs on the installation waits meanwhile, about a minute and a half for a million.

    Example: nexus seed --leads 100000 --tenants 10
    """
    if leads:
        _crowd(state, Plan(leads, tenants, days, random))
        return
    typer.echo(f"{with_resources(state, _fill)} people added.")


def _crowd(state: Path, plan: Plan) -> None:
    console, began = Console(stderr=True), time.monotonic()
    with reach(state, os.environ) as access, Progress(console=console) as progress:
        password = Secret(StateFolder(state.absolute()).secret("crowd_password", lambda: secrets.token_urlsafe(12)))
        bars = dict[str, TaskID]()

        def tell(what: str, done: int, of: int) -> None:
            if what not in bars:
                bars[what] = progress.add_task(what)
            progress.update(bars[what], completed=done, total=of)

        waiting = seed_crowd(access, plan, password, tell)
    seconds = time.monotonic() - began
    typer.echo(f"{waiting.leads:,} leads added to {plan.tenants:,} companies in {seconds:.0f} s.")
    typer.echo(f"Logins: {plan.email('ceo', 0)} and so on, all with the password {password.reveal()}")


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
