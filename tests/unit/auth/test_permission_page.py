"""docs/permissions.md is what the permission table says today."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.foundation import ROOT
from tools import permissions


def test_the_committed_page_is_what_the_table_says() -> None:
    told = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "permissions.py"), "--check"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert told.returncode == 0, told.stderr


def test_a_stale_page_is_told_and_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "permissions.md"
    page.write_text(permissions.document().replace("| `vault.read` | tenant | no |", "| `vault.read` | tenant | own |"))
    monkeypatch.setattr(permissions, "TARGET", page)
    monkeypatch.setattr(sys, "argv", ["permissions", "--check"])
    assert permissions.main() == 1
    assert "make docs" in capsys.readouterr().err
    monkeypatch.setattr(sys, "argv", ["permissions"])
    assert permissions.main() == 0
    assert "| `vault.read` | tenant | no | no | no | no |" in page.read_text()
