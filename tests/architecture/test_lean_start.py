"""What the API's process does without (PRODUCT §16.4: at most 150 MB, started within two seconds)."""

from __future__ import annotations

import subprocess
import sys

from tests.architecture.foundation import ROOT

# A library that only other processes, one route or nobody needs.
ABSENT = (
    "aiohttp", "boto3", "google", "greenlet", "icalendar", "mcp", "numpy", "procrastinate", "psycopg", "psycopg_pool",
    "pydantic_ai", "pygments", "pypdf", "requests", "rich", "s3fs", "sklearn", "valkey",
)  # fmt: skip
MOST_MODULES = 1_800
LOOK = """
import sys
import {module}
print(*(name for name in {absent!r} if name in sys.modules), len(sys.modules))
"""


def loaded(module: str) -> tuple[list[str], int]:
    look = LOOK.format(module=module, absent=ABSENT)
    done = subprocess.run([sys.executable, "-c", look], cwd=ROOT, check=True, capture_output=True, text=True)
    *found, number = done.stdout.split()
    return found, int(number)


def test_the_api_starts_without_what_it_does_not_need() -> None:
    found, number = loaded("orchestrator_service.serving")
    assert found == []
    assert number <= MOST_MODULES


def test_a_library_that_is_loaded_is_found() -> None:
    assert "psycopg" in loaded("core.job_worker")[0]
