"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from core.whatsapp import ProviderName
from nexus.servers.state import DEFAULT_STATE

StateOption: TypeAlias = Annotated[
    Path, typer.Option("--state", metavar="DIR", help="Where this installation keeps its data.", show_default=True)
]
ProviderOption: TypeAlias = Annotated[
    ProviderName | None, typer.Option("--provider", help="Whose WhatsApp number the demo has: YCloud's or Meta's.")
]
JsonOption: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
STATE: Path = DEFAULT_STATE
