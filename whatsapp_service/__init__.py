"""The door to WhatsApp: webhooks in, messages out."""
