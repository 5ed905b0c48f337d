"""npm of the development group's Node: `uv run python -m tools.npm run --prefix web test` (its own `npm` is broken)."""

from __future__ import annotations

import os
import subprocess
import sys

from nexus.webbuild import find_node


def main() -> int:
    """Run npm with these arguments; its exit code."""
    node = find_node()
    if node is None:
        sys.stderr.write("Node 22 or newer is missing: run `uv sync`, or install it\n")
        return 1
    path = os.pathsep.join((str(node.program.parent), os.environ.get("PATH", "")))
    command = [node.program, node.npm, *sys.argv[1:]]
    return subprocess.run(command, env={**os.environ, "PATH": path}, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
