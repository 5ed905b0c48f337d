"""Write the API's description into web/openapi.json, from which the web app's types are generated.

Before it, which refusals each operation can end in (`tools/refusals.py`), which the description holds.

`--check` only compares and exits 1 where they differ. Afterwards `npm run schema` in web/ renews the types.
"""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path

from core.config import Settings
from core.secret import Secret
from orchestrator_service.main import create_app
from tools import refusals

TARGET = Path(__file__).resolve().parent.parent / "web" / "openapi.json"
_NOWHERE = "127.0.0.1:1"


def _settings() -> Settings:
    """Enough to build the app; nothing is opened before its lifespan begins."""
    key = base64.b64encode(bytes(32)).decode()
    return Settings(
        database_url=f"postgresql://{_NOWHERE}/none",
        redis_url=f"redis://{_NOWHERE}",
        vault_keys=Secret(f"none:{key}"),
        jwt_keys=Secret(f"none:{key}"),
        directory_key=bytes(32),
        audit_keys=Secret(""),
        audit_checkpoints=None,
        public_url=f"http://{_NOWHERE}",
        allowed_origins=(f"http://{_NOWHERE}",),
        trusted_proxies=(),
        ycloud_url=f"http://{_NOWHERE}",
        simulator_url=None,
    )


def description() -> str:
    """The OpenAPI document as committed: stable order, one newline at the end."""
    return json.dumps(create_app(_settings()).openapi(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def main() -> int:
    """Write the files, or compare them with `--check`."""
    return _settle(refusals.TARGET, refusals.document()) or _settle(TARGET, description())


def _settle(target: Path, wanted: str) -> int:
    if target.is_file() and target.read_text(encoding="utf-8") == wanted:
        return 0
    if "--check" in sys.argv[1:]:
        sys.stderr.write(f"{target.name} is not what the API says: run `make schema`\n")
        return 1
    target.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
