"""Third parties' servers run by Node, installed from `tests/emulators` when they are first needed.

`emulate` is a Google; `aimock` speaks as OpenAI, Anthropic and Google's models do, and transcribes.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx
import pytest

from core.google.addresses import GoogleAddresses
from nexus.webbuild import Node, find_node
from tests.integration.simulator.simulated import free_port

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

FOLDER: Final = Path(__file__).parents[1] / "emulators"
PROGRAM: Final = FOLDER / "node_modules" / "emulate" / "dist" / "index.js"
MODELS: Final = FOLDER / "node_modules" / "@copilotkit" / "aimock" / "dist" / "cli.js"
INSTALL_SECONDS: Final = 60
START_SECONDS: Final = 20.0


@contextmanager
def google_emulator(seed: Mapping[str, object], folder: Path) -> Generator[GoogleAddresses]:
    """A Google with these people, clients and calendars. Skips the test where Node or the package cannot be had."""
    node = _installed()
    port = free_port()
    seed_file = folder / "seed.json"
    seed_file.write_text(json.dumps({"google": seed}), encoding="utf-8")
    command = [node.program, PROGRAM, "start", "--service", "google", "--port", str(port), "--seed", seed_file]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{base}/o/oauth2/v2/auth", process)
        yield GoogleAddresses(
            api=f"{base}/calendar/v3",
            consent=f"{base}/o/oauth2/v2/auth",
            token=f"{base}/oauth2/token",
            revoke=f"{base}/oauth2/revoke",
        )
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def model_emulator(fixtures: Sequence[Mapping[str, object]], folder: Path, *, key: str) -> Generator[str]:
    """A server of models that answers by these fixtures to whoever has the key; its address. Skips as above."""
    node = _installed()
    port = free_port()
    file = folder / "fixtures.json"
    file.write_text(json.dumps({"fixtures": fixtures}), encoding="utf-8")
    command = [node.program, MODELS, "--port", str(port), "--fixtures", file, "--log-level", "silent", "--strict"]
    environment = {**os.environ, "AIMOCK_API_KEYS": key}
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/v1/models", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def _installed() -> Node:
    node = find_node()
    if node is None:
        pytest.skip("Node 22 or newer is missing")
    lock = hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()
    stamp = FOLDER / "node_modules" / ".nexus"
    if PROGRAM.is_file() and MODELS.is_file() and stamp.is_file() and stamp.read_text(encoding="utf-8") == lock:
        return node
    path = os.pathsep.join((str(node.program.parent), os.environ.get("PATH", "")))
    command = [node.program, node.npm, "ci", "--no-audit", "--no-fund"]
    try:
        environment = {**os.environ, "PATH": path}
        subprocess.run(command, cwd=FOLDER, env=environment, check=True, capture_output=True, timeout=INSTALL_SECONDS)
    except (subprocess.SubprocessError, OSError):
        pytest.skip("the emulators cannot be installed")
    stamp.write_text(lock, encoding="utf-8")
    return node


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    with httpx.Client(trust_env=False) as http:
        while time.monotonic() < end and process.poll() is None:
            try:
                http.get(url)
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                return
    raise AssertionError("the emulator did not start")
