"""Modules and functions stay small, and names say what a thing does (STYLE: Size, Names)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.architecture.foundation import PACKAGES, ROOT
from tests.architecture.sources import files, functions, parse, relative

if TYPE_CHECKING:
    from pathlib import Path

MODULE_LINES = 400
FUNCTION_LINES = 60
OWN_LIMITS = {
    "orchestrator_service/main.py": 150,
    "whatsapp_service/main.py": 150,
    "orchestrator_service/db.py": 400,
}
VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "base", "common", "misc"}
CHECKED = (*PACKAGES, "tests", "tools")


def large_modules(root: Path) -> list[str]:
    found: list[str] = []
    for path in files(root, *CHECKED):
        place = relative(path, root)
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > OWN_LIMITS.get(place, MODULE_LINES):
            found.append(f"{place}: {lines} lines")
    return found


def large_functions(root: Path) -> list[str]:
    return [
        f"{relative(path, root)}:{function.lineno}: {function.name}"
        for path in files(root, *CHECKED)
        for function in functions(parse(path))
        if (function.end_lineno or function.lineno) - function.lineno + 1 > FUNCTION_LINES
    ]


def vague_names(root: Path) -> list[str]:
    return [
        relative(path, root)
        for path in files(root, *CHECKED)
        if VAGUE.intersection([*path.relative_to(root).parts[:-1], path.stem])
    ]


def test_modules_stay_below_their_limit() -> None:
    assert large_modules(ROOT) == []


def test_functions_stay_below_their_limit() -> None:
    assert large_functions(ROOT) == []


def test_no_module_or_folder_has_a_name_that_says_nothing() -> None:
    assert vague_names(ROOT) == []


@pytest.mark.parametrize(
    ("place", "lines", "fits"),
    [
        ("core/phone.py", 400, True),
        ("core/phone.py", 401, False),
        ("orchestrator_service/main.py", 151, False),
        ("orchestrator_service/db.py", 401, False),
        ("tests/unit/test_phone.py", 401, False),
    ],
)
def test_a_module_one_line_over_its_limit_is_found(tmp_path: Path, place: str, lines: int, fits: bool) -> None:
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text("x = 1\n" * lines, encoding="utf-8")
    assert (large_modules(tmp_path) == []) is fits


@pytest.mark.parametrize(("lines", "fits"), [(59, True), (60, False)])
def test_a_function_one_line_over_its_limit_is_found(tmp_path: Path, lines: int, fits: bool) -> None:
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "long.py").write_text("async def f():\n" + "    x = 1\n" * lines, encoding="utf-8")
    assert (large_functions(tmp_path) == []) is fits


@pytest.mark.parametrize("place", ["core/utils.py", "nexus/helpers/phone.py", "core/common/__init__.py"])
def test_a_vague_name_is_found(tmp_path: Path, place: str) -> None:
    (tmp_path / place).parent.mkdir(parents=True)
    (tmp_path / place).touch()
    assert vague_names(tmp_path) == [place]
