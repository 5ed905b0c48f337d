"""Meta's WhatsApp Cloud API: the second provider behind the port (contracts README §2, meta_whatsapp.json)."""
