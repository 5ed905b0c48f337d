"""Proves under load and kill -9 that no accepted message is lost and no reply leaves twice (PRODUCT §16.3)."""
