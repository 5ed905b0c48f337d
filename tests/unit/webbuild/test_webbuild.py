"""The web app's build: when it runs, when it does not, and what it says when it cannot."""

import stat
from collections.abc import Mapping
from pathlib import Path

import pytest
from rich.console import Console

from nexus import webbuild
from nexus.webbuild import Node, ensure_built, fingerprint

NODE = """#!/bin/sh
# Stands in for Node: `npm ci` makes node_modules, the bundler writes the page; both are noted.
echo "$1" >> "$NOTES"
[ -n "$BROKEN" ] && { echo "no network" >&2; exit 1; }
case "$1" in
  *npm-cli.js) mkdir -p node_modules; case "$*" in *--omit=dev*) ;; *) mkdir -p node_modules/vitest ;; esac ;;
  *vite.js) mkdir -p "$4" && echo page > "$4/index.html" ;;
esac
"""


def use_node(monkeypatch: pytest.MonkeyPatch, node: Node | None) -> None:
    def found(_environ: Mapping[str, str]) -> Node | None:
        return node

    monkeypatch.setattr(webbuild, "find_node", found)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with a `web/` and a Node that only pretends."""
    (tmp_path / "web" / "src").mkdir(parents=True)
    (tmp_path / "nexus").mkdir()
    for name in ("package.json", "package-lock.json", "src/main.tsx"):
        (tmp_path / "web" / name).write_text("{}")
    node = tmp_path / "node"
    node.write_text(NODE)
    node.chmod(node.stat().st_mode | stat.S_IXUSR)
    use_node(monkeypatch, Node(node, Path("/npm-cli.js")))
    return tmp_path


def build(checkout: Path, *, tools: bool = False, **environ: str) -> webbuild.BuildOutcome:
    settings = {"PATH": "/usr/bin:/bin", "NOTES": str(checkout / "notes"), **environ}
    return ensure_built(Console(quiet=True), root=checkout, environ=settings, tools=tools)


def steps(checkout: Path) -> list[str]:
    notes = checkout / "notes"
    return [Path(line).name for line in notes.read_text().splitlines()] if notes.exists() else []


def test_the_first_start_fetches_and_builds_and_the_second_does_neither(checkout: Path) -> None:
    assert build(checkout).state == "built"
    assert (checkout / "nexus" / "webapp" / "index.html").read_text() == "page\n"
    assert build(checkout).state == "current"
    assert steps(checkout) == ["npm-cli.js", "vite.js"]


def test_a_changed_source_is_built_again_without_fetching_again(checkout: Path) -> None:
    build(checkout)
    (checkout / "web" / "src" / "main.tsx").write_text("changed")
    assert build(checkout).state == "built"
    assert steps(checkout) == ["npm-cli.js", "vite.js", "vite.js"]


def test_the_tools_of_the_tests_are_fetched_where_they_lack(checkout: Path) -> None:
    build(checkout)
    assert not (checkout / "web" / "node_modules" / "vitest").exists()
    assert build(checkout, tools=True).state == "built"
    assert (checkout / "web" / "node_modules" / "vitest").exists()
    assert build(checkout, tools=True).state == "current"
    assert build(checkout).state == "current"


def test_without_a_network_the_reason_is_told_and_the_older_build_stays(checkout: Path) -> None:
    build(checkout)
    (checkout / "web" / "package-lock.json").write_text("changed")
    outcome = build(checkout, BROKEN="1")
    assert (outcome.state, outcome.served) == ("missing", True)
    assert "no network" in str(outcome.reason)
    assert (checkout / "nexus" / "webapp" / "index.html").exists()


def test_without_node_the_reason_is_told(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_node(monkeypatch, None)
    outcome = build(checkout)
    assert (outcome.state, outcome.served) == ("missing", False)
    assert "Node 22" in str(outcome.reason)


def test_a_release_without_sources_serves_what_it_carries(tmp_path: Path) -> None:
    assert build(tmp_path).state == "missing"
    (tmp_path / "nexus" / "webapp").mkdir(parents=True)
    (tmp_path / "nexus" / "webapp" / "index.html").write_text("page")
    assert build(tmp_path).state == "packaged"


def test_the_fingerprint_follows_names_and_contents_and_no_installed_file(checkout: Path) -> None:
    web = checkout / "web"
    before = fingerprint(web)
    (web / "node_modules").mkdir()
    (web / "node_modules" / "x.js").write_text("x")
    assert fingerprint(web) == before
    (web / "src" / "main.tsx").rename(web / "src" / "other.tsx")
    assert fingerprint(web) != before


def test_a_system_node_that_is_too_old_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def not_installed(_name: str) -> None:
        return None

    monkeypatch.setattr(webbuild.importlib.util, "find_spec", not_installed)
    for name, said in (("node", "v20.1.0"), ("npm", "")):
        (tmp_path / name).write_text(f"#!/bin/sh\necho {said}\n")
        (tmp_path / name).chmod(0o755)
    assert webbuild.find_node({"PATH": str(tmp_path)}) is None
    (tmp_path / "node").write_text("#!/bin/sh\necho v22.3.0\n")
    found = webbuild.find_node({"PATH": str(tmp_path)})
    assert found is not None
    assert found.program == tmp_path / "node"
