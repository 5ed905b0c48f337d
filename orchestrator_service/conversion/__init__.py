"""Conversion: when a lead has become a client, and the one way to make it so."""
