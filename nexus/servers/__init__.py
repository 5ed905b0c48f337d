"""The launcher's servers: embedded PostgreSQL and Valkey, the state folder and the supervisor (PRODUCT §1)."""
