"""Google Calendar behind the port of `core/google/calendar.py` (PRODUCT §11)."""
