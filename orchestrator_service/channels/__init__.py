"""The company's WhatsApp numbers as its ceo sees them: added, named, switched off, checked (PRODUCT §7, §14)."""
