"""The patches of what was found by hand: notices of records of their own, photos that nobody shows, 179 and 180."""

from __future__ import annotations

from typing import Final

from orchestrator_service.evolution import Patch

HAND_PATCHES: Final[tuple[Patch, ...]] = (
    Patch(
        179,
        "an unread notice of one import, or of one seller's calendar, is not moved up by that of another",
        """
DO $$
BEGIN
    DROP INDEX IF EXISTS notifications_once_unread;
    CREATE UNIQUE INDEX notifications_once_unread ON notifications (tenant_id, user_id, kind, lead_id, conversation_id,
        event_id, (COALESCE(data ->> 'import_id', data ->> 'seller_id'))) NULLS NOT DISTINCT WHERE read_at IS NULL;
END
$$""",
    ),
    Patch(
        180,
        "since when a seller's photo is taken away",
        """
DO $$
BEGIN
    ALTER TABLE sellers ADD COLUMN IF NOT EXISTS photo_hidden_at timestamptz;
    UPDATE sellers SET photo_hidden_at = now()
    WHERE photo_key IS NOT NULL AND NOT photo_shown AND photo_hidden_at IS NULL;
END
$$""",
    ),
)
