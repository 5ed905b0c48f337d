"""`Idempotency-Key`: a creation that is asked for twice happens once, and is answered alike (PRODUCT §15, ADR 0038)."""
