"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from nexus.servers.state import DEFAULT_STATE

StateOption: TypeAlias = Annotated[
    Path, typer.Option("--state", metavar="DIR", help="Where this installation keeps its data.", show_default=True)
]
JsonOption: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
STATE: Path = DEFAULT_STATE
