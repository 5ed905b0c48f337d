"""The patches of the rooms of the web app: a file of their own, as `later_patches.py` is long enough."""

from __future__ import annotations

from typing import Final

from orchestrator_service.evolution import Patch

ROOM_PATCHES: Final[tuple[Patch, ...]] = (
    Patch(
        112,
        "how long a lead may stay in a stage",
        """
DO $$
BEGIN
    ALTER TABLE pipeline_stages ADD COLUMN IF NOT EXISTS day_limit int CHECK (day_limit BETWEEN 1 AND 365);
END
$$""",
    ),
)
