"""`nexus version`."""

from __future__ import annotations

from importlib.metadata import version

import typer


def command() -> None:
    """Show the version.

    Example: nexus version
    """
    typer.echo(f"nexus {version('nexus-crm')}")
