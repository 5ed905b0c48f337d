"""Clients: the leads who bought, or were met."""
