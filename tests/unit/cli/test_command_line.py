"""The command line explains itself, and starts without importing what it does not need."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from nexus.cli.main import COMMANDS, build

LEAVES = [
    ("up",), ("demo",), ("migrate",), ("tenant", "create"), ("tenant", "list"), ("tenant", "suspend"),
    ("user", "list"), ("user", "reset-totp"), ("audit", "verify"), ("vault", "rotate"), ("vault", "add-key"),
    ("status",), ("psql",), ("seed",), ("doctor",), ("bench",), ("eval",), ("faults",), ("mcp",), ("version",),
]  # fmt: skip
HEAVY = {"asyncpg", "fastapi", "pydantic_ai", "procrastinate", "rich.table", "uvicorn"}


@pytest.mark.parametrize("words", LEAVES, ids=" ".join)
def test_every_command_has_help_with_an_example(words: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(build(words[0]), [*words, "--help"])
    assert shown.exit_code == 0
    assert f"Example: nexus {' '.join(words)}" in " ".join(shown.output.split())


def test_the_list_of_commands_is_complete() -> None:
    shown = CliRunner().invoke(build(None), ["--help"])
    assert {words[0] for words in LEAVES} == set(COMMANDS)
    for name, entry in COMMANDS.items():
        assert name in shown.output
        assert entry.help in " ".join(shown.output.replace("│", " ").split())


def test_the_version_costs_nothing_that_it_does_not_need() -> None:
    code = (
        "import sys; sys.argv = ['nexus', 'version']\n"
        "from nexus.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: print(*sorted(sys.modules))"
    )
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.startswith("nexus ")
    assert not HEAVY & set(done.stdout.split())
    assert time.monotonic() - began < 3, "far from the half second of an idle machine"


def test_an_unknown_command_is_refused() -> None:
    assert CliRunner().invoke(build("fly"), ["fly"]).exit_code == 2


def test_a_failure_at_the_terminal_shows_no_locals() -> None:
    """An unconfigured structlog prints the variables of every frame, the owner's address with its password included."""
    code = (
        "import sys; sys.argv = ['nexus', 'migrate', '--help']\n"
        "from nexus.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "import structlog\n"
        "def work(owner_url):\n"
        "    try: raise ValueError(owner_url)\n"
        "    except ValueError: structlog.get_logger().exception('it_failed')\n"
        "work('postgresql://nexus_owner:' + 'hun' + 'ter2@h/x')"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert "it_failed" in done.stderr
    assert "hunter2" not in done.stdout + done.stderr
