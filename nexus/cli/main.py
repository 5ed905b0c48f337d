"""The `nexus` command. Each command lives in a file of its own, read only when it is the one that was asked for."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib import import_module
from typing import Final

import typer

from core.errors import NexusError
from core.keyring import KeyringError
from nexus.servers.errors import ServersError


@dataclass(frozen=True)
class Entry:
    """One line of the help, and the module that does it: it has `command`, or `app` where it has subcommands."""

    module: str
    help: str


COMMANDS: Final = {
    "up": Entry("nexus.cli.up", "Start everything on this machine and keep it running."),
    "demo": Entry("nexus.cli.demo", "Play a sale over WhatsApp, from the first message to the client."),
    "seed": Entry("nexus.cli.seed", "Fill the demo company with people, talks and meetings."),
    "migrate": Entry("nexus.cli.migrate", "Bring the database to today's schema."),
    "tenant": Entry("nexus.cli.tenant", "Create, list and suspend companies."),
    "user": Entry("nexus.cli.user", "List the people of a company, help who lost password or second factor."),
    "audit": Entry("nexus.cli.audit", "Prove that the audit log is what was written."),
    "vault": Entry("nexus.cli.vault", "Rotate the keys that integration secrets are sealed with."),
    "mcp": Entry("nexus.cli.mcp", "Lend an API key's tools to an AI assistant on this machine, over stdio."),
    "status": Entry("nexus.cli.status", "Show what is running."),
    "psql": Entry("nexus.cli.psql", "Look into the database, read-only."),
    "doctor": Entry("nexus.cli.doctor", "Check the configuration and name what is wrong."),
    "bench": Entry("bench.command", "Measure speed as ratios, on servers of its own."),
    "eval": Entry("nexus.cli.eval", "Play conversations against the agent and judge what it does."),
    "faults": Entry("nexus.cli.faults", "Kill processes under load and prove that nothing is lost or doubled."),
    "version": Entry("nexus.cli.version", "Show the version."),
}
FAILED: Final = 1
SILENT: Final = frozenset({"version"})  # logs nothing, and need not wait for what would


def build(wanted: str | None) -> typer.Typer:
    """The command line with one command in full and the others by name: importing them all would take seconds."""
    app = typer.Typer(
        name="nexus",
        help="Nexus, the sales CRM whose first salesperson is an AI agent on WhatsApp.",
        epilog="Example: nexus up",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for name, entry in COMMANDS.items():
        if name != wanted:
            app.command(name, help=entry.help)(_absent)
            continue
        module = import_module(entry.module)
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name, help=entry.help)
        else:
            app.command(name)(module.command)
    return app


def _absent() -> None:
    """Stands for a command that was not asked for."""


def main() -> None:
    """Run the command line; what the person can mend is one line, not a traceback."""
    wanted = next((argument for argument in sys.argv[1:] if not argument.startswith("-")), None)
    if wanted in COMMANDS and wanted not in SILENT:
        # Left alone, structlog shows the locals of a failure: addresses with their passwords.
        import_module("core.logging").configure_logging()
    try:
        build(wanted)()
    except (ServersError, NexusError, KeyringError) as error:
        sys.stderr.write(f"nexus: {error}\n")
        raise SystemExit(FAILED) from None


if __name__ == "__main__":
    main()
