"""YCloud's WhatsApp API v2 behind the port of `core/whatsapp.py` (contracts README §1)."""
