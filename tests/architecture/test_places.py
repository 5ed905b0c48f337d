"""What must stand where: the seed's paths, the one writer of messages, versions without addresses."""

from __future__ import annotations

import importlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.foundation import PACKAGES, ROOT
from tests.architecture.sources import SKIPPED_FOLDERS, files, relative
from tools.pin import render, with_block

SEED_PATHS = [
    "orchestrator_service/db.py",
    "db/init/001_schema.sql",
    "core/credentials.py",
    "core/prompt_security.py",
    "orchestrator_service/main.py",
    "whatsapp_service/main.py",
    "nexus/cli/main.py",
]
# `append_chat_message` and the statements that only it uses.
WRITER = {"orchestrator_service/db.py", "orchestrator_service/queries.sql"}
COPIES = {"nexus/crowd/sheet.py"}  # invented talks of companies made for them, written by the million
COPIES_MESSAGE = re.compile(r"[\"']chat_messages[\"']\s*[:,]")
WRITES_MESSAGE = re.compile(
    r"\b(INSERT\s+INTO|MERGE\s+INTO|COPY)\s+(ONLY\s+)?(public\.)?\"?chat_messages\b", re.IGNORECASE
)
TEXT_FILES = {".py", ".sql", ".toml", ".md", ".yaml", ".yml", ".json", ".sh", ".ts", ".tsx", ".mjs", ".cfg", ""}
OUR_HIDDEN = {".ci", ".env.example", ".gitignore", ".pre-commit-config.yaml"}
OUTSIDE = re.compile("|".join((r"\.\./" + r"shared\b", r"(?<![\w.])/" + r"work/")))


def message_writers(root: Path) -> list[str]:
    sources = files(root, *PACKAGES) + files(root, *PACKAGES, suffix=".sql")
    found = {relative(path, root) for path in sources if WRITES_MESSAGE.search(path.read_text(encoding="utf-8"))}
    return sorted(found)


def message_copiers(root: Path) -> list[str]:
    return sorted(
        relative(path, root) for path in files(root, "nexus", "bench") if COPIES_MESSAGE.search(path.read_text("utf-8"))
    )


def reads_outside(root: Path) -> list[str]:
    """Files that name a place outside the repository."""
    found: list[str] = []
    for path in (path for path in root.rglob("*") if path.is_file() and path.suffix in TEXT_FILES):
        parts = path.relative_to(root).parts
        if SKIPPED_FOLDERS.intersection(parts) or any(p.startswith(".") and p not in OUR_HIDDEN for p in parts):
            continue
        if OUTSIDE.search(path.read_text(encoding="utf-8", errors="ignore")):
            found.append(relative(path, root))
    return sorted(found)


@pytest.mark.parametrize("place", SEED_PATHS)
def test_the_paths_that_the_seed_names_exist(place: str) -> None:
    assert (ROOT / place).is_file()


@pytest.mark.parametrize("package", PACKAGES)
def test_the_packages_that_are_imported_are_those_of_this_repository(package: str) -> None:
    assert Path(importlib.import_module(package).__file__ or "").parent == ROOT / package


def test_chat_messages_has_one_writer() -> None:
    assert message_writers(ROOT)
    assert set(message_writers(ROOT)) <= WRITER
    assert set(message_copiers(ROOT)) == COPIES


def test_the_writers_statements_are_read_by_the_writer_alone() -> None:
    readers = {path.name for path in (ROOT / "orchestrator_service").glob("*.py") if "statements(" in path.read_text()}
    assert readers <= {"db.py"}


@pytest.mark.parametrize("sql", ["INSERT INTO chat_messages (id)", "insert into\n  public.chat_messages (id)"])
def test_a_second_writer_is_found(tmp_path: Path, sql: str) -> None:
    path = tmp_path / "orchestrator_service" / "chat" / "queries.sql"
    path.parent.mkdir(parents=True)
    path.write_text(sql, encoding="utf-8")
    assert message_writers(tmp_path) == ["orchestrator_service/chat/queries.sql"]


def test_nothing_reads_outside_the_repository() -> None:
    assert reads_outside(ROOT) == []


def test_a_path_outside_the_repository_is_found(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text("open('.." + "/shared/contracts/a.json')", encoding="utf-8")
    assert reads_outside(tmp_path) == ["code.py"]


def test_the_project_file_holds_no_download_address() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    settings = tomllib.loads(text)["tool"]["uv"]
    assert "://" not in text
    assert not [name for name in settings if "index" in name or name in {"find-links", "sources"}]


def test_the_lock_file_stays_out_of_git() -> None:
    assert "uv.lock" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()


def check_pins(root: Path) -> subprocess.CompletedProcess[str]:
    """`tools/pin.py --check` on what is resolved already: offline, so that it never asks a registry."""
    return subprocess.run(
        [sys.executable, str(root / "tools" / "pin.py"), "--check"],
        env={**os.environ, "UV_OFFLINE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


# `uv run` tells where it is; it need not be on PATH.
needs_uv = pytest.mark.skipif(
    shutil.which(os.environ.get("UV", "uv")) is None, reason="uv is not to be found: the pins are NOT checked"
)


@needs_uv
def test_the_pinned_versions_are_those_that_were_resolved() -> None:
    result = check_pins(ROOT)
    assert result.returncode == 0, result.stderr


def test_a_version_that_differs_from_the_resolution_is_found() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    pinned: list[str] = tomllib.loads(text)["tool"]["uv"]["constraint-dependencies"]
    assert with_block(text, render(pinned)) == text
    moved = [re.sub(r"^httpx==.*", "httpx==0.0.1", requirement) for requirement in pinned]
    assert with_block(text, render(moved)) != text
    assert with_block(text, render(pinned[1:])) != text
