"""`ETag`, `If-None-Match` and `If-Match` (PRODUCT §15, ADR 0038)."""
