"""A person's data: handed out, erased, and kept no longer than the company says (ADR 0041)."""
