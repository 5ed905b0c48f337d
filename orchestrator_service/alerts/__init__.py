"""Notifications outside the app: web push, e-mail and WhatsApp, each at most once (PRODUCT §12.0, ADR 0017)."""
