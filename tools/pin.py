"""Write the exact resolved versions into pyproject.toml, without any download address.

`uv.lock` records where each file was fetched from and therefore stays out of git (ADR 0002). This script turns
`uv export` into `[tool.uv] constraint-dependencies`; `--check` only compares and exits 1 where they differ.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
# What `environments` in pyproject.toml already says of every requirement.
SUPPORTED = "platform_python_implementation == 'CPython' and (sys_platform == 'darwin' or sys_platform == 'linux')"
BLOCK = re.compile(r"^constraint-dependencies = \[\n.*?^\]\n", re.MULTILINE | re.DOTALL)


def resolved_requirements() -> list[str]:
    """Each resolved requirement as `name==version ; marker`, sorted, this project left out."""
    uv = os.environ.get("UV", "uv")  # `uv run` tells where it is; it need not be on PATH
    exported = subprocess.run(
        [uv, "export", "--quiet", "--no-hashes", "--no-emit-project", "--no-annotate", "--no-header", "--all-groups"],
        check=True,
        capture_output=True,
        text=True,
        cwd=PROJECT.parent,
    )
    shortened = exported.stdout.replace(f" ; {SUPPORTED}", "").replace(f" and {SUPPORTED}", "")
    return sorted(line.strip() for line in shortened.splitlines() if line.strip())


def render(requirements: list[str]) -> str:
    """The TOML block that holds the requirements."""
    lines = "".join(f'    "{requirement}",\n' for requirement in requirements)
    return f"constraint-dependencies = [\n{lines}]\n"


def with_block(text: str, block: str) -> str:
    """The project file with its constraint block replaced, or added below `[tool.uv]`."""
    if BLOCK.search(text):
        return BLOCK.sub(lambda _: block, text)
    return text.replace("[tool.uv]\n", f"[tool.uv]\n{block}", 1)


def main() -> int:
    """Rewrite the block, or compare it with `--check`."""
    text = PROJECT.read_text(encoding="utf-8")
    wanted = with_block(text, render(resolved_requirements()))
    if wanted == text:
        return 0
    if "--check" in sys.argv[1:]:
        sys.stderr.write("pyproject.toml does not pin what was resolved: run `uv run python tools/pin.py`\n")
        return 1
    PROJECT.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
