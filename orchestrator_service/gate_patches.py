"""The patches of qualification and the gates: a file of their own, as `calendar_patches.py` is long enough."""

from __future__ import annotations

from typing import Final

from orchestrator_service.evolution import Patch

GATE_PATCHES: Final[tuple[Patch, ...]] = (
    Patch(
        104,
        "what a qualification's score is made of",
        """
DO $$
BEGIN
    ALTER TABLE qualifications
        ADD COLUMN IF NOT EXISTS reasons jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(reasons) = 'array');
END
$$""",
    ),
)
