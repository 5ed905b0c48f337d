"""The patches that make reports, merged leads and the search answer at once (ADR 0035); they end `CALENDAR_PATCHES`.

What a report reads of a message or of a move between stages is in the index, so that a year of a company lying between
those of a hundred others is read without visiting its rows. Whether a message came with an import stands in a column of
its own: the status changes, and an index that looked at it would be written anew at every tick.
"""

from __future__ import annotations

from typing import Final

from orchestrator_service.evolution import Patch

FIGURE_PATCHES: Final[tuple[Patch, ...]] = (
    Patch(
        158,
        "messages that came with an import are told apart for good",
        """
DO $$
BEGIN
    ALTER TABLE chat_messages ADD COLUMN IF NOT EXISTS imported boolean NOT NULL DEFAULT false;
END
$$""",
    ),
    Patch(
        159,
        "indexes that answer reports by themselves, and one of merged leads",
        # The update writes imported history alone and locks no row that is still said.
        """
UPDATE chat_messages SET imported = true WHERE status = 'imported' AND NOT imported;
DROP INDEX CONCURRENTLY IF EXISTS chat_messages_spoken;
CREATE INDEX CONCURRENTLY chat_messages_spoken ON chat_messages (tenant_id, conversation_id, id DESC)
    INCLUDE (direction, author, created_at, imported);
DROP INDEX CONCURRENTLY IF EXISTS lead_changes_by_time;
CREATE INDEX CONCURRENTLY lead_changes_by_time ON lead_changes (tenant_id, created_at)
    INCLUDE (lead_id, id, was, became) WHERE field = 'stage_key';
DROP INDEX CONCURRENTLY IF EXISTS lead_changes_in_order;
CREATE INDEX CONCURRENTLY lead_changes_in_order ON lead_changes (tenant_id, lead_id, id)
    INCLUDE (created_at, was, became) WHERE field = 'stage_key';
DROP INDEX CONCURRENTLY IF EXISTS leads_by_time;
CREATE INDEX CONCURRENTLY leads_by_time ON leads (tenant_id, created_at) INCLUDE (id) WHERE deleted_at IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS leads_merged_into;
CREATE INDEX CONCURRENTLY leads_merged_into ON leads (tenant_id, merged_into) WHERE merged_into IS NOT NULL;
""",
        alone=True,
    ),
    Patch(
        160,
        "what the indexes of the reports replace goes",
        """
DO $$
BEGIN
    DROP INDEX IF EXISTS chat_messages_of_conversation, lead_changes_of_stage, leads_by_creation;
END
$$""",
    ),
)
