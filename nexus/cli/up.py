"""`nexus up`: the whole product with one command."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.panel import Panel
from rich.table import Table

from nexus.cli.options import STATE, ProviderOption, StateOption
from nexus.instance.demo_tenant import DemoTenant
from nexus.instance.run import Instance, Wishes, run_instance
from nexus.webbuild import ensure_built

NOTICE = "Demo mode: the agent's brain and WhatsApp are simulated on this machine. Nothing leaves it."


def command(  # noqa: PLR0917 - typer calls it by name
    port: Annotated[int | None, typer.Option(help="Port of the app and API; 0 takes any.", min=0, max=65535)] = None,
    whatsapp_port: Annotated[int | None, typer.Option(help="Port for webhooks.", min=0, max=65535)] = None,
    simulator_port: Annotated[int | None, typer.Option(help="Port of the phone simulator.", min=0, max=65535)] = None,
    state: StateOption = STATE,
    provider: ProviderOption = None,
    no_demo: Annotated[bool, typer.Option("--no-demo", help="Without the demo company and the simulator.")] = False,
    no_web: Annotated[bool, typer.Option("--no-web", help="Do not build the web app.")] = False,
) -> None:
    """Start everything on this machine and keep it running until Ctrl-C.

    DATABASE_URL with DATABASE_OWNER_URL, and REDIS_URL, use servers of yours instead of the embedded ones.

    Example: nexus up --port 8000 --state ./my-data
    """
    console = Console()
    wishes = Wishes(state=state, ports=(port, whatsapp_port, simulator_port), demo=not no_demo, provider=provider)

    def ready(instance: Instance) -> None:
        (_show if console.is_terminal else _print_plain)(console, instance)

    def notice(name: str, text: str) -> None:
        sys.stderr.write(f"{name} {text}\n")

    if not no_web:
        _build_web(console)
    ended_by = run_instance(wishes, ready, notice)
    console.print(f"Stopped ({ended_by.name}).")


def _build_web(console: Console) -> None:
    """Once, and again only when it changed; without Node or network everything else still starts."""
    built = ensure_built(console)
    if built.state == "built":
        console.print(f"Built the web app in {built.seconds:.0f} s.")
    elif built.state == "missing":
        console.print(f"The web app was not built: {built.reason}", markup=False)


def _show(console: Console, instance: Instance) -> None:
    lines = [f"[bold]App[/bold]        {instance.front_door}", f"[bold]Webhooks[/bold]   {instance.whatsapp_url}"]
    if instance.demo is not None:
        lines.append(f"[bold]Phone[/bold]      {instance.phone_page}")
    console.print()
    for line in lines:
        console.print(line, soft_wrap=True, highlight=False)  # an address that is cut in two cannot be clicked
    console.print()
    if instance.demo is not None:
        console.print(_logins(instance.demo))
        console.print(Panel(NOTICE, style="yellow", expand=False))
    seconds = f"Ready in {instance.seconds:.1f} s (servers {instance.servers_seconds:.1f} s). Ctrl-C stops it."
    console.print(seconds, highlight=False)


def _logins(demo: DemoTenant) -> Table:
    table = Table(title="Demo logins", title_justify="left")
    for heading in ("Role", "Name", "E-mail", "Password"):
        table.add_column(heading, overflow="fold")
    for login in demo.logins:
        table.add_row(login.role, login.name, login.email, login.password)
    return table


def _print_plain(_: Console, instance: Instance) -> None:
    lines = [f"app: {instance.api_url}", f"webhooks: {instance.whatsapp_url}"]
    if instance.demo is not None:
        lines += [f"open: {instance.front_door}", f"phone: {instance.phone_page}"]
        lines += [f"login: {login.role} {login.email} {login.password}" for login in instance.demo.logins]
        lines.append(NOTICE)
    lines.append(f"Ready in {instance.seconds:.1f} s (servers {instance.servers_seconds:.1f} s)")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
