"""Compiled test files are kept, though the environment says otherwise: imported first, before there is one to compile.

Four processes rewrite every test file, and hundreds that tests start compile every library: half of a run's work.
"""

from __future__ import annotations

import os
import sys

sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
