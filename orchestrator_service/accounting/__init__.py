"""Accounting: what came in, what went out and who earned on it; nothing is ever changed, only reversed."""
