"""Scenarios as YAML: read with errors that name file, line and field, and written for people to read.

YAML is read as its version 1.2 means it: `no` and `10:30` are texts, and a key that stands twice is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, cast

import yaml
from pydantic import ValidationError

from core.errors import BadInput
from orchestrator_service.evaluation.scenario import Scenario

ENDINGS: Final = frozenset({".yaml", ".yml"})
_INTEGER: Final = re.compile(r"^[-+]?[0-9]+$")
_FLOAT: Final = re.compile(r"^[-+]?[0-9]+\.[0-9]+$")


class ScenarioInvalid(BadInput):
    """A file is no scenario; the message says where and why."""

    code = "scenario_invalid"


class _Loader(yaml.SafeLoader):
    """The core schema of YAML 1.2, without its rarities."""


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", _INTEGER, list("-+0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:float", _FLOAT, list("-+0123456789"))


def scenario_files(folder: Path) -> list[Path]:
    """Every scenario file of a folder and those within, in the order of their names. Raises BadInput for none."""
    found = sorted(path for path in folder.rglob("*") if path.suffix in ENDINGS) if folder.is_dir() else []
    if not found:
        raise BadInput(f"{folder} holds no scenario (*.yaml).")
    return found


def read_scenarios(path: Path, *, name: str | None = None) -> list[Scenario]:
    """The scenarios of one file: a mapping is one, a list is several. Raises ScenarioInvalid."""
    return parse_scenarios(path.read_text(encoding="utf-8"), name=name or str(path))


def parse_scenarios(text: str, *, name: str) -> list[Scenario]:
    """The scenarios of a text; `name` is what an error calls it."""
    try:
        composed = cast("Iterator[yaml.Node | None]", yaml.compose_all(text, Loader=_Loader))
        nodes = [node for node in composed if node is not None]
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ScenarioInvalid(f"{name}:{line}: is no YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise ScenarioInvalid(f"{name}: is no YAML: {error}") from None
    if not nodes:
        raise ScenarioInvalid(f"{name}: is empty.")
    return [_scenario(one, name) for node in nodes for one in _each(node)]


def write_scenario(scenario: Scenario) -> str:
    """A scenario as YAML; what it leaves to the defaults is left out."""
    plain = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=110)


def _scenario(node: yaml.Node, name: str) -> Scenario:
    _refuse_twice(node, name)
    constructor = _Loader("")
    try:
        value = cast("object", constructor.construct_document(node))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ScenarioInvalid(f"{name}:{line}: {error.problem}") from None
    finally:
        constructor.dispose()
    try:
        return Scenario.model_validate(value)
    except ValidationError as error:
        title = cast("dict[str, object]", value).get("title") if isinstance(value, dict) else None
        told = [_told(node, name, title, one["loc"], one["msg"]) for one in error.errors()]
        raise ScenarioInvalid("\n".join(told)) from None


def _each(node: yaml.Node) -> list[yaml.Node]:
    return cast("list[yaml.Node]", node.value) if isinstance(node, yaml.SequenceNode) else [node]


def _told(node: yaml.Node, name: str, title: object, loc: Sequence[int | str], message: str) -> str:
    where = ".".join(str(part) for part in loc) or "the scenario"
    named = f" ({title})" if title else ""
    return f"{name}:{_line_of(node, loc)}: {where}: {message.removeprefix('Value error, ')}{named}"


def _line_of(node: yaml.Node, loc: Sequence[int | str]) -> int:
    """The line of the innermost part that is really written there, from 1."""
    line = node.start_mark.line + 1
    for part in loc:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(part):
                    node, line = value, key.start_mark.line + 1
                    break
            else:
                return line
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            return line
    return line


def _refuse_twice(node: yaml.Node, name: str) -> None:
    for inner in _mappings(node):
        seen: set[str] = set()
        for key, _ in inner.value:
            if key.value in seen:
                raise ScenarioInvalid(f"{name}:{key.start_mark.line + 1}: {key.value} stands there twice.")
            seen.add(key.value)


def _mappings(node: yaml.Node) -> Iterator[yaml.MappingNode]:
    if isinstance(node, yaml.MappingNode):
        yield node
        for _, value in node.value:
            yield from _mappings(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _mappings(value)
