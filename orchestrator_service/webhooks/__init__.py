"""Outgoing webhooks: what happens in a company, told to its other systems (PRODUCT §15, ADR 0039)."""
