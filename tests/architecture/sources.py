"""The repository's Python files as the architecture tests see them."""

from __future__ import annotations

import ast
import functools
from typing import TYPE_CHECKING

import grimp

from tests.architecture.foundation import PACKAGES, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SKIPPED_FOLDERS = {".git", ".venv", ".nexus", "node_modules", "__pycache__", ".ruff_cache", ".pytest_cache", "webapp"}


def files(root: Path, *folders: str, suffix: str = ".py") -> list[Path]:
    """The files with this suffix below the folders, generated and installed ones aside; `root` itself without any."""
    starts = [root / folder for folder in folders] or [root]
    found = (path for start in starts for path in start.rglob(f"*{suffix}") if path.is_file())
    return sorted(path for path in found if not SKIPPED_FOLDERS.intersection(path.relative_to(root).parts))


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@functools.cache
def import_graph(*, with_external: bool = True) -> grimp.ImportGraph:
    """Who imports whom in the repository; imports for the type checker only are left out."""
    return grimp.build_graph(
        *PACKAGES,
        include_external_packages=with_external,
        exclude_type_checking_imports=True,
        cache_dir=None,
    )


def relative(path: Path, root: Path = ROOT) -> str:
    return path.relative_to(root).as_posix()
