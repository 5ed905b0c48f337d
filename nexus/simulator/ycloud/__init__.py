"""The simulator's YCloud: its API v2, its webhooks and its words."""
