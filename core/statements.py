"""Named SQL: reads `queries.sql` files and refuses statements that forget the tenant (PRODUCT §3.2a, ADR 0004).

A file is a sequence of statements, each under a header of comment lines:

    -- name: find_by_phone
    -- One lead of the tenant by its match key.
    SELECT l.id FROM leads AS l WHERE l.tenant_id = :tenant_id AND l.match_key = :match_key;

Pure: no driver, no connection. The check here is textual and cheap, since it runs at every start; the thorough one
parses the SQL and runs with the tests (`tests/architecture/tenant_sql.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType

TENANT_PARAMETER = "tenant_id"

_NAME_LINE = re.compile(r"^--[ \t]*name[ \t]*:(.*)$", re.MULTILINE)
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_CROSS_TENANT = re.compile(r"cross-tenant[ \t]*:(.*)")
# What one step of the reader may meet. Text inside `opaque` is never searched for parameters.
_TOKEN = re.compile(
    r"""
      (?P<comment> --[^\n]* | /\*.*?\*/ )
    | (?P<opaque>  (?<!\w)[eE]'(?:[^'\\]|\\.|'')*' | '(?:[^']|'')*' | "(?:[^"]|"")*"
                 | (?<![\w$])\$(?P<tag>(?:[A-Za-z_]\w*)?)\$.*?\$(?P=tag)\$ )
    | (?P<cast>    :: | := )
    | :(?P<parameter>[A-Za-z_]\w*)
    | (?P<positional>(?<![\w$])\$\d+)
    | (?P<stray>   /\* | \*/ | ' | " | (?<![\w$])\$(?:[A-Za-z_]\w*)?\$ | ; )
    """,
    re.VERBOSE | re.DOTALL,
)
_CAST = r"(?:\s*::\s*(?:int4?|integer|pg_catalog\.int4))?"
_IDENTIFIER = r"(?:\w+\s*\.\s*)?"
_BOUND = re.compile(
    rf"""
      \b tenant_id \s* = \s* :tenant_id \b
    | :tenant_id \b {_CAST} \s* = \s* {_IDENTIFIER} tenant_id \b
    | \b INSERT \s+ INTO \s+ [\w.]+ (?:\s+AS\s+\w+)? \s* \( [^)]* \b tenant_id \b [^)]* \) .* :tenant_id \b
    | \b tenants \b .* \b id \s* = \s* :tenant_id \b
    | \b INTO \s+ tenants \s* \( \s* id \b [^)]* \) [^()]* \( \s* :tenant_id \b
    | \b (?:FROM|JOIN|SELECT) \s+ [\w.]+ \s* \( \s* :tenant_id \b
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


class StatementError(ValueError):
    """A `queries.sql` file, or the use of a statement, is wrong: a mistake in the program, not in a request."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One named statement, its parameters replaced by `$1…$n`.

    `parameters` are in the order of those numbers; `tenant_id`, where present, is the first. `source` is `file:line`.
    `cross_tenant_reason` is set only where the header allows the statement to go without the tenant filter.
    """

    name: str
    sql: str
    parameters: tuple[str, ...]
    description: str
    source: str
    cross_tenant_reason: str | None = None

    @property
    def wants_tenant(self) -> bool:
        """Whether `$1` is the tenant."""
        return self.parameters[:1] == (TENANT_PARAMETER,)

    def arguments(self, tenant_id: int | None, params: Mapping[str, object]) -> tuple[object, ...]:
        """The values in the order of `parameters`.

        The tenant comes from the caller's transaction, never from `params`. Raises StatementError for a missing or
        unknown parameter, and for a tenant that is not an int.
        """
        wanted = self.parameters[1:] if self.wants_tenant else self.parameters
        missing = [name for name in wanted if name not in params]
        unknown = sorted(params.keys() - set(wanted))
        if missing or unknown:
            raise StatementError(f"{self.source}: {self.name}: missing parameters {missing}, unknown {unknown}")
        values = tuple(params[name] for name in wanted)
        if not self.wants_tenant:
            return values
        if isinstance(tenant_id, bool) or not isinstance(tenant_id, int):
            raise StatementError(
                f"{self.source}: {self.name}: tenant_id must be an int, not {type(tenant_id).__name__}"
            )
        return (int(tenant_id), *values)


@dataclass(frozen=True, slots=True)
class Statements(Mapping[str, Statement]):
    """The statements of one file by name, in the file's order."""

    path: Path
    by_name: Mapping[str, Statement] = field(repr=False)

    def __getitem__(self, name: str) -> Statement:
        if name not in self.by_name:
            raise StatementError(f"{self.path} has no statement named {name!r}; it has {sorted(self.by_name)}")
        return self.by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self.by_name

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_name)

    def __len__(self) -> int:
        return len(self.by_name)


def sibling_statements(module_file: str) -> Statements:
    """The `queries.sql` beside a module; call it with `__file__`."""
    return load_statements(Path(module_file).with_name("queries.sql"))


def load_statements(path: Path) -> Statements:
    """Read a file of named statements.

    Raises StatementError, naming file and line, for a statement without name or description, a name given twice, a
    block that is not exactly one statement, and a statement that does not bind `tenant_id` to `:tenant_id` without
    saying `-- cross-tenant: reason`.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise StatementError(f"{path}: cannot be read: {error.strerror}") from error
    return parse_statements(text, path)


def parse_statements(text: str, path: Path) -> Statements:
    """As `load_statements`, for text already read; `path` is only named in errors."""
    headers = list(_NAME_LINE.finditer(text))
    before = text[: headers[0].start()] if headers else text
    if any(line.strip() and not line.lstrip().startswith("--") for line in before.split("\n")):
        raise StatementError(f"{path}:1: SQL before the first `-- name:` line")
    found: dict[str, Statement] = {}
    for header, following in zip_longest(headers, headers[1:]):
        source = f"{path}:{text.count(chr(10), 0, header.start()) + 1}"
        block = text[header.end() : following.start() if following else len(text)]
        statement = _parse_block(header.group(1).strip(), block, source)
        if statement.name in found:
            raise StatementError(f"{source}: {statement.name} is already defined at {found[statement.name].source}")
        found[statement.name] = statement
    return Statements(path=path, by_name=MappingProxyType(found))


def _parse_block(name: str, block: str, source: str) -> Statement:
    if not _NAME.fullmatch(name):
        raise StatementError(f"{source}: a statement needs a name in snake_case, not {name!r}")
    description: list[str] = []
    reason: str | None = None
    lines = block.lstrip("\n").split("\n")
    while lines and lines[0].startswith("--"):
        comment = lines.pop(0).removeprefix("--").strip()
        marked = _CROSS_TENANT.fullmatch(comment)
        if marked:
            reason = marked.group(1).strip()
        elif comment:
            description.append(comment)
    if not description:
        raise StatementError(f"{source}: {name} has no description line below its name")
    if reason == "":
        raise StatementError(f"{source}: {name} is marked cross-tenant without a reason")
    code = _single_statement("\n".join(lines), f"{source}: {name}")
    if reason is None and not _BOUND.search(_searchable(code)):
        raise StatementError(f"{source}: {name} does not bind tenant_id to :tenant_id and gives no cross-tenant reason")
    sql, parameters = _numbered(code)
    return Statement(name, sql, parameters, " ".join(description), source, reason)


def _single_statement(body: str, where: str) -> str:
    """The body without comments and closing semicolon; refuses what the reader cannot tell apart safely."""
    code = _TOKEN.sub(lambda token: " " if token["comment"] else token[0], body).strip()
    code = code.removesuffix(";").rstrip()
    if not code:
        raise StatementError(f"{where} has no SQL")
    for token in _TOKEN.finditer(code):
        if token["positional"]:
            raise StatementError(f"{where} uses {token[0]}: parameters are named here")
        if token["stray"] == ";":
            raise StatementError(f"{where} holds more than one statement")
        if token["stray"]:
            raise StatementError(f"{where} has an unbalanced or nested {token[0]}")
    return code


def _searchable(code: str) -> str:
    """The code with the content of literals, quoted names and dollar quotes blanked."""
    return _TOKEN.sub(lambda token: "''" if token["opaque"] else token[0], code)


def _numbered(code: str) -> tuple[str, tuple[str, ...]]:
    """The code with `:name` replaced by `$n`, and the names in that order, the tenant first."""
    met = dict.fromkeys(token["parameter"] for token in _TOKEN.finditer(code) if token["parameter"])
    names = tuple(sorted(met, key=lambda name: name != TENANT_PARAMETER))
    numbers = {name: f"${number}" for number, name in enumerate(names, start=1)}
    sql = _TOKEN.sub(lambda token: numbers[token["parameter"]] if token["parameter"] else token[0], code)
    return sql, names
