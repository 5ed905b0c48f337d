"""Ways into an account besides its password: invitations, forgotten and new passwords (PRODUCT §5.3, ADR 0012)."""
