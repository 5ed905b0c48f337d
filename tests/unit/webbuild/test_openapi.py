"""The web app's types are generated from what the API says today."""

import hashlib
import subprocess
import sys

from tests.architecture.foundation import ROOT


def test_the_committed_description_is_what_the_api_says() -> None:
    told = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "openapi.py"), "--check"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert told.returncode == 0, told.stderr


def test_the_committed_types_were_generated_from_that_description() -> None:
    description = hashlib.sha256((ROOT / "web" / "openapi.json").read_bytes()).hexdigest()
    types = (ROOT / "web" / "src" / "lib" / "api" / "schema.d.ts").read_text(encoding="utf-8")
    assert types.startswith(f"// Generated from openapi.json {description}: run `npm run schema`.\n")
