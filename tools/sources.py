"""The syntax of our own functions, by module and qualified name; each module is parsed once."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from types import FunctionType, MethodType
from typing import Final, TypeAlias

Function: TypeAlias = "ast.FunctionDef | ast.AsyncFunctionDef"
OURS: Final = ("core.", "orchestrator_service.")


def function_of(found: object) -> FunctionType | None:
    """The plain function of ours behind a decorated, bound or partial one."""
    while True:
        if isinstance(found, MethodType | staticmethod | classmethod):
            found = found.__func__  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        elif isinstance(found, partial):
            found = found.func  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        elif isinstance(found, property):
            found = found.fget
        else:
            break
    if not isinstance(found, FunctionType):
        return None
    plain: Callable[..., object] = inspect.unwrap(found)
    return plain if isinstance(plain, FunctionType) and plain.__module__.startswith(OURS) else None


def syntax_of(function: FunctionType) -> Function | None:
    """Its definition; None where there is no source (a generated method)."""
    return _functions(function.__module__).get(function.__qualname__)


@cache
def _functions(module: str) -> dict[str, Function]:
    file = sys.modules[module].__file__
    if file is None:
        return {}
    return dict(_named(ast.parse(Path(file).read_text(encoding="utf-8")), ""))


def _named(node: ast.AST, prefix: str) -> Iterator[tuple[str, Function]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield prefix + child.name, child
            yield from _named(child, f"{prefix}{child.name}.<locals>.")
        elif isinstance(child, ast.ClassDef):
            yield from _named(child, f"{prefix}{child.name}.")
        else:
            yield from _named(child, prefix)
