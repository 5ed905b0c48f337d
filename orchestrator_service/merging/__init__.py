"""One person once: likely duplicates, and merging them so that it can be undone (PRODUCT §12.1, ADR 0033)."""
