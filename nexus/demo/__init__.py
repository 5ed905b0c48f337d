"""The demonstration: a conversation played through the real webhook, and what became of it (PRODUCT §1.4)."""
