"""A Google Calendar on this machine: calendars, OAuth and push, for tests and for the demo (google_calendar.json)."""
