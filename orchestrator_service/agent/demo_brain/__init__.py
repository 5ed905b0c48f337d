"""The demo brain: a deterministic salesperson in es, en and pt, without keys or network (PRODUCT 1.5)."""
