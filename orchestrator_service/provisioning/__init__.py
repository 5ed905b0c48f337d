"""Provisioning: a new company and its WhatsApp numbers, by the operator's hand."""
