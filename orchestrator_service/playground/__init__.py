"""Trying the agent: a conversation with its draft in which nothing leaves and no lead is touched (PRODUCT §9.1)."""
