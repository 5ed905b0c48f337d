"""Serves what stands in on this machine for somebody outside, by the configuration file that a variable names."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

import uvicorn
from starlette.types import ASGIApp


class Listening(Protocol):
    """Where to listen."""

    @property
    def host(self) -> str:
        """A name or an address of this machine."""
        ...

    @property
    def port(self) -> int:
        """0 for any free one."""
        ...


Config = TypeVar("Config", bound=Listening)


def serve(
    variable: str, load: Callable[[Path], Config], create_app: Callable[[Config], ASGIApp], unusable: type[Exception]
) -> int:
    """Serve until told to stop; 2 where the configuration cannot be used: `load` raises `unusable`, or OSError."""
    try:
        config = load(Path(os.environ[variable]))
    except KeyError:
        sys.stderr.write(f"{variable} names no file\n")
        return 2
    except (unusable, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    uvicorn.run(
        create_app(config),
        host=config.host,
        port=config.port,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    return 0
