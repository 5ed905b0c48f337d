"""API keys: what programs come in with, in the name of a user (PRODUCT §15, ADR 0036)."""
