"""The tables of modules (PRODUCT §2.5): where one is missing, its module degrades and the rest works on. Pure.

What is not listed is the core (companies, people and their access, leads and their tags, contacts, channels,
conversations, messages, the outbox, the audit log and its list of what to chain): without it nothing can be answered
well, or nobody would know who read what, so a missing one is an outage. The chain's links come later, and hold
nobody up.
"""

from __future__ import annotations

import re
from typing import Final

MODULE_TABLES: Final = frozenset(
    {
        "accounting_transactions", "agenda_days_off", "agenda_offers", "agent_drafts", "agent_turns",
        "agent_versions", "alert_deliveries", "alert_preferences", "broadcast_recipients", "broadcasts",
        "calendar_consents", "canned_replies", "client_contacts", "clients", "commission_rules",
        "conversation_reads", "conversation_summaries", "conversion_criteria", "custom_fields", "duplicate_scans",
        "evaluation_runs", "evaluation_scenarios", "import_chunks", "import_rows", "imports", "income_payments",
        "knowledge_documents", "knowledge_passages", "knowledge_questions", "knowledge_terms", "knowledge_vectors",
        "knowledge_versions", "lead_bulk_rows", "lead_bulks", "lead_changes", "lead_notes", "lead_pairs",
        "lead_sources", "lost_reasons", "meeting_links", "merge_moves", "merge_records", "message_status_history",
        "message_templates", "message_triggers", "mirrored_events", "model_calls", "notifications",
        "playground_runs", "privacy_files", "privacy_keys", "privacy_requests", "push_subscriptions", "qualifications",
        "received_leads", "retention_rules", "saved_views",
        "scheduled_messages", "seller_agenda_events", "seller_calendars", "seller_targets", "sellers",
        "system_event_links", "tasks", "template_syncs", "tool_calls", "transaction_receipts", "transaction_words",
        "turn_steps", "webhook_attempts", "webhook_deliveries", "webhook_endpoints", "webhook_quarantine",
        "webhook_queues",
    }
)  # fmt: skip
_RELATION: Final = re.compile(r'relation "(?:public\.)?(\w+)" does not exist')


def missing_module(message: str) -> str | None:
    """The module's table that PostgreSQL's message misses; None for one of the core, and for a column."""
    found = _RELATION.search(message)
    return found[1] if found and found[1] in MODULE_TABLES else None


def misses_core(message: str) -> bool:
    """Whether PostgreSQL's message misses a whole table of the core, which nothing can stand in for."""
    return _RELATION.search(message) is not None and missing_module(message) is None
