"""The second factor (PRODUCT §5.3, ADR 0011): time-based codes, recovery codes, and the login's second step."""
