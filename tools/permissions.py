"""Write the permission table into docs/permissions.md, from the one place that decides it (PRODUCT §5.4).

`--check` only compares and exits 1 where they differ.
"""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

from core.principal import ROLES, Role
from orchestrator_service.auth.permissions import (
    NEVER_BY_KEY,
    Permission,
    Scope,
    allowed_permissions,
    as_markdown_table,
    scope_of,
)

TARGET = Path(__file__).resolve().parent.parent / "docs" / "permissions.md"
HEAD = """# Who may do what

Generated from `orchestrator_service/auth/permissions.py` by `make docs`; a test fails when this page is stale. What is
not listed is denied. A scope says which records of the own company a permission reaches; no role reaches another's.

| scope | reaches |
|---|---|
| `tenant` | every record of the company |
| `unassigned, own` | records that belong to nobody, and one's own |
| `own` | records whose owner one is |
| no | nothing: the answer is 403, and the web app does not draw it |
"""
KEYS = """## API keys

A key reaches what its scopes and its user's role both allow ([api-keys.md](api-keys.md)). No key can ever have:
"""
WORDS = {Scope.TENANT: "the whole company", Scope.UNASSIGNED_AND_OWN: "unassigned and own", Scope.OWN: "own"}


def document() -> str:
    """The page: what the scopes mean, the table, and each role in one glance."""
    roles = "\n".join(_role(role) for role in ROLES)
    never = ", ".join(f"`{permission.value}`" for permission in Permission if permission in NEVER_BY_KEY)
    keys = f"{KEYS}{textwrap.fill(never, 120, break_on_hyphens=False)}.\n"
    return f"{HEAD}\n## The table\n\n{as_markdown_table()}\n## Role by role\n\n{roles}\n\n{keys}"


def _role(role: Role) -> str:
    allowed = allowed_permissions(role)
    if len(allowed) == len(Permission) and set(allowed.values()) == {Scope.TENANT}:
        return f"- **{role}**: everything in the company."
    parts = (
        f"{words}: {', '.join(f'`{permission}`' for permission in allowed if scope_of(role, permission) is scope)}"
        for scope, words in WORDS.items()
        if scope in allowed.values()
    )
    return f"- **{role}**\n" + "\n".join(f"  - {part}" for part in parts)


def main() -> int:
    """Write the file, or compare it with `--check`."""
    wanted = document().rstrip("\n") + "\n"
    if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == wanted:
        return 0
    if "--check" in sys.argv[1:]:
        sys.stderr.write("docs/permissions.md is not what auth/permissions.py says: run `make docs`\n")
        return 1
    TARGET.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
