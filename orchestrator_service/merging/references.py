"""What hangs on a lead, a client or a contact, column by column: what a merge turns, and what stays and why.

The catalog's foreign keys are held against this list by a test: a new table that refers to one of the three fails it
until it is entered here. What turns needs no code beyond its line.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

Target: TypeAlias = Literal["leads", "clients", "contacts"]

TURNED: Final[Mapping[Target, frozenset[str]]] = MappingProxyType(
    {
        "leads": frozenset(
            {
                "broadcast_recipients.lead_id",
                "contacts.lead_id",
                "conversations.lead_id",
                "lead_changes.lead_id",
                "lead_notes.lead_id",
                "lead_tags.lead_id",
                "leads.merged_into",
                "notifications.lead_id",
                "qualifications.lead_id",
                "received_leads.lead_id",
                "scheduled_messages.lead_id",
                "seller_agenda_events.lead_id",
                "tasks.lead_id",
            }
        ),
        "clients": frozenset({"client_contacts.client_id", "clients.merged_into"}),
        "contacts": frozenset({"contacts.merged_into", "conversations.contact_id", "lead_identities.contact_id"}),
    }
)
STAYING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "clients.lead_id": "one client a lead: `merge.py` decides which of two goes on",
        "accounting_transactions.client_id": "money is never edited; it counts for the client that this one is now",
        "accounting_transactions.lead_id": "as above; a lead's sales are those of the leads that it took in, too",
        "lead_bulk_rows.lead_id": "what an edit of many did to that very lead",
        "lead_pairs.low_id": "a pair says which two were compared",
        "lead_pairs.high_id": "as above",
        "merge_records.survivor_id": "what was merged into what is history",
        "contact_links.contact_id": "what the provider said of two contacts",
        "contact_links.other_id": "as above",
    }
)
