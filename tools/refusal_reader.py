"""Which refusals a handler can end in: read off the code that it calls, so that nobody has to list them by hand.

A refusal counts where a function of ours makes one, and where a function that it calls does; what a `try` around the
call catches does not. What is called is found by name, and by the declared types of parameters, attributes and results.
"""

from __future__ import annotations

import ast
import inspect
import sys
import types
import typing
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import FunctionType
from typing import Final, TypeAlias, cast

from core.errors import NexusError
from tools.sources import OURS, Function, function_of, syntax_of

Refusals: TypeAlias = "frozenset[type[NexusError]]"
_NONE: Final[Refusals] = frozenset()
_UNKNOWN: Final = object()


@dataclass
class Reader:
    """Reads functions, each once."""

    _known: dict[FunctionType, Refusals] = field(default_factory=dict["FunctionType", "Refusals"])

    def of(self, called: object) -> Refusals:
        """The refusals that calling something of ours can end in."""
        function = function_of(called)
        if function is None and not isinstance(called, type) and type(called).__module__.startswith(OURS):
            function = function_of(vars(type(called)).get("__call__"))
        if function is None:
            return _NONE
        if function not in self._known:
            self._known[function] = _NONE  # one that calls itself adds nothing
            syntax = syntax_of(function)
            if syntax is not None:
                self._known[function] = _Body(self, function, syntax).refusals()
        return self._known[function]


class _Body:
    """One function while it is read."""

    def __init__(self, reader: Reader, function: FunctionType, syntax: Function) -> None:
        self._reader, self._syntax = reader, syntax
        self._names: dict[str, object] = function.__globals__
        self._types: dict[str, object] = {}
        owner = function.__qualname__.rpartition(".")[0]
        given = [*syntax.args.posonlyargs, *syntax.args.args, *syntax.args.kwonlyargs]
        for argument in given:
            self._types[argument.arg] = _class_of(argument.annotation, self._names)
        if given and owner and "<locals>" not in owner and self._types[given[0].arg] is _UNKNOWN:
            self._types[given[0].arg] = _named(self._names, owner)

    def refusals(self) -> Refusals:
        return self._all(self._syntax.body)

    def _all(self, nodes: Iterable[ast.AST]) -> Refusals:
        return _NONE.union(*(self._of(node) for node in nodes))

    def _of(self, node: ast.AST) -> Refusals:
        if isinstance(node, ast.Try):
            return self._of_try(node)
        self._learn(node)
        inner = self._all(ast.iter_child_nodes(node))
        if isinstance(node, ast.Call):
            return inner | self._made(node.func) | self._chosen(node)
        if isinstance(node, ast.Raise) and node.exc is not None:
            return inner | self._made(node.exc)
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
            return inner | self._reader.of(self._value(node))
        return inner

    def _of_try(self, node: ast.Try) -> Refusals:
        inside = self._all(node.body)
        caught: list[type] = []
        for handler in node.handlers:
            again = any(isinstance(step, ast.Raise) and step.exc is None for step in ast.walk(handler))
            if handler.type is not None and not again:
                named = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
                caught += [found for name in named if isinstance(found := self._value(name), type)]
        kept = frozenset(one for one in inside if not any(issubclass(one, each) for each in caught))
        return kept | self._all([*node.handlers, *node.orelse, *node.finalbody])

    def _made(self, called: ast.AST) -> Refusals:
        found = self._value(called)
        if isinstance(found, type) and issubclass(found, NexusError):
            return frozenset({found})
        if isinstance(found, type) and found.__module__.startswith(OURS):
            return self._reader.of(found.__init__) | self._reader.of(getattr(found, "__post_init__", None))
        return self._reader.of(found)

    def _chosen(self, call: ast.Call) -> Refusals:
        """Those that a call is given to make one of: `refusal(error, RuleInUse)`."""
        made = self._type(call)
        if not (isinstance(made, type) and issubclass(made, NexusError)):
            return _NONE
        given = [self._value(one) for one in call.args if isinstance(one, ast.Name)]
        return frozenset(one for one in given if isinstance(one, type) and issubclass(one, NexusError))

    def _learn(self, node: ast.AST) -> None:
        """The types of local names: `name = call(…)`, and `async with call(…) as name`."""
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            self._types[node.targets[0].id] = self._type(node.value)
        if isinstance(node, ast.withitem) and isinstance(node.optional_vars, ast.Name):
            self._types[node.optional_vars.id] = self._type(node.context_expr)

    def _value(self, node: ast.AST) -> object:
        """What a name or an attribute is, as far as that stands written."""
        if isinstance(node, ast.Call):
            node = node.func
        if isinstance(node, ast.Name):
            return _UNKNOWN if node.id in self._types else self._names.get(node.id, _UNKNOWN)
        if isinstance(node, ast.Attribute):
            holder = self._value(node.value)
            if holder is _UNKNOWN:
                holder = self._type(node.value)
            return getattr(holder, node.attr, _UNKNOWN) if isinstance(holder, type | types.ModuleType) else _UNKNOWN
        return _UNKNOWN

    def _type(self, node: ast.AST) -> object:
        """The class of what an expression gives, as far as that is declared."""
        if isinstance(node, ast.Await):
            return self._type(node.value)
        if isinstance(node, ast.Name):
            return self._types.get(node.id, _UNKNOWN)
        if isinstance(node, ast.Attribute):
            return _attribute(self._type(node.value), node.attr)
        if isinstance(node, ast.Call):
            made = self._value(node.func)
            if isinstance(made, type):
                return made
            function = function_of(made)
            syntax = syntax_of(function) if function else None
            return _class_of(syntax.returns, function.__globals__) if function and syntax else _UNKNOWN
        return _UNKNOWN


def _attribute(owner: object, name: str) -> object:
    if not isinstance(owner, type):
        return _UNKNOWN
    for base in owner.__mro__:
        declared: object = inspect.get_annotations(base).get(name)
        if declared is not None:
            names = vars(sys.modules[base.__module__])
            return _class_of(ast.Constant(declared), names) if isinstance(declared, str) else _plain(declared)
    return _UNKNOWN


def _class_of(annotation: ast.expr | None, names: dict[str, object]) -> object:
    """The class of ours that an annotation means; unknown where its names are there for type checkers alone."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        return _class_of(ast.parse(annotation.value, mode="eval").body, names)
    if isinstance(annotation, ast.BinOp):  # X | None
        return _first((annotation.left, annotation.right), names)
    if isinstance(annotation, ast.Subscript):  # Annotated[X, …], AsyncGenerator[X]
        inside = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
        return _first(inside, names)
    if isinstance(annotation, ast.Attribute):
        holder = names.get(annotation.value.id) if isinstance(annotation.value, ast.Name) else None
        return _plain(getattr(holder, annotation.attr, _UNKNOWN))
    return _plain(names.get(annotation.id, _UNKNOWN)) if isinstance(annotation, ast.Name) else _UNKNOWN


def _first(parts: Iterable[ast.expr], names: dict[str, object]) -> object:
    return next((found for part in parts if (found := _class_of(part, names)) is not _UNKNOWN), _UNKNOWN)


def _plain(meant: object) -> object:
    """A class of ours, also behind an alias like `Db = Annotated[Database, …]`."""
    if isinstance(meant, type) and not typing.get_origin(meant):
        return meant if meant.__module__.startswith(OURS) else _UNKNOWN
    parts = cast("tuple[object, ...]", typing.get_args(meant))
    return next((found for part in parts if (found := _plain(part)) is not _UNKNOWN), _UNKNOWN)


def _named(names: dict[str, object], qualified: str) -> object:
    first, *rest = qualified.split(".")
    found = names.get(first, _UNKNOWN)
    for name in rest:
        found = getattr(found, name, _UNKNOWN)
    return found
