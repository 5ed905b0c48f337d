"""Conversation scenarios: what a customer writes, and what the agent must and must not do (PRODUCT §16.5)."""
