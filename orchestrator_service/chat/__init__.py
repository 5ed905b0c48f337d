"""Conversations: what comes in, whose turn it is, and who answers."""
